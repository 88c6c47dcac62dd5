import { haveSameDataKey, readVersion, type Version } from '../check/history/version.ts'
import { printableName } from '../dotenv/names.ts'
import type { EncryptedFile } from '../envelope/file.ts'
import { withKeys } from '../envelope/keys/rewrap.ts'
import { RECIPIENTS } from '../envelope/limits.ts'
import { foreignOf, groupsOf, recipientsOf, settingsOf } from './envelopes.ts'
import { choose, mergeSets, type ThreeWay } from './three-way.ts'

export type WithoutKey =
  | { readonly kind: 'merged'; readonly file: EncryptedFile }
  /** `why` goes into a message: names, never values. */
  | { readonly kind: 'cannot'; readonly why: string }

interface Sealed {
  readonly version: Version
  readonly file: EncryptedFile
}

/**
 * Merges as far as that goes without a key. A MAC covers all values of a file, and only a holder of the data key can write one: so
 * what a side says about values is taken whole, with its MAC, while the other side changed no more than recipients.
 */
export function mergeWithoutKey(bytes: ThreeWay<Uint8Array>): WithoutKey {
  const [base, ours, theirs] = [sealedOf(bytes.base), sealedOf(bytes.ours), sealedOf(bytes.theirs)]
  if (base === null || ours === null || theirs === null) return cannot('one of the three versions is no encrypted file')
  const three = { base, ours, theirs }
  const why = hindrance(three)
  if (why !== null) return cannot(why)
  const content = { base: contentOf(base.file), ours: contentOf(ours.file), theirs: contentOf(theirs.file) }
  const choice = choose(content, (one, other) => one === other)
  if (choice === 'conflict') return cannot(`both sides changed values (${changedNames(three)}), so it needs a new MAC`)
  const [side, other] = choice === 'ours' ? [ours, theirs] : [theirs, ours]
  const own = new Set(recipientsOf(side))
  const added = other.file.metadata.wrappedKeys.filter(({ recipient }) => !own.has(recipient))
  if (own.size + added.length > RECIPIENTS) return cannot(`it would have more than ${RECIPIENTS} recipients`)
  return { kind: 'merged', file: withKeys(side.file, added) }
}

function hindrance(three: ThreeWay<Sealed>): string | null {
  const { base, ours, theirs } = three
  const sides = [ours, theirs]
  if (
    !sides.every(({ version }) => haveSameDataKey(base.version, version)) ||
    !haveSameDataKey(ours.version, theirs.version)
  )
    return 'its data key is not the same in all three versions'
  if (sides.some((side) => settingsOf(side) !== settingsOf(base) || foreignOf(side.file) !== foreignOf(base.file)))
    return 'a side changed its rule or its recipients of other kinds'
  if (sides.some((side) => groupsOf(side.file) !== groupsOf(base.file))) return 'a side changed its key groups'
  const merged = new Set(
    mergeSets({ base: recipientsOf(base), ours: recipientsOf(ours), theirs: recipientsOf(theirs) }),
  )
  const all = [base, ours, theirs].flatMap(recipientsOf)
  return all.every((recipient) => merged.has(recipient))
    ? null
    : 'a recipient was taken away, so it needs a new data key'
}

function sealedOf(bytes: Uint8Array): Sealed | null {
  const read = readVersion(bytes)
  return read === null || read.file === null ? null : { version: read.version, file: read.file }
}

/** Everything that the MAC is about, as text. */
function contentOf({ lines, metadata }: EncryptedFile): string {
  return JSON.stringify([metadata.timestamp, metadata.mac, lines.body.map((line) => ({ ...line, line: 0 }))])
}

const MOST_NAMES = 5

function changedNames({ base, ours, theirs }: ThreeWay<Sealed>): string {
  const sealedIn = (side: Sealed, name: string) => side.version.values.get(name)?.sealed
  const names = [...new Set([base, ours, theirs].flatMap(({ version }) => [...version.values.keys()]))].filter((name) =>
    [ours, theirs].some((side) => sealedIn(side, name) !== sealedIn(base, name)),
  )
  const shown = names.slice(0, MOST_NAMES).map(printableName).join(', ')
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown
}

function cannot(why: string): WithoutKey {
  return { kind: 'cannot', why }
}
