import { SealwardError } from '../../errors.ts'
import { redactionOf } from '../../redact/redaction.ts'
import { printable } from '../../report/printable.ts'
import { Secret } from '../../secret.ts'
import { at, type Json, parseJson, textOf } from '../../trust/json.ts'
import type { Change, Login, Probe, Shape } from '../change.ts'
import type { Target } from '../target.ts'

/** What a program is asked, whole: docs/credentials-command.md is its manual. */
export interface CommandRequest {
  readonly op: 'probe' | 'preflight' | Change['kind']
  readonly user: string
  /** Whose the secret `admin` is; null for `probe`. */
  readonly admin: string | null
  /** By name: never in an argument or a variable of the program. */
  readonly secrets: Readonly<Record<string, Secret>>
  /** Only what is asked beyond the names above. */
  readonly more?: Readonly<Record<string, unknown>>
}

export interface CommandSettings {
  readonly argv: readonly [string, ...string[]]
  /** Names of the variables that the program gets beside the usual ones. */
  readonly env: readonly string[]
  readonly timeoutMs: number
  /** What is left is the program's own. */
  readonly options: Readonly<Record<string, string>>
}

/** What a program said it did. */
export type CommandAnswer =
  | { readonly kind: 'done'; readonly password: Secret | null }
  | { readonly kind: 'refused'; readonly code: 'unavailable' | 'permission' | 'unsupported'; readonly why: string }

const VERSION = 1
const TIMEOUT_S = 60
const MOST_SECONDS = 600
const MOST_WORDS = 200
const MOST_LINES = 20
const LONGEST_PASSWORD = 16_384

export function probeRequest(login: Login, statement: string | undefined): CommandRequest {
  const more = statement === undefined ? {} : { statement }
  return { op: 'probe', user: login.user, admin: null, secrets: { password: login.password }, more }
}

export function preflightRequest(changes: readonly Change[], admin: Login): CommandRequest {
  const more = { changes: changes.map(({ kind, user }) => ({ op: kind, user })) }
  return { op: 'preflight', user: changes[0]?.user ?? '', admin: admin.user, secrets: { admin: admin.password }, more }
}

export function changeRequest(change: Change, admin: Login): CommandRequest {
  const secrets = { ...secretsOf(change), admin: admin.password }
  const more = change.kind === 'issue' ? { request: change.request } : {}
  return { op: change.kind, user: change.user, admin: admin.user, secrets, more }
}

/** The line that goes to the program's standard input. It holds secrets. */
export function requestLine({ op, user, admin, secrets, more }: CommandRequest, target: Target): string {
  const { host, port, database } = target
  const plain = Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()]))
  const { options } = readCommandSettings(target)
  const whom = admin === null ? {} : { admin }
  const request = {
    sealward: VERSION,
    op,
    user,
    ...whom,
    ...more,
    secrets: plain,
    target: { host, port, database },
    options,
  }
  return `${JSON.stringify(request)}\n`
}

/** @throws SealwardError unavailable for what is no answer to `probe` */
export function readProbe(output: Uint8Array, secrets: readonly Secret[]): Probe {
  const { outcome, json } = readAnswer(output)
  const why = safeWords(at(json, 'why'), secrets) ?? 'the command gave no reason'
  if (outcome === 'yes' || outcome === 'no') return { kind: outcome }
  if (outcome === 'failed' || outcome === 'unknown') return { kind: outcome, why }
  if (outcome === 'error') return { kind: 'unknown', why }
  throw foreign()
}

/** @throws SealwardError unavailable for what is no answer to `preflight` */
export function readObjections(output: Uint8Array, secrets: readonly Secret[]): readonly string[] {
  const { outcome, json } = readAnswer(output)
  if (outcome === 'error') return [safeWords(at(json, 'why'), secrets) ?? 'the command refused, and gave no reason']
  const against = at(json, 'against') ?? []
  if (outcome !== 'done' || !Array.isArray(against) || against.length > MOST_LINES) throw foreign()
  return against.map((line) => safeWords(line, secrets) ?? 'the command objected, and gave no reason')
}

