import { SealwardError } from '../../errors.ts'
import type { Secret } from '../../secret.ts'
import type { Change, Shape } from '../change.ts'
import { readOptions, wordOf } from '../driver-options.ts'
import type { Target } from '../target.ts'

export interface SqlcipherSettings {
  /** `passphrase`: a key is derived from it. `raw`: the password is the key itself, 64 hex digits, or 96 with the salt. */
  readonly key: 'passphrase' | 'raw'
  /** The major version whose defaults the file was made with; null for those of the program. */
  readonly compatibility: string | null
}

const RAW = /^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{96})$/
/** An unfit passphrase: SQLCipher takes one of this form for a raw key. */
const LIKE_RAW = /^x'/i
/** The program reads its input line by line, and a NUL ends what it reads. */
const CONTROL = /\p{Cc}/u

/**
 * Opens the file, and runs a statement or none. The pages are decrypted by the first one that is read, so that a wrong key shows there and
 * not before.
 *
 * @throws SealwardError unsupported for a password that cannot be the key
 */
export function openingLines(password: Secret, settings: SqlcipherSettings): readonly string[] {
  return [
    `PRAGMA key = ${keyOf(password, settings)};`,
    ...(settings.compatibility === null ? [] : [`PRAGMA cipher_compatibility = ${settings.compatibility};`]),
    'SELECT count(*) FROM sqlite_master;',
  ]
}

/** Encrypts the open file with another key. @throws SealwardError unsupported for a password that cannot be the key */
export function rekeyLines(fresh: Secret, settings: SqlcipherSettings): readonly string[] {
  return [`PRAGMA rekey = ${keyOf(fresh, settings)};`]
}

/**
 * The only change there is: the file has one key.
 *
 * @throws SealwardError unsupported for every other
 */
export function freshKeyOf(change: Change): Secret {
  if (change.kind === 'replace') return change.fresh
  throw new SealwardError('unsupported', 'a file of SQLCipher has one password at a time', {
    hint: 'use the strategy single',
  })
}

/** What is done, as it may be shown. @throws SealwardError policy-invalid, unsupported */
export function sqlcipherShapes(change: Change, target: Target): readonly Shape[] {
  const { compatibility } = readSqlcipherSettings(target)
  freshKeyOf(change)
  return [
    'PRAGMA key = [the present password]',
    ...(compatibility === null ? [] : [`PRAGMA cipher_compatibility = ${compatibility}`]),
    'PRAGMA rekey = [the new password]',
  ]
}

/** @throws SealwardError policy-invalid */
export function readSqlcipherSettings(target: Target): SqlcipherSettings {
  const { key, compatibility } = readOptions(target, ['key', 'compatibility'])
  return {
    key: wordOf('key', key, ['passphrase', 'raw']),
    compatibility: compatibility === undefined ? null : wordOf('compatibility', compatibility, ['1', '2', '3', '4']),
  }
}

function keyOf(password: Secret, { key }: SqlcipherSettings): string {
  const text = password.reveal()
  if (key === 'raw') {
    if (RAW.test(text)) return `"x'${text}'"`
    throw new SealwardError('unsupported', 'a raw key of SQLCipher has 64 hex digits, or 96', {
      hint: 'have the password made in hex: generate: { length: 64, alphabet: hex }',
    })
  }
  if (text === '' || CONTROL.test(text) || LIKE_RAW.test(text))
    throw new SealwardError('unsupported', 'SQLCipher cannot take this password for a passphrase')
  return `'${text.replaceAll("'", "''")}'`
}
