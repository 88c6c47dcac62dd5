import type { NameVerdict } from '../name/judge-name.ts'
import { passwordOf } from './basic-credentials.ts'
import { codeReason, isCiphertext } from './no-secret.ts'
import { isWordOfPrograms } from './program-words.ts'
import { type Shape, shapeOf } from './shape.ts'
import { sequenceShare, standInReason } from './stand-in.ts'

/** What a value says. `points`: 0 nothing, 50 as random as a generated key. */
export interface ValueVerdict {
  readonly points: number
  readonly reason: string
}

/** What stood in the file, and how. */
export interface ValueText {
  readonly value: string
  readonly quoted: boolean
}

const NOTHING = (reason: string): ValueVerdict => ({ points: 0, reason })

/** Judges a value for its name. Linear in its length. */
export function judgeValue({ value, quoted }: ValueText, name: NameVerdict): ValueVerdict {
  if (name.kind === 'mnemonic') return judgeMnemonic(value)
  if (name.kind === 'auth' && passwordOf(value) !== null)
    return { points: 46, reason: 'decodes to a user and a password' }
  if (isCiphertext(value)) return NOTHING('encrypted by another tool')
  const shape = shapeOf(value)
  if (name.strength > 1 && isNoise(value, shape)) return { points: 42, reason: 'characters of all kinds, as generated' }
  const placeholder = standInReason(value, name.words)
  if (placeholder !== null) return NOTHING(placeholder)
  if (name.kind === 'password' && name.strength === 3 && isPassphrase(value, name))
    return { points: value.includes('.') ? 12 : 18, reason: 'words put together' }
  const code = codeReason(value, shape, quoted)
  if (code !== null) return NOTHING(code)
  if (name.kind === 'password') return judgePassword(value, shape, { quoted, strength: name.strength })
  return judgeRandom(value, shape, name)
}

/** The lengths of BIP 39: 128 to 256 bits in words of 11. Which words they are does not matter under such a name. */
const MNEMONIC = /^(?:[a-z]{3,8}(?:,? ){1,2}){11}(?:(?:[a-z]{3,8}(?:,? ){1,2}){3}){0,4}[a-z]{3,8}$/

function judgeMnemonic(value: string): ValueVerdict {
  return MNEMONIC.test(value) && new Set(value.match(/[a-z]+/g)).size > 5
    ? { points: 50, reason: 'as many words as a seed phrase has' }
    : NOTHING('no seed phrase')
}

/** Drawn from all that can be typed, as frameworks write salts and keys: by chance it holds every mark of a template or a pattern. */
function isNoise(value: string, shape: Shape): boolean {
  return (
    shape.length >= 24 &&
    shape.digits > 0 &&
    shape.wordy < 0.4 &&
    shape.blanks < shape.length / 10 &&
    shape.special >= shape.length * 0.12 &&
    new Set(value.replace(/[\w\s.-]/g, '')).size >= 5 &&
    shape.entropy >= Math.min(4.2, Math.log2(shape.length) * 0.8) &&
    !/[^\x20-\x7e]|[a-z0-9]-[a-z0-9].?\]|\\[.<>(|dwsb]|a-z|0-9/i.test(value)
  )
}

/** `Password2:`, `required|min:8`. */
const LABEL = /^[A-Za-z]+\d?[:?]$|^[a-z]+[|:][a-z_]+[|:]?/

/** Values of passwords may be weak: it is enough that nobody would write them as a word, a name or a sentence. */
function judgePassword(
  value: string,
  shape: Shape,
  { quoted, strength }: { readonly quoted: boolean; readonly strength: number },
): ValueVerdict {
  if (shape.length < 4 || shape.length > 256) return NOTHING('too short or too long for a password')
  if (shape.blanks > 0) return judgeSentence(shape)
  if (LABEL.test(value)) return NOTHING('a label or a rule')
  if (/[^\x20-\x7e]/.test(value) && shape.digits === 0) return NOTHING('a text in another language')
  if (shape.hex || shape.uuid) return { points: 40, reason: 'hexadecimal, as generated' }
  if (shape.lower + shape.upper === 0) return judgeNumber(value, shape, quoted)
  if (strength < 3 && shape.wordy > 0.5 && shape.digits < 2 && shape.upper === 0) return NOTHING('words')
  return judgeMadeUp(value, shape)
}

