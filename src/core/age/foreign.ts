import { decodeBech32 } from './bech32.ts'

/**
 * Says what a word in an identity file is when it is no usable identity.
 *
 * The answer never holds any of it, save the name of an age plugin out of an identity whose checksum is right: everything else
 * may be a secret, or a secret in the wrong place.
 */
export function describeWord(word: string): string {
  const found = WORDS.find(({ shape }) => shape.test(word))
  return found === undefined ? 'not an age identity' : found.describe(word)
}

/** The same of the first line of a block that is no identity as a whole: armor, PEM, or a binary age file. */
export function describeBlock(line: string): string {
  return BLOCKS.find(({ shape }) => shape.test(line))?.words ?? 'a PEM block, not an age identity'
}

/** Whether the content of an identity file is an age file, which a passphrase may open. A binary one is text of Latin-1: a character a byte. */
export function isAgeFile(text: string): boolean {
  return isBinaryAgeFile(text) || /^\uFEFF?\s{0,64}-----BEGIN AGE ENCRYPTED FILE-----/.test(text)
}

export function isBinaryAgeFile(text: string): boolean {
  return text.startsWith('age-encryption.org/')
}

const WORDS: readonly { readonly shape: RegExp; readonly describe: (word: string) => string }[] = [
  { shape: /^AGE-SECRET-KEY-/, describe: () => 'a damaged age identity (mistyped, or cut short in a copy)' },
  { shape: /^age-secret-key-/i, describe: () => 'an age identity in lower case (it is written in capitals)' },
  { shape: /AGE-SECRET-KEY-/, describe: () => 'an age identity with something in front of it (a quote, a name?)' },
  { shape: /^AGE-PLUGIN-/, describe: describePlugin },
  { shape: /^age1/, describe: () => 'an age recipient (public), not an identity' },
  { shape: /^(?:ssh-|ecdsa-|sk-)/, describe: () => 'an SSH public key' },
  {
    shape: /^[\w-]{43}=$/,
    describe: () => 'a Fernet key (44 characters of base64); files are opened by age identities: `sealward keygen`',
  },
]

const BLOCKS: readonly { readonly shape: RegExp; readonly words: string }[] = [
  { shape: /BEGIN AGE ENCRYPTED FILE|^age-encryption/, words: 'a passphrase-protected age file' },
  { shape: /BEGIN OPENSSH PRIVATE KEY/, words: 'an SSH private key' },
  { shape: /BEGIN [A-Z ]*PRIVATE KEY/, words: 'a private key in PEM form, not an age identity' },
]

function describePlugin(word: string): string {
  const decoded = decodeBech32(word)
  const name = typeof decoded === 'string' ? null : /^(AGE-PLUGIN-[A-Z0-9-]{1,40})-$/.exec(decoded.prefix)
  return name === null ? 'a damaged age plugin identity' : `an age plugin identity (${name[1]})`
}
