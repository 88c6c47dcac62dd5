import {
  DEFUSING_ENDS,
  DEFUSING_STARTS,
  DOUBTFUL_STARTS,
  KEY_QUALIFIERS,
  NEUTRAL_ENDS,
  TOKEN_DEFUSERS,
} from './name-words.ts'
import { splitWords } from './split-words.ts'

/** What kind of secret a name promises. */
export type NameKind = 'password' | 'secret' | 'key' | 'token' | 'auth' | 'salt' | 'mnemonic'

/** What a name says. `strength`: 3 a secret for certain, 2 likely, 1 only when the value shows it. */
export interface NameVerdict {
  readonly kind: NameKind
  readonly strength: 1 | 2 | 3
  readonly words: readonly string[]
}

const KIND: Readonly<Record<string, NameKind>> = {
  password: 'password',
  passwords: 'password',
  passwd: 'password',
  passwrd: 'password',
  pwd: 'password',
  pswd: 'password',
  pass: 'password',
  passphrase: 'password',
  passcode: 'password',
  passwort: 'password',
  kennwort: 'password',
  senha: 'password',
  contrasena: 'password',
  psw: 'password',
  pw: 'password',
  bindpw: 'password',
  rootpw: 'password',
  passw: 'password',
  userpass: 'password',
  sshpass: 'password',
  requirepass: 'password',
  masterauth: 'password',
  secret: 'secret',
  secrets: 'secret',
  psk: 'password',
  key: 'key',
  keys: 'key',
  keypass: 'password',
  passkey: 'password',
  token: 'token',
  tokens: 'token',
  pat: 'token',
  bearer: 'token',
  jwt: 'token',
  auth: 'auth',
  authorization: 'auth',
  authentication: 'auth',
  credential: 'auth',
  credentials: 'auth',
  creds: 'auth',
  cred: 'auth',
  oauth: 'auth',
  salt: 'salt',
  nonce: 'salt',
  seed: 'salt',
  pepper: 'salt',
  mnemonic: 'mnemonic',
  seedphrase: 'mnemonic',
}

/** Names repeat, and a program has few hundred different ones that matter. Emptied when it is full. */
const known = new Map<string, NameVerdict | null>()
const MOST_KNOWN = 2048

/**
 * Judges a name by its words, from the end: what comes last is what the thing is. What stands before a dot is the thing's place, and
 * is asked only when the last part leaves a doubt. `null` when no secret is promised.
 */
export function judgeName(name: string): NameVerdict | null {
  const before = known.get(name)
  if (before !== undefined) return before
  const own = judgeWords(name.slice(name.lastIndexOf('.') + 1))
  const verdict = own?.strength === 3 || !name.includes('.') ? own : judgeWords(name)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, verdict)
  return verdict
}

function judgeWords(name: string): NameVerdict | null {
  const words = splitWords(name).flatMap(asOneWord)
  const at = words.findLastIndex((word) => Object.hasOwn(KIND, word))
  const word = words[at]
  const kind = word === undefined ? undefined : KIND[word]
  if (kind === undefined || word === undefined) return null
  const before = words.slice(0, at)
  const tail = judgeTail(words.slice(at + 1))
  if (tail === 'defused' || before.some((part) => DEFUSING_STARTS.has(part))) return null
  const strength =
    strengthOf(kind, word, before) -
    (tail === 'odd' ? 1 : 0) -
    (before.some((part) => DOUBTFUL_STARTS.has(part)) ? 1 : 0)
  return strength <= 0 ? null : { kind, strength: strength >= 3 ? 3 : strength === 2 ? 2 : 1, words }
}

/** `pass_phrase` and `passPhrase` are `passphrase`, `seed phrase` and its like one thing. */
function asOneWord(word: string, at: number, words: readonly string[]): string | readonly string[] {
  const joined = COMPOUNDS[`${word} ${words[at + 1]}`]
  if (joined !== undefined) return joined
  return at > 0 && Object.hasOwn(COMPOUNDS, `${words[at - 1]} ${word}`) ? [] : word
}

const COMPOUNDS: Readonly<Record<string, string>> = {
  'pass phrase': 'passphrase',
  'pass word': 'password',
  'pass wd': 'password',
  'seed phrase': 'seedphrase',
  'seed words': 'seedphrase',
  'recovery phrase': 'seedphrase',
  'backup phrase': 'seedphrase',
  'secret phrase': 'seedphrase',
}

function judgeTail(words: readonly string[]): 'plain' | 'odd' | 'defused' {
  if (words.some((word) => DEFUSING_ENDS.has(word))) return 'defused'
  return words.every((word) => NEUTRAL_ENDS.has(word) || /^\d+$|^[a-z]{1,2}$/.test(word)) ? 'plain' : 'odd'
}

function strengthOf(kind: NameKind, word: string, before: readonly string[]): number {
  if (kind === 'password') return word === 'pass' && before.length > 2 ? 2 : 3
  if (kind === 'secret' || kind === 'mnemonic') return 3
  if (kind === 'salt') return word === 'seed' && before.length === 0 ? 1 : 2
  if (kind === 'auth') return word === 'auth' || word === 'oauth' ? 1 : 2
  if (before.some((part) => TOKEN_DEFUSERS.has(part))) return 0
  const qualified = before.some((part) => KEY_QUALIFIERS.has(part))
  if (kind === 'token') return qualified ? 3 : 2
  return qualified ? 3 : 1
}