/** By what a value has besides letters. */
function judgeMadeUp(value: string, shape: Shape): ValueVerdict {
  if (shape.digits > 0 && isIdentifier(value, shape)) return NOTHING('a name')
  const varied = shape.digits > 0
  if (/[!@#$%^&*+=~?]/.test(value) && (varied || !/[?!:]$/.test(value))) {
    return { points: varied ? 36 : 26, reason: 'letters and special characters' }
  }
  if (varied && shape.wordy > 0.6)
    return { points: shape.digits >= 3 && shape.length >= 8 ? 26 : 22, reason: 'a word with digits' }
  if (varied) return { points: 32, reason: 'letters and digits' }
  if (shape.special === 0) return judgeLetters(value, shape)
  return shape.wordy > 0.5 ? NOTHING('words') : { points: 20, reason: 'letters and special characters' }
}

function judgeSentence(shape: Shape): ValueVerdict {
  return shape.blanks === 1 && shape.digits > 0 && shape.special > 0 && shape.wordy < 0.5
    ? { points: 15, reason: 'mixed characters' }
    : NOTHING('a sentence')
}

function judgeNumber(value: string, shape: Shape, quoted: boolean): ValueVerdict {
  if (shape.digits < 4 || !/^\d/.test(value)) return NOTHING('no letter')
  return quoted ? { points: 20, reason: 'digits in quotes' } : { points: shape.length >= 5 ? 15 : 0, reason: 'digits' }
}

const JOINED_WORDS = /^[a-z]{3,12}(?:([-_.])[a-z]{3,12})(?:\1[a-z]{3,12}){1,7}(?:\1?\d{1,4})?$/
const SPACED_WORDS = /^[a-z]{3,12}(?: [a-z]{3,12}){3,9}$/

/**
 * `mirror-knight-velvet-05`; and `copper horse battery staple`, but only as a passphrase: as a password it is a label. Words that
 * programs and pages are made of speak against it.
 */
function isPassphrase(value: string, { words }: NameVerdict): boolean {
  if (!JOINED_WORDS.test(value) && !(words.includes('passphrase') && SPACED_WORDS.test(value))) return false
  return value.match(/[a-z]+/g)!.every((word) => !isWordOfPrograms(word))
}

/** Words that are passwords more often than anything else. */
const WEAK = new Set(
  'letmein qwerty qwertz azerty monkey dragon iloveyou sunshine princess football baseball welcome superman batman trustno swordfish opensesame ninja mustang asdfgh asdfghjkl zxcvbn qazwsx starwars freedom pokemon hunter toor raspberry vagrant'.split(
    ' ',
  ),
)

function judgeLetters(value: string, shape: Shape): ValueVerdict {
  if (WEAK.has(value.toLowerCase())) return { points: 14, reason: 'a password that everybody tries' }
  if (shape.wordy > 0.45) return judgeWord(value)
  if (/[-_.]/.test(value) && shape.length < 8) return NOTHING('a name')
  if (shape.length < 5) return NOTHING('a short word')
  const mixed = shape.upper > 1 && shape.lower > 1 && !/^[A-Z]?[a-z]+$/.test(value)
  return { points: mixed ? 30 : 20, reason: 'letters that make no word' }
}

/** A mere word is enough in a configuration; in a program only when programs do not use it themselves, and nothing else speaks against it. */
function judgeWord(value: string): ValueVerdict {
  if (!/^[a-z]{4,24}$/.test(value)) return NOTHING('a word')
  return { points: value.length < 5 || isWordOfPrograms(value) ? 1 : 3, reason: 'a word' }
}

/** `input_2`, `password-field1`, `line12-token`: words and a number, joined as programs join them. */
function isIdentifier(value: string, shape: Shape): boolean {
  return shape.special === 0 && shape.wordy > 0.8 && shape.digits <= 2 && /[a-z][-_.][a-z]/i.test(value)
}

/** Keys, tokens and secrets are generated: a value has to look so, the more the less its name says. */
function judgeRandom(value: string, shape: Shape, name: NameVerdict): ValueVerdict {
  const least = name.strength === 3 ? 8 : name.strength === 2 ? 12 : 16
  if (shape.length < least) return judgeShort(shape, name)
  if (shape.blanks > 2 || (shape.blanks > 0 && (shape.wordy > 0.3 || shape.digits < 2))) return NOTHING('a sentence')
  if (/[^\x20-\x7e]/.test(value)) return NOTHING('a text in another language')
  if (shape.lower + shape.upper + shape.digits < shape.length * 0.6 && !/^(?:\\x[0-9a-f]{2})+$/i.test(value))
    return NOTHING('mostly marks')
  if (sequenceShare(value) > 0.5) return NOTHING('characters in their order')
  if (isConstantName(value, shape)) return NOTHING('a name')
  if (shape.uuid)
    return name.strength === 3 && !isRequestToken(name) ? { points: 30, reason: 'a UUID' } : NOTHING('a UUID')
  if (shape.hex && shape.digits + shape.lower + shape.upper >= shape.length) return judgeHex(shape, name.strength)
  return judgeMixed(value, shape, name)
}

/** `clientRequestToken`: says of two requests that they are one. */
function isRequestToken({ kind, words }: NameVerdict): boolean {
  return kind === 'token' && (words.includes('request') || words.includes('client'))
}

/** `RSA_AES_KEY_WRAP_SHA_256`, `X-Amz-Content-Sha256`. */
function isConstantName(value: string, shape: Shape): boolean {
  return (
    /^[A-Z0-9]{1,16}(?:_[A-Z0-9]{1,16}){2,}$/.test(value) ||
    (shape.wordy > 0.3 && /^(?:[A-Za-z]{1,12}\d{0,3}[-_.:/])+[A-Za-z]{1,12}\d{0,3}$/.test(value))
  )
}

function judgeShort(shape: Shape, name: NameVerdict): ValueVerdict {
  if (shape.wordy > 0.55 && isMadeUp(shape, name)) return { points: 12, reason: 'words and digits' }
  const varied = shape.digits > 0 && shape.lower + shape.upper > 0 && shape.wordy < 0.5
  return name.kind === 'secret' && shape.length >= 6 && varied
    ? { points: 18, reason: 'letters and digits' }
    : NOTHING('short')
}

function judgeHex(shape: Shape, strength: number): ValueVerdict {
  if (shape.entropy < 2.6 || (strength === 1 && (shape.length < 24 || shape.length === 40)))
    return NOTHING('too even or too short for a key')
  return { points: shape.length >= 32 ? 45 : 32, reason: 'hexadecimal, as generated' }
}

function judgeMixed(value: string, shape: Shape, name: NameVerdict): ValueVerdict {
  const letters = shape.lower + shape.upper
  if (letters === 0)
    return shape.digits >= 16 && name.strength === 3 ? { points: 10, reason: 'a long number' } : NOTHING('a number')
  if (shape.digits === 0) return judgeWithoutDigits(value, shape)
  if (shape.wordy > 0.55) return judgeWordyKey(shape, name)
  if (shape.wordy > 0.3 && /^[a-z]+[-_.]?\d{1,4}$/i.test(value)) return NOTHING('a word and a number')
  const classes = Number(shape.lower > 0) + Number(shape.upper > 0) + Number(shape.digits > 0)
  const expected = Math.min(4.2, Math.log2(shape.length) * 0.85)
  if (shape.entropy < expected * 0.8) return NOTHING('too even for a key')
  return {
    points: 20 + classes * 6 + Math.min(12, shape.length / 4) - shape.wordy * 20,
    reason: 'as random as a generated value',
  }
}

function judgeWithoutDigits(value: string, shape: Shape): ValueVerdict {
  const mixed = shape.upper > 2 && shape.lower > 2 && /[a-z][A-Z]/.test(value) && /[A-Z]{2}|[A-Z][a-z][A-Z]/.test(value)
  if (shape.wordy > 0.3 || shape.length < 10) return NOTHING('words')
  return { points: mixed && shape.length >= 16 ? 34 : 18, reason: 'letters that make no word' }
}

/** `super-s3cret-key-2019`, `Maison123` as a secret: made up by somebody and used all the same. */
function judgeWordyKey(shape: Shape, name: NameVerdict): ValueVerdict {
  return isMadeUp(shape, name) ? { points: 12, reason: 'words and digits' } : NOTHING('words')
}

function isMadeUp(shape: Shape, { kind, strength, words }: NameVerdict): boolean {
  if (strength < 3 || (kind !== 'secret' && !(kind === 'key' && words.includes('secret')))) return false
  const mixed = (shape.upper > 0 && shape.lower > 0) || shape.special > 0
  return shape.digits > 0 && (shape.length >= 10 ? shape.digits > 1 || mixed : shape.length >= 7 && mixed)
}
