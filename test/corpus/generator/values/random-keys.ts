import { type Context, choose } from '../case.ts'
import { NOUNS } from '../vocabulary/words.ts'
import { BASE36, BASE62, BASE64_URL, HEX } from './alphabets.ts'
import type { Value } from './passwords.ts'

export const hexKey: Value = ({ random }) => {
  const body = random.characters(HEX, random.pick([16, 24, 32, 32, 40, 48, 64]))
  return random.chance(0.12) ? body.toUpperCase() : body
}

export const base62Key: Value = ({ random }) => random.characters(BASE62, random.integer(16, 48))

export const base36Key: Value = ({ random }) => random.characters(BASE36, random.integer(16, 40))

export const base64Key: Value = ({ random }) => random.bytes(random.pick([16, 20, 24, 32, 48, 64])).toString('base64')

export const urlSafeKey: Value = ({ random }) =>
  random.characters(BASE64_URL, random.integer(20, 64)).replace(/^[-_]/, 'q')

/** Groups with dashes, as licences and one-time codes have. */
export const groupedKey: Value = ({ random }) =>
  Array.from({ length: random.integer(3, 5) }, () => random.characters(BASE36, 5).toUpperCase()).join('-')

/** A home-made prefix before a random body. */
export const prefixedKey: Value = (context) =>
  `${choose(context, NOUNS).slice(0, 4)}${context.random.pick(['_', '-', '.'])}${context.random.characters(BASE62, context.random.integer(20, 36))}`

export const uuid: Value = ({ random }) => {
  const hex = random.characters(HEX, 31)
  const variant = random.pick([...'89ab'])
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`
}

/** What a web framework writes into the settings of a new project. */
export const frameworkKey: Value = ({ random }) => random.characters(`${BASE36}!@#$%^&*(-_=+)`, 50)

/** Sixty-four printable characters, as generators of salts for blogs give. */
export const printableKey: Value = ({ random }) => random.characters(`${BASE62}!@#%^&*()-_[]{}<>~+=,.;:/?|`, 64)

/** Any of the shapes above, as keys and tokens of unknown services have. */
export const anyKey: Value = (context) =>
  context.random.pick([
    hexKey,
    hexKey,
    base62Key,
    base62Key,
    base36Key,
    base64Key,
    urlSafeKey,
    groupedKey,
    prefixedKey,
  ])(context)

/** Twelve or twenty-four words. They are not of a published list: what makes the phrase secret is its name. */
export const wordSeed: Value = (context) =>
  Array.from({ length: context.random.pick([12, 12, 24]) }, () => choose(context, NOUNS)).join(' ')

/** A short tag to use inside of longer values. */
export function tag({ random }: Context, count: number): string {
  return random.characters(BASE62, count)
}
