import type { ErrorCode } from '../../../core/errors.ts'
import { TooLate } from '../deadline.ts'
import { systemTrouble } from '../trouble.ts'

/** What an error comes to. `refused`: the password. `why` is in our own words: what a server says may quote anything. */
export interface MysqlTrouble {
  readonly kind: 'refused' | 'denied' | 'unfit' | 'other'
  readonly why: string
  /** Whether it is an answer to what was asked, and not the end of the connection or of the server. */
  readonly isAnswer: boolean
}

const ACCESS_DENIED = 1045
/** The server goes away, or somebody ended the connection. */
const NO_ANSWER: ReadonlySet<number> = new Set([1040, 1053, 1080, 1152, 1184, 1317, 1927])
const DENIED: ReadonlySet<number> = new Set([1044, 1142, 1143, 1227, 1370])
/** A rule about passwords, or about the account, that this change breaks. */
const UNFIT: ReadonlySet<number> = new Set([1396, 1819, 3638, 3892])

/** Error numbers, in words: of those that a login or a statement about one may meet. */
const WORDS: Readonly<Record<number, string>> = {
  1040: 'it has too many connections',
  1044: 'the login may not use this database',
  1045: 'it refused the password',
  1049: 'the database is not there',
  1053: 'it is shutting down',
  1129: 'it blocks this host after too many errors',
  1130: 'it lets nobody in from this host',
  1142: 'the login may not do this',
  1203: 'the login has too many connections',
  1226: 'the login has used up what it may use',
  1227: 'the login may not do this',
  1251: 'it wants another way of logging in',
  1290: 'it runs with a setting that forbids this',
  1396: 'the account is not there, or may not be changed so',
  1698: 'it lets this login in by another way than a password',
  1819: 'its rules for passwords refuse this one',
  1820: 'the password has expired',
  1836: 'it is read-only',
  1862: 'the password has expired',
  3118: 'the account is locked',
  3159: 'it wants TLS',
  3638: 'its history of passwords refuses this one',
  3892: 'it wants the present password with a change (PASSWORD REQUIRE CURRENT), which only single gives it',
  3955: 'the account is locked after too many wrong passwords',
  4151: 'the account is locked',
}
const LIBRARY: Readonly<Record<string, string>> = {
  HANDSHAKE_NO_SSL_SUPPORT: 'it does not speak TLS',
  // Over whatever OpenSSL or node found wrong.
  HANDSHAKE_SSL_ERROR: 'TLS failed: the certificate is not what the settings ask for, or no version is shared',
  AUTH_SWITCH_PLUGIN_ERROR: 'it wants a way of logging in that this driver does not know',
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: 'it asks for the password in clear',
  PROTOCOL_CONNECTION_LOST: 'the connection was cut',
}

/** @returns what went wrong, told by codes */
export function troubleOf(error: unknown): MysqlTrouble {
  if (error instanceof TooLate) return other('it did not answer in time')
  const { number, code } = fieldsOf(error)
  if (number !== null)
    return {
      kind: kindOf(number),
      why: `${WORDS[number] ?? 'it answered with an error'} (${number})`,
      isAnswer: !NO_ANSWER.has(number),
    }
  const known = code === null ? undefined : LIBRARY[code]
  return other(known ?? systemTrouble(error))
}

/** The code of the error to be thrown for it. */
export function codeOf({ kind }: MysqlTrouble): ErrorCode {
  if (kind === 'other') return 'unavailable'
  return kind === 'unfit' ? 'unsupported' : 'permission'
}

/** Whether the server has no TLS, which it says first of all. */
export function lacksTls(error: unknown): boolean {
  return fieldsOf(error).code === 'HANDSHAKE_NO_SSL_SUPPORT'
}

function kindOf(number: number): MysqlTrouble['kind'] {
  if (number === ACCESS_DENIED) return 'refused'
  if (DENIED.has(number)) return 'denied'
  return UNFIT.has(number) ? 'unfit' : 'other'
}

function fieldsOf(error: unknown): { readonly number: number | null; readonly code: string | null } {
  if (!(error instanceof Error)) return { number: null, code: null }
  const { errno, code, sqlState } = error as { errno?: unknown; code?: unknown; sqlState?: unknown }
  // Errors of the system have numbers too, below zero, and no SQLSTATE. Before the handshake a server's error has none either: 1040, 1129.
  const isServers = typeof errno === 'number' && errno >= 1000 && (sqlState !== undefined || errno < 65_536)
  return { number: isServers ? errno : null, code: typeof code === 'string' ? code : null }
}

function other(why: string): MysqlTrouble {
  return { kind: 'other', why, isAnswer: false }
}
