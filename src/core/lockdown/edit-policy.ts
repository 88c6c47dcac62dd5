import { applySplices, insertEntry, parseToEdit, removeEntry, scalarText } from '../config/edit-yaml.ts'
import { SealwardError } from '../errors.ts'
import { type Policy, parsePolicy } from '../policy/policy.ts'
import type { LockdownPolicy } from '../policy/sections/lockdown.ts'

interface PolicySource {
  readonly text: string
  readonly file: string
}

/** The section `lockdown`, before it stands anywhere. */
export type NewLockdown = Omit<LockdownPolicy, 'line'>

/**
 * Puts the section `lockdown` behind all others. Every other byte of the text stays.
 *
 * @throws SealwardError exists, policy-invalid; usage for what the section does not take; unsupported where the text cannot be edited
 */
export function writeLockdown(
  { text, file }: PolicySource,
  { since, reason, environments, refs }: NewLockdown,
): string {
  const before = parsePolicy(text, file)
  if (before.lockdown !== null)
    throw new SealwardError('exists', 'sealward.yml is locked down already', {
      ...{ file, line: before.lockdown.line },
      hint: 'lift it first to lock down something else: sealward lockdown --lift --reason TEXT',
    })
  const list = (items: readonly string[]) => `[${items.map(quoted).join(', ')}]`
  const entries = [
    `since: ${since.toISOString().replace('.000Z', 'Z')}`,
    `reason: ${quoted(reason)}`,
    ...(environments === null ? [] : [`environments: ${list(environments)}`]),
    ...(refs === null ? [] : [`refs: ${list(refs)}`]),
  ]
  let edited = text
  for (const entry of entries) edited = applySplices(edited, [insertEntry(parseToEdit(edited), 'lockdown', entry)])
  return confirmed(edited, file, (after) => isSame(after.lockdown, { since, reason, environments, refs }))
}

/** @throws SealwardError not-found where there is none; unsupported */
export function takeLockdownOut({ text, file }: PolicySource): string {
  if (parsePolicy(text, file).lockdown === null)
    throw new SealwardError('not-found', 'nothing is locked down', { file })
  const splice = removeEntry(parseToEdit(text), 'lockdown')!
  const rest = applySplices(text, [splice])
  // Where it stood last, the blank line before it is ours too.
  const edited = splice.end === text.length ? rest.replace(/(\r?\n)\r?\n$/, '$1') : rest
  return confirmed(edited, file, (after) => after.lockdown === null)
}

/** Always quoted: a reason may begin like anything that YAML knows. */
function quoted(text: string): string {
  return /^[A-Za-z0-9._-]+$/.test(text) ? scalarText(text) : `'${text.replaceAll("'", "''")}'`
}

/** YAML can be written in more ways than are foreseen here: what came out is read, and must say what was wanted. */
function confirmed(edited: string, file: string, isWanted: (after: Policy) => boolean): string {
  const after = parsePolicy(edited, file)
  if (!isWanted(after)) throw byHand(file)
  return edited
}

function isSame(found: NewLockdown | null, wanted: NewLockdown): boolean {
  const shape = (one: NewLockdown) => JSON.stringify([one.since, one.reason, one.environments, one.refs])
  return found !== null && shape(found) === shape(wanted)
}

function byHand(file: string): SealwardError {
  return new SealwardError('unsupported', 'sealward.yml is written in a way that is not edited here', {
    file,
    hint: 'change its section lockdown by hand: docs/lockdown.md',
  })
}
