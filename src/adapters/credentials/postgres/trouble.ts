import type { ErrorCode } from '../../../core/errors.ts'
import { TooLate } from '../deadline.ts'
import { systemTrouble } from '../trouble.ts'

/** The server let the login in without asking for the password: whether it is right cannot be found out there. */
export class Ungated extends Error {}
/** The server asked for the password itself, over a connection where anybody could. */
export class Unsafe extends Error {}

/** What an error comes to. `refused`: the password. `why` is in our own words: what a server says may quote anything. */
export interface PostgresTrouble {
  readonly kind: 'refused' | 'denied' | 'unfit' | 'other'
  readonly why: string
  /** Whether it is an answer to what was asked, and not the end of the connection or of the server. */
  readonly isAnswer: boolean
}

/** SQLSTATE, in words: of those that a login or a statement about one may meet. */
const WORDS: Readonly<Record<string, string>> = {
  '28P01': 'it refused the password',
  '28000': 'it does not let this login in',
  '3D000': 'the database is not there',
  '42501': 'the login may not do this',
  '42704': 'the role is not there',
  '22023': 'it does not take this password',
  '25006': 'it is read-only',
  '53300': 'it has too many connections',
  '57P03': 'it is starting up or shutting down',
  '57P01': 'it was shut down',
  '57014': 'it stopped the statement',
  '08P01': 'it does not understand, or is a pooler that does not know the login',
}
/** Classes of SQLSTATE: connections, resources, and an operator who stepped in. */
const NO_ANSWER = /^(?:08|53|57P)/
/** By the library's own texts, as these errors have no codes. */
const NO_TLS = 'The server does not support SSL connections'
const TOO_LATE = new Set(['timeout expired', 'Query read timeout', 'Connection terminated due to connection timeout'])

/** @returns what went wrong, told by codes */
export function troubleOf(error: unknown): PostgresTrouble {
  if (error instanceof Ungated)
    return other('it asks for no password (trust, peer or a certificate), so that none can be tried')
  if (error instanceof Unsafe)
    return other('it asks for the password in clear over a connection that proves nothing: use verify-full')
  if (error instanceof TooLate) return other('it did not answer in time')
  const { code, message } = fieldsOf(error)
  if (message === NO_TLS) return other('it does not speak TLS')
  if (TOO_LATE.has(message)) return other('it did not answer in time')
  if (code === null) return other(systemTrouble(error))
  return {
    kind: kindOf(error, code),
    why: `${WORDS[code] ?? 'it answered with an error'} (${code})`,
    isAnswer: !NO_ANSWER.test(code),
  }
}

/** The code of the error to be thrown for it. */
export function codeOf({ kind }: PostgresTrouble): ErrorCode {
  if (kind === 'other') return 'unavailable'
  return kind === 'unfit' ? 'unsupported' : 'permission'
}

/** Whether the server wants the other kind of connection: it says so before it asks for a password. */
export function wantsOtherLink(error: unknown): boolean {
  const { code, message } = fieldsOf(error)
  return message === NO_TLS || (code === '28000' && isGatekeeper(error))
}

function kindOf(error: unknown, code: string): PostgresTrouble['kind'] {
  if (code === '28P01') return 'refused'
  // LDAP, PAM and RADIUS say 28000 for a wrong password. So does the door, which looks at addresses and at TLS, and the check of NOLOGIN.
  if (code === '28000') return routineOf(error) === 'auth_failed' && !isGatekeeper(error) ? 'refused' : 'other'
  if (code === '42501' || code === '42704') return 'denied'
  return code === '22023' ? 'unfit' : 'other'
}

/** `pg_hba.conf` has no line for whoever comes, or one that says no. */
function isGatekeeper(error: unknown): boolean {
  return routineOf(error) === 'ClientAuthentication'
}

function routineOf(error: unknown): string {
  return error instanceof Error && 'routine' in error ? String(error.routine) : ''
}

function fieldsOf(error: unknown): { readonly code: string | null; readonly message: string } {
  if (!(error instanceof Error)) return { code: null, message: '' }
  const code = 'code' in error ? error.code : null
  return {
    code: typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? code : null,
    message: error.message,
  }
}

function other(why: string): PostgresTrouble {
  return { kind: 'other', why, isAnswer: false }
}
