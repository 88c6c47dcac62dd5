import { fingerprintOf } from '../fingerprint.ts'
import type { Blob, Hit, ScanRule } from '../rule.ts'
import { lineAt } from '../visible-text.ts'
import { findAgeIdentities } from './age-identity.ts'
import { findKeyBlocks } from './key-block.ts'
import { findKeyShares } from './key-share.ts'

/** A private key in a text. */
export interface KeyMatch {
  readonly index: number
  /** Without any part of the key. */
  readonly message: string
  /** The key itself as far as it tells it from others, however it is indented, quoted or wrapped. */
  readonly essence: string
}

/** What to do about a key that is somewhere already. */
export const PRIVATE_KEY_ADVICE = 'Make a new one, and take this one out wherever it is trusted.'

/** Enough to tell people where to look; a file of thousands of keys is one mistake. */
const MAX_HITS = 20

/** Keys that say what they are: PEM, OpenSSH, PGP, SSH2 and PuTTY blocks with a body, age identities whose checksum is right, and shares of one. */
export const privateKey: ScanRule = {
  finds: { 'private-key': 'a private key: PEM, OpenSSH, PGP, SSH2, PuTTY, or an age identity' },
  judge(blob) {
    const matches = [...findKeyBlocks(blob.text), ...findAgeIdentities(blob.text), ...findKeyShares(blob.text)]
    return Promise.all(matches.slice(0, MAX_HITS).map((match) => hit(blob, match)))
  },
}

async function hit({ path, typed, staged, text }: Blob, { index, message, essence }: KeyMatch): Promise<Hit> {
  return {
    finding: {
      rule: 'private-key',
      file: path,
      line: lineAt(text, index),
      message,
      fix: staged ? `git reset -q -- ${typed}`.trimEnd() : PRIVATE_KEY_ADVICE,
    },
    fingerprint: await fingerprintOf('private-key', essence),
  }
}
