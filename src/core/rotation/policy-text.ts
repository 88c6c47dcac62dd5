import { isMap, isPair, isScalar, isSeq, type Scalar, visit, type YAMLMap } from 'yaml'
import { applySplices, pairOf, parseToEdit, remove, type Splice } from '../config/edit-yaml.ts'
import { SealwardError } from '../errors.ts'
import { type Policy, parsePolicy } from '../policy/policy.ts'

export interface Substitution {
  readonly old: string
  /** What comes in its place; nothing where it only goes. */
  readonly fresh: readonly string[]
  /** The new `since` of a member that has one, like 2027-01-31. */
  readonly today: string
}

/**
 * Puts recipients in the place of another, wherever a sealward.yml names it. Every other byte stays: comments, order, quotes.
 *
 * @returns the text itself where it does not name the old one
 * @throws SealwardError policy-invalid; unsupported where the text cannot be edited, or nobody would be left
 */
export function substituteRecipient(
  { text, file }: { readonly text: string; readonly file: string },
  substitution: Substitution,
): string {
  const before = parsePolicy(text, file)
  const { document } = parseToEdit(text)
  const splices: Splice[] = []
  visit(document, {
    Scalar(position, node, ancestors) {
      if (node.value !== substitution.old || position === 'key') return
      const parent = ancestors.at(-1)
      if (isSeq(parent) && isPairOfKeys(parent, ancestors) && substitution.fresh.length === 0)
        splices.push(unlisted(text, parent, Number(position)))
      else if (isSeq(parent))
        splices.push(inList(text, { node, list: parent, index: Number(position) }, substitution.fresh))
      else splices.push(alone(node, substitution.fresh, file), ...newSince(ancestors.findLast(isMap), substitution))
    },
    Map(_, node) {
      const keys = pairOf(node, 'keys')?.value
      const list = isSeq(keys) ? keys.items : []
      if (list.some((item) => isScalar(item) && item.value === substitution.old))
        splices.push(...newSince(node, substitution))
    },
  })
  const edited = applySplices(text, splices)
  if (splices.length > 0 && !says(edited, file, expected(before, substitution))) throw byHand(file)
  return edited
}

interface Item {
  readonly node: Scalar
  readonly list: Parameters<typeof remove>[1]
  readonly index: number
}

function inList(text: string, { node, list, index }: Item, fresh: readonly string[]): Splice {
  if (fresh.length === 0) return remove(text, list, index)
  const [start, end] = node.range!
  if (list.flow) return { start, end, text: fresh.join(', ') }
  const prefix = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return { start, end, text: fresh.join(`${text.includes('\r\n') ? '\r\n' : '\n'}${prefix}`) }
}

/** Whether a list is all that a member has for keys, and two of them: a rotation made it of one. */
function isPairOfKeys(list: Item['list'], ancestors: readonly unknown[]): boolean {
  const [, root, section] = ancestors
  const isOfMember = isMap(root) && isPair(section) && isScalar(section.key) && section.key.value === 'recipients'
  return isOfMember && list.flow === true && list.items.length === 2
}

/** The other one of two, as it stood before it was in a list. */
function unlisted(text: string, list: Item['list'], index: number): Splice {
  const [start, end] = list.range!
  const [from, to] = (list.items[1 - index] as Scalar).range!
  return { start, end, text: text.slice(from, to) }
}

function alone(node: Scalar, fresh: readonly string[], file: string): Splice {
  if (fresh.length === 0)
    throw new SealwardError('unsupported', 'nobody would be left in an entry of recipients', { file })
  const [start, end] = node.range!
  return { start, end, text: fresh.length === 1 ? fresh[0]! : `[${fresh.join(', ')}]` }
}

/** A member's keys count from the day of the new one. That an old one goes later changes nothing. */
function newSince(member: YAMLMap | undefined, { fresh, today }: Substitution): Splice[] {
  const since = member === undefined || fresh.length === 0 ? null : pairOf(member, 'since')?.value
  return isScalar(since) ? [{ start: since.range![0], end: since.range![1], text: today }] : []
}

/** What the policy is to say, as text: the members and the rules, each with its recipients, group by group. */
function expected(policy: Policy, { old, fresh }: Substitution): string {
  const change = (keys: readonly string[]) => [...new Set(keys.flatMap((key) => (key === old ? fresh : [key])))]
  return describe(policy, change)
}

function says(text: string, file: string, wanted: string): boolean {
  try {
    return describe(parsePolicy(text, file), (keys) => keys) === wanted
  } catch (error) {
    if (error instanceof SealwardError) return false
    throw error
  }
}

function describe({ members, files }: Policy, change: (keys: readonly string[]) => readonly string[]): string {
  return JSON.stringify([
    members.map(({ name, keys }) => [name, change(keys)]),
    files.map(({ path, recipients, keyGroups }) => [path, change(recipients), keyGroups?.groups.map(change)]),
  ])
}

function byHand(file: string): SealwardError {
  return new SealwardError('unsupported', 'recipients is written in a way that is not edited here', {
    file,
    hint: 'replace the recipient by hand, then `sealward recipients sync`',
  })
}
