import { parseRecipient } from '../age/recipient.ts'
import type { Document } from '../dotenv/document.ts'
import { printableName } from '../dotenv/names.ts'
import type { OpenedFile, OpenedVariable } from '../envelope/decrypt.ts'
import { encryptNew, encryptOver } from '../envelope/encrypt.ts'
import type { EncryptedFile } from '../envelope/file.ts'
import { wrapForAll } from '../envelope/keys/data-key.ts'
import { oneGroup, readersOf } from '../envelope/keys/key-groups.ts'
import { withKeys } from '../envelope/keys/rewrap.ts'
import { RECIPIENTS } from '../envelope/limits.ts'
import type { WrappedKey } from '../envelope/text/metadata.ts'
import { looksSealed } from '../envelope/values/sealed.ts'
import { SealwardError } from '../errors.ts'
import { type EnvelopePlan, haveOneDataKey, type OpenedSides, recipientsOf } from './envelopes.ts'

/** What has to be done to write a merged file. */
export interface SealPlan {
  readonly envelope: EnvelopePlan
  /** Those whom the data key is wrapped for by the merge itself, and whom one side alone brings. */
  readonly introduced: readonly string[]
}

/**
 * Looks before anything is wrapped, so that who is introduced can be refused. Ours vouches for nobody by itself: in a rebase, and where
 * the main branch is merged into another one, it is the branch of somebody else.
 */
export function planSeal(sides: OpenedSides, envelope: EnvelopePlan): SealPlan {
  const theirs = new Set(recipientsOf(sides.theirs))
  const known = new Set([
    ...recipientsOf(sides.ours).filter((recipient) => theirs.has(recipient)),
    ...wrapsAtHand(sides, envelope).map(({ recipient }) => recipient),
  ])
  return { envelope, introduced: envelope.recipients.filter((recipient) => !known.has(recipient)) }
}

/**
 * Encrypts a merged document. Under a data key of one of the sides every line that a side has under that key stays byte for byte.
 *
 * @throws SealwardError unsupported, recipient-invalid, plaintext-value when merging would bare a value, or whatever encrypting throws
 */
export async function sealMerged(
  sides: OpenedSides,
  envelope: EnvelopePlan,
  merged: { readonly document: Document; readonly now: Date },
): Promise<EncryptedFile> {
  const { over } = envelope
  const file = over === null ? await sealAnew(sides, envelope, merged) : await sealOver(sides, envelope, merged)
  refuseBared(file, sides)
  return file
}

async function sealOver(
  sides: OpenedSides,
  envelope: EnvelopePlan,
  { document, now }: { readonly document: Document; readonly now: Date },
): Promise<EncryptedFile> {
  const side = sides[envelope.over!]
  const other = otherOf(sides, envelope)
  const opened = haveOneDataKey(side, other) ? withLinesOf(side, other, document) : side
  const sealed = (await encryptOver(opened, document, now)) ?? side.file
  const atHand = wrapsAtHand(sides, envelope)
  const has = new Set(atHand.map(({ recipient }) => recipient))
  const fresh = envelope.recipients.filter((recipient) => !has.has(recipient)).map(parseRecipient)
  if (has.size + fresh.length > RECIPIENTS) throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`)
  const own = new Set(recipientsOf(side))
  const added = atHand.filter(({ recipient }) => !own.has(recipient))
  return withKeys(sealed, [...added, ...(fresh.length === 0 ? [] : await wrapForAll(side.dataKey, fresh))])
}

function sealAnew(
  { base, ours, theirs }: OpenedSides,
  { recipients, keyGroups, rule, macOnlyEncrypted, foreign }: EnvelopePlan,
  { document, now }: { readonly document: Document; readonly now: Date },
): Promise<EncryptedFile> {
  if (foreign.length > 0)
    throw new SealwardError(
      'unsupported',
      `the merged file needs a new data key, which cannot be wrapped for ${foreign.join(', ')}`,
      { hint: 'use sops for this file, or remove those recipients there first' },
    )
  const sides = [base, ours, theirs].filter((side) => side !== null)
  const knownNames = new Set(sides.flatMap(({ variables }) => [...variables.keys()]))
  const envelope = { ...readersOf(keyGroups ?? oneGroup(recipients)), rule, macOnlyEncrypted, knownNames }
  return encryptNew(document, envelope, now)
}

/** The data key of the merged file, wrapped already: by the side that it is of, and by the other one where it has the same. */
function wrapsAtHand(sides: OpenedSides, envelope: EnvelopePlan): WrappedKey[] {
  if (envelope.over === null) return []
  const [side, other] = [sides[envelope.over], otherOf(sides, envelope)]
  const all = [
    ...side.file.metadata.wrappedKeys,
    ...(haveOneDataKey(side, other) && !haveShares(side, other) ? other.file.metadata.wrappedKeys : []),
  ]
  const byRecipient = new Map(all.toReversed().map((wrapped) => [wrapped.recipient, wrapped]))
  return [...byRecipient.values()].toReversed()
}

/** What is wrapped in a file of key groups are shares, which mean nothing in another one. */
function haveShares(...sides: readonly OpenedFile[]): boolean {
  return sides.some(({ file }) => file.metadata.shares !== null)
}

function otherOf(sides: OpenedSides, { over }: EnvelopePlan): OpenedFile {
  return sides[over === 'ours' ? 'theirs' : 'ours']
}

/** A side, with the stored lines of the other one where that one has what the merged document says. */
function withLinesOf(side: OpenedFile, other: OpenedFile, document: Document): OpenedFile {
  const variables = new Map<string, OpenedVariable>(side.variables)
  for (const line of document) {
    if (line.kind !== 'entry' || side.variables.get(line.name)?.value === line.value) continue
    const theirs = other.variables.get(line.name)
    if (theirs !== undefined) variables.set(line.name, theirs)
  }
  const comments = new Map(side.comments)
  for (const [text, stored] of other.comments) {
    const own = comments.get(text) ?? []
    if (stored.length > own.length) comments.set(text, [...own, ...stored.slice(own.length)])
  }
  return { ...side, variables, comments }
}

/**
 * Two of the six rules look at the comments above a variable, and a merge can move those: a value that every side keeps encrypted must
 * not come out in plain text.
 */
function refuseBared({ lines }: EncryptedFile, { ours, theirs }: OpenedSides): void {
  for (const line of lines.body) {
    if (line.kind !== 'variable' || line.stored === '' || looksSealed(line.stored)) continue
    const known = [ours, theirs].map((side) => side.variables.get(line.name)).filter((found) => found !== undefined)
    if (known.some(({ encrypted }) => !encrypted)) continue
    throw new SealwardError(
      'plaintext-value',
      `${printableName(line.name)} would be in plain text in the merged file`,
      {
        hint: 'the rule of this file looks at comments, and the merge changed those: take one side, and make the other change again',
      },
    )
  }
}