/** @throws SealwardError unavailable for what is no answer to a change */
export function readDone(output: Uint8Array, kind: Change['kind'], secrets: readonly Secret[]): CommandAnswer {
  const { outcome, json } = readAnswer(output)
  const password = textOf(at(json, 'password'))
  if (outcome === 'error') {
    const code = (['permission', 'unsupported'] as const).find((one) => one === at(json, 'code')) ?? 'unavailable'
    const known = password === null ? secrets : [...secrets, new Secret(password)]
    return { kind: 'refused', code, why: safeWords(at(json, 'why'), known) ?? 'it gave no reason' }
  }
  if (outcome !== 'done' || (kind === 'issue') !== (password !== null)) throw foreign()
  if (password !== null && password.length > LONGEST_PASSWORD) throw foreign()
  return { kind: 'done', password: password === null ? null : new Secret(password) }
}

/** What is run, as it may be shown. @throws SealwardError policy-invalid */
export function commandShapes(change: Change, target: Target): readonly Shape[] {
  const { argv } = readCommandSettings(target)
  const names = Object.keys({ ...secretsOf(change), admin: null }).join(', ')
  return [
    `${printable(JSON.stringify(argv))} with ${change.kind} for ${JSON.stringify(printable(change.user))} (${names})`,
  ]
}

/** @throws SealwardError policy-invalid */
export function readCommandSettings({ options }: Target): CommandSettings {
  // Whether the program makes the passwords is for those who ask it.
  const { argv, env = '', timeout, issue: _, ...own } = options
  const seconds = Number(timeout ?? TIMEOUT_S)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MOST_SECONDS)
    throw invalid('timeout', `seconds, from 1 to ${MOST_SECONDS}`)
  const names = env.split(',').map((name) => name.trim())
  if (env !== '' && !names.every((name) => /^[A-Za-z_]\w{0,99}$/.test(name)))
    throw invalid('env', 'names with commas between them')
  return { argv: readArgv(argv), env: env === '' ? [] : names, timeoutMs: seconds * 1000, options: own }
}

function readArgv(text: string | undefined): readonly [string, ...string[]] {
  const words = parseJson(Buffer.from(text ?? '', 'utf8'))
  const isList = Array.isArray(words) && words.every((word) => typeof word === 'string' && !word.includes('\0'))
  const [program, ...args]: readonly string[] = isList ? words : []
  if (program === undefined || program === '')
    throw invalid('argv', 'a list of words in JSON: ["./rotate-key", "--live"]')
  return [program, ...args]
}

function secretsOf(change: Change): Readonly<Record<string, Secret>> {
  if (change.kind === 'replace') return { fresh: change.fresh }
  if (change.kind === 'add') return { fresh: change.fresh, current: change.current }
  if (change.kind === 'retire') return { keep: change.keep, old: change.old }
  return { current: change.current }
}

function readAnswer(output: Uint8Array): { readonly outcome: Json; readonly json: Json } {
  const json = parseJson(output)
  if (at(json, 'sealward') !== VERSION) throw foreign()
  return { outcome: at(json, 'outcome'), json }
}

/** Words of a program, for a person: without the secrets in any form, nor what would write to a terminal. */
function safeWords(words: Json, secrets: readonly Secret[]): string | null {
  const text = textOf(words)
  if (text === null) return null
  const values = secrets.map((secret) => ({ name: 'secret', value: secret.reveal() }))
  const filter = redactionOf({ secrets: values, minLength: 1, short: 'mask' }).open()
  const bytes = Buffer.concat([filter.push(Buffer.from(text, 'utf8')), filter.end()])
  return printable(bytes.toString('utf8').slice(0, MOST_WORDS))
}

function foreign(): SealwardError {
  return new SealwardError('unavailable', 'the command did not answer as it is agreed', {
    hint: 'docs/credentials-command.md says what it has to print',
  })
}

function invalid(option: string, what: string): SealwardError {
  return new SealwardError(
    'policy-invalid',
    `the option ${option} of the driver command has a value that it cannot have`,
    {
      hint: `it is ${what}`,
    },
  )
}
