import { SealwardError } from '../../../core/errors.ts'
import { safeUrl } from '../../http/exchange.ts'

/** A server with repositories, and the right to read them. */
export interface Remote {
  /** @throws SealwardError usage for what is no `owner/name` */
  addressOf(repository: string): string
  /** What a git that fetches from there has in its environment, over what this process has. */
  readonly env: Readonly<Record<string, string>>
}

export interface RemoteOptions {
  /** GITHUB_SERVER_URL: `https://github.com`. */
  readonly serverUrl: string
  readonly token: string
  readonly env: Readonly<Record<string, string | undefined>>
}

const NAME = /^(?!\.+\/)[\w.-]{1,100}\/(?!\.+$)[\w.-]{1,100}$/

/**
 * The token is in the environment of the git processes that fetch, for this server alone: a command line can be read by every process of
 * the machine, an address comes back in messages, and a file would outlive the step. No redirect is followed, because git would send the
 * header there too; and nobody else is asked for a password.
 *
 * @throws SealwardError usage for an address without TLS, or a token that is none
 */
export function openRemote({ serverUrl, token, env }: RemoteOptions): Remote {
  const server = safeUrl(serverUrl)
  if (!/^[\w.~+/=-]+$/.test(token))
    throw new SealwardError('usage', 'there is no token to fetch repositories with, or what is there is none')
  const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
  const settings: [string, string][] = [
    [`http.${server.origin}/.extraHeader`, header],
    ['http.followRedirects', 'false'],
    ['credential.helper', ''],
    ['core.hooksPath', '/dev/null'],
    ['protocol.version', '2'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
  ]
  return {
    addressOf(repository) {
      if (!NAME.test(repository)) throw new SealwardError('usage', 'a repository is written as owner/name')
      return `${server.origin}/${repository}.git`
    },
    env: {
      ...settingsAfter(settings, env),
      GIT_ALLOW_PROTOCOL: server.protocol.slice(0, -1),
      GIT_ASKPASS: '',
      SSH_ASKPASS: '',
      // Somebody who looks for a fault in a job may have these on; a trace has headers in it.
      GIT_TRACE: '0',
      GIT_TRACE_CURL: '0',
      GIT_TRACE_REDACT: '1',
    },
  }
}

/** git reads settings from numbered variables, and the job may have some already (`safe.directory`, a proxy). */
function settingsAfter(settings: readonly [string, string][], env: RemoteOptions['env']): Record<string, string> {
  const before = /^\d{1,4}$/.test(env.GIT_CONFIG_COUNT ?? '') ? Number(env.GIT_CONFIG_COUNT) : 0
  const numbered = settings.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${before + at}`, key],
    [`GIT_CONFIG_VALUE_${before + at}`, value],
  ])
  return { ...Object.fromEntries(numbered), GIT_CONFIG_COUNT: String(before + settings.length) }
}
