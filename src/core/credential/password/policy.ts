/** What a password is made of. `generatePassword` makes one; `judgePolicy` says whether one can be made, and is strong. */
export interface PasswordPolicy {
  readonly length: number
  readonly alphabet: AlphabetName | { readonly characters: string }
  /** Of each of these at least one character is there. */
  readonly classes: readonly CharacterClass[]
  /** Characters that never occur. */
  readonly exclude: string
  /** Whether it has to begin with a letter, as some systems ask. */
  readonly letterFirst: boolean
}

export const ALPHABETS = ['url-safe', 'alphanumeric', 'hex', 'ascii'] as const
export type AlphabetName = (typeof ALPHABETS)[number]

export const CLASSES = ['lower', 'upper', 'digit', 'symbol'] as const
export type CharacterClass = (typeof CLASSES)[number]

export const DEFAULT_PASSWORD: PasswordPolicy = {
  length: 32,
  alphabet: 'url-safe',
  classes: [],
  exclude: '',
  letterFirst: false,
}
