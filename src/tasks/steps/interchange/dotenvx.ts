import { SealwardError } from '../../../core/errors.ts'
import { openDotenvx } from '../../../core/interchange/dotenvx/file.ts'
import { parseDotenvxKeys } from '../../../core/interchange/dotenvx/keys.ts'
import type { Configs, Files } from '../../world.ts'
import type { Foreign, ForeignSource } from './foreign.ts'

/** A key file of dotenvx has a line for each environment. */
export const KEYS_BYTES = 1024 * 1024

interface KeyWorld {
  readonly files: Pick<Files, 'read'>
  readonly configs: Configs
}

/** Opens a .env of dotenvx with the keys of `-i`; with none given, of the nearest `.env.keys` and of the environment. */
export async function openDotenvxSource(source: ForeignSource, world: KeyWorld): Promise<Foreign> {
  const texts = source.keyFiles.length > 0 ? await readGiven(source.keyFiles, world) : await readUsual(source, world)
  const opened = openDotenvx(
    source.bytes,
    texts.flatMap((text) => parseDotenvxKeys(text).map(({ key }) => key)),
  )
  if (opened === null)
    throw new SealwardError('no-identity', 'no private key of dotenvx at hand opens the file', {
      hint: 'looked at .env.keys beside it and above, and at DOTENV_PRIVATE_KEY* in the environment; give another with -i FILE',
    })
  const { document, expandable } = opened
  return {
    document,
    remarks: expandable.map((name) => `${name} has a $: it stays as it is, where dotenvx may expand it`),
  }
}

function readGiven(files: readonly string[], world: KeyWorld): Promise<string[]> {
  return Promise.all(
    files.map(async (file) => {
      const bytes = await world.files.read(file, KEYS_BYTES)
      if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
      return new TextDecoder().decode(bytes)
    }),
  )
}

async function readUsual({ file, environmentKeys }: ForeignSource, { configs }: KeyWorld): Promise<string[]> {
  const found = await configs.nearest(['.env.keys'], file)
  return found === null ? [environmentKeys] : [new TextDecoder().decode(found.bytes), environmentKeys]
}
