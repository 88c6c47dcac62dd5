import { NAME_READERS, PLACE_READERS } from './readers.ts'

/** Parts of the names of secrets. */
const NAMES: readonly string[] = [
  'pass',
  'pwd',
  'pswd',
  'psw',
  'pw=',
  'pw =',
  'pw:',
  'pw"',
  "pw'",
  'secret',
  'token',
  'key',
  'auth',
  'cred',
  'salt',
  'nonce',
  'seed',
  'pepper',
  'mnemonic',
  'recovery phrase',
  'psk',
  'senha',
  'kennwort',
  'contrasena',
  'bindpw',
  'rootpw',
]

/**
 * What the prefilter looks for, in any letter case. Every place where `findGeneric` could find something holds one of these; a
 * literal more costs a test at each place it stands in.
 */
export const GENERIC_LITERALS: readonly string[] = [
  ...new Set([...NAMES, ...[...NAME_READERS, ...PLACE_READERS].map(([literal]) => literal)]),
]
