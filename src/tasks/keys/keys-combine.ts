import { printIdentityFile } from '../../core/age/identity.ts'
import type { Recipient } from '../../core/age/recipient.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Share } from '../../core/recovery/share.ts'
import { CODE_LINES, readCodeLine, readShare, readShares } from '../../core/recovery/share-text.ts'
import { combineShares } from '../../core/recovery/split.ts'
import { Secret } from '../../core/secret.ts'
import { IDENTITY_FILE_BYTES, writeKey } from '../steps/keys/new-key.ts'
import type { Clock, Files, Teller } from '../world.ts'

export interface CombineWorld {
  readonly files: Files
  readonly clock: Clock
}

/** A text with shares in it, and what errors call it. */
export interface ShareSource {
  readonly name: string
  readonly text: Secret
}

/**
 * Makes a key of its shares, and writes it.
 *
 * @param gather gives the shares, when it is known that the key can be written
 * @throws SealwardError exists for the output; malformed with file and line; or what `combineShares` throws. Then nothing
 *   is written
 */
export async function combineKey(
  { gather, output }: { gather(): Promise<readonly Share[]>; readonly output: string },
  { files, clock }: CombineWorld,
): Promise<Recipient> {
  if ((await files.read(output, IDENTITY_FILE_BYTES)) !== null)
    throw new SealwardError('exists', 'is there already, and a key is never overwritten', {
      file: output,
      hint: 'choose another name with -o',
    })
  const { identity, recipient } = await combineShares(await gather())
  const text = new Secret(printIdentityFile(identity, recipient, clock.now()))
  await writeKey(output, { recipient, text }, files)
  return recipient
}

/** @throws SealwardError malformed, with the file and the line; not-found for a text without a share */
export function sharesOf({ name, text }: ShareSource): readonly Share[] {
  try {
    const shares = readShares(text.reveal())
    if (shares.length > 0) return shares
    throw new SealwardError('not-found', 'holds no key share', {
      hint: `a share has ${CODE_LINES} numbered lines of letters`,
    })
  } catch (error) {
    throw error instanceof SealwardError ? error.in(name) : error
  }
}

/**
 * Asks for shares line by line until there are enough. A line that is mistyped is asked for again, at once.
 *
 * @param ask for a line that is not shown; null where nobody is there
 * @throws SealwardError usage where nobody is there, or the shares are of different sets
 */
export async function typeShares(
  ask: (question: string) => Promise<string | null>,
  { teller }: { readonly teller: Teller },
): Promise<readonly Share[]> {
  const shares = new Map<number, Share>()
  for (let wanted = 1; shares.size < wanted; ) {
    const share = await typeShare(`share ${shares.size + 1}`, { ask, teller })
    const other = [...shares.values()].find(({ set }) => set !== share.set)
    if (other !== undefined)
      teller.warn(`this share is of set ${share.set}, and those before it of ${other.set}: it was left out`)
    else if (shares.has(share.number)) teller.warn(`share ${share.number} was typed already`)
    else shares.set(share.number, share)
    wanted = [...shares.values()][0]!.threshold
    teller.note(`${shares.size} of ${wanted} shares`)
  }
  return [...shares.values()]
}

interface Asking {
  readonly ask: (question: string) => Promise<string | null>
  readonly teller: Teller
}

async function typeShare(what: string, { ask, teller }: Asking): Promise<Share> {
  for (;;) {
    const pieces: Uint8Array[] = []
    while (pieces.length < CODE_LINES) {
      const number = pieces.length + 1
      const typed = await ask(`${what}, line ${number} of ${CODE_LINES} (not shown): `)
      if (typed === null)
        throw new SealwardError('usage', 'there is no share, and nobody to type one', {
          hint: 'name the files of the shares, or - for standard input',
        })
      const piece = readCodeLine(typed, number)
      if (typeof piece === 'string') teller.warn(`${piece}; once more`)
      else pieces.push(piece)
    }
    try {
      return readShare(pieces)
    } catch (error) {
      if (!(error instanceof SealwardError) || error.code !== 'malformed') throw error
      teller.warn(`${error.message}; once more`)
    }
  }
}
