/**
 * Every way in which Sealward can refuse. The list is closed: a face maps each code to an exit status and nothing else
 * decides one. A code is stable across releases; a message is not.
 */
export type ErrorCode =
  | 'usage' // the command line or an input is wrong
  | 'not-found' // a file, key, folder or program that was asked for is not there
  | 'exists' // something would be overwritten
  | 'io' // the operating system refused
  | 'locked' // another process is writing the same file
  | 'limit' // an input is larger than the stated bound
  | 'dotenv-syntax' // a plaintext .env that cannot be read
  | 'name-invalid' // a variable name outside [A-Za-z_][A-Za-z0-9_]*, or a reserved one
  | 'not-representable' // a value the target format cannot hold without changing it
  | 'duplicate' // the same name twice
  | 'malformed' // an encrypted file that breaks the grammar of docs/format.md
  | 'unsupported' // a valid file that asks for something Sealward does not do
  | 'plaintext-value' // a value that should be ciphertext and is not
  | 'no-recipients' // encryption to nobody
  | 'recipient-invalid' // not an age recipient
  | 'identity-invalid' // not an age identity
  | 'no-identity' // no identity at hand opens the file
  | 'value-not-authentic' // value, IV, tag or name was altered: GCM cannot say which
  | 'mac-mismatch' // order, an addition, a removal or lastmodified was altered
  | 'removal-refused' // encrypting over a file would drop names; --force is needed
  | 'signature-missing' // a signature is required and there is none
  | 'signature-invalid' // a signature that does not fit the file, its name, or its own grammar
  | 'signer-unknown' // a right signature by a key that is not listed for this file, or not now
  | 'policy-invalid' // sealward.yml or .sops.yaml breaks its schema
  | 'schema-mismatch' // a value that its schema refuses
  | 'name-denied' // a variable that can take over a process (NODE_OPTIONS, PATH, ...)
  | 'untrusted' // a workflow run, or a file in it, that may not have the secrets
  | 'locked-down' // sealward.yml says that nothing is decrypted here until its lockdown is lifted
  | 'git' // git refused, or this is no repository
  | 'editor' // the editor failed
  | 'token-refused' // GitHub: the token is wrong, expired or revoked
  | 'permission' // GitHub: the token may not do this; the hint names the permission
  | 'read-only' // GitHub: the repository is archived, or its issues are switched off
  | 'rate-limited' // GitHub: too many requests, and the wait is longer than a run may take
  | 'unavailable' // GitHub: no answer, or that of a broken server
  | 'interrupted' // somebody asked the process to stop
  | 'internal' // a bug of ours

/** What to do next, said in one line, and where in the input the fault lies. Neither ever holds a secret. */
export interface ErrorDetail {
  readonly hint?: string
  readonly file?: string
  readonly line?: number
}

/** The same in every copy of this file: a program and what it loads beside it may each have one. */
const MARK = Symbol.for('sealward.error')

/**
 * The one error class, also where `instanceof` is asked about an error of another copy. `message` is lower case and says what; `hint` says
 * what next. Neither quotes a value, a key or the offending line, so both are safe in a CI log.
 */
export class SealwardError extends Error {
  override readonly name = 'SealwardError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly file: string | undefined
  readonly line: number | undefined

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(withoutKeys(message))
    this.code = code
    this.hint = detail.hint === undefined ? undefined : withoutKeys(detail.hint)
    this.file = detail.file === undefined ? undefined : withoutKeys(detail.file)
    this.line = detail.line
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value
  }

  get [MARK](): true {
    return true
  }

  /** The same error, with the file it happened in. */
  in(file: string): SealwardError {
    if (this.file !== undefined) return this
    return new SealwardError(this.code, this.message, {
      file,
      ...optional('hint', this.hint),
      ...optional('line', this.line),
    })
  }
}

/** What a reader answers that takes every refusal for "not mine". @returns null for an error of ours. @throws any other: that is a fault */
export function nullIfOurs(error: unknown): null {
  if (error instanceof SealwardError) return null
  throw error
}

/** People give a key where a path or a name belongs, and an error says which path or name it means. */
function withoutKeys(text: string): string {
  return text.replace(/AGE-SECRET-KEY-[A-Z0-9-]*/gi, '(an age key)')
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>)
}
