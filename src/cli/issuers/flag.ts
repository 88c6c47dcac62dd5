import { SealwardError } from '../../core/errors.ts'
import type { Call, Flag } from '../command.ts'

/** Where servers are that somebody runs for themselves. A flag, because whoever writes a file of the repository is not to say it. */
export const ISSUER: Flag = {
  name: 'issuer',
  value: 'NAME=URL',
  repeat: true,
  help: 'ask there and not at the public address: gitlab=https://gitlab.example.com',
}

/** @throws SealwardError usage */
export function readIssuers({ all }: Call): Readonly<Record<string, string>> {
  const pairs = all(ISSUER.name).map((text) => {
    const [, name, url] = /^([a-z-]{1,40})=(\S+)$/.exec(text) ?? []
    if (name === undefined || url === undefined)
      throw new SealwardError('usage', '--issuer takes a name and an address', {
        hint: 'such as gitlab=https://gitlab.example.com',
      })
    return [name, url] as const
  })
  return Object.fromEntries(pairs)
}
