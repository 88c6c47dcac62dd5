import { type Document, isMap, isScalar, type Scalar, type YAMLMap } from 'yaml'
import {
  applySplices,
  insertEntry,
  insertItem,
  pairOf,
  parseToEdit,
  remove,
  removeEntry,
  removeItems,
  replaceScalar,
  type Splice,
  scalarText,
} from '../config/edit-yaml.ts'
import { SealwardError } from '../errors.ts'
import { ifReadable } from '../if-readable.ts'
import { nearest } from '../policy/nearest.ts'
import { type Policy, parsePolicy } from '../policy/policy.ts'
import { printable } from '../report/printable.ts'
import { distinct, groupsOf, listsOf } from './rule-lists.ts'

/** A sealward.yml: its text, and what errors call it. */
export interface PolicyText {
  readonly text: string
  readonly file: string
}

export interface NewMember {
  readonly name: string
  /** age recipients. */
  readonly keys: readonly string[]
  /** Names of roles that the policy has, or that are built in. */
  readonly roles?: readonly string[]
  /** Paths of entries of `files` that list who may open them: the member is put into those lists too. */
  readonly rules: readonly string[]
}

/**
 * Adds an entry to `recipients`, and its name to the lists of `files` that are asked for. Every other byte of the text stays.
 *
 * @throws SealwardError exists, not-found for a rule, policy-invalid; unsupported where the text cannot be edited, and nobody should guess
 */
export function addMember(source: PolicyText, { name, keys, roles = [], rules }: NewMember): string {
  const before = parsePolicy(source.text, source.file)
  if (before.recipients.has(name))
    throw new SealwardError('exists', `recipients has ${name} already`, {
      file: source.file,
      hint: '`sealward members remove` takes somebody off; a further key goes into the list of the entry',
    })
  for (const role of roles) if (before.roles.every((one) => one.name !== role)) throw noRole(role, before)
  const edited = parseToEdit(source.text)
  const { document } = edited
  const lists = listsOf(document)
  for (const rule of rules)
    if (groupsOf(document).some(({ path }) => path === rule))
      throw new SealwardError('unsupported', 'the entry of files has key-groups, and which one is meant is not said', {
        file: rule,
        hint: 'write the name into one of them by hand, then `sealward recipients sync`',
      })
    else if (!lists.some(({ path }) => path === rule))
      throw new SealwardError('not-found', 'no entry of files has this path and lists recipients', { file: rule })
  const list = keys.length === 1 ? keys[0]! : `[${keys.join(', ')}]`
  const given = roles.length === 0 ? list : `{ keys: ${list}, roles: [${roles.map(scalarText).join(', ')}] }`
  const splices = [
    insertEntry(edited, 'recipients', `${scalarText(name)}: ${given}`),
    ...distinct(lists.filter(({ path }) => rules.includes(path))).map((list) =>
      insertItem(source.text, list, scalarText(name)),
    ),
  ]
  const wanted = [...entriesOf(before), [name, keys, roles] as const]
  return confirmed(source, splices, wanted)
}

/**
 * Takes an entry of `recipients` away, and its name and keys out of the lists of `files`; `recovery` too, where it is the one and `force` says
 * that this is meant.
 *
 * @throws SealwardError not-found; unsupported where nobody would be left; removal-refused for the recovery key without `force`
 */
export function removeMember(source: PolicyText, name: string, { force = false } = {}): string {
  const before = parsePolicy(source.text, source.file)
  const keys = keysOf(before, name, source.file)
  const isRecovery = before.recovery?.name === name
  if (isRecovery && !force) throw isTheRecoveryKey(name, source.file)
  const others = before.members.filter((member) => member.name !== name)
  const shared = new Set(others.flatMap((member) => member.keys))
  const goes = new Set([name, ...keys.filter((key) => !shared.has(key))])
  const edited = parseToEdit(source.text)
  const { document } = edited
  const members = membersIn(document, source.file)
  const at = members.items.findIndex(({ key }) => isScalar(key) && key.value === name)
  if (others.length === 0) throw nobodyLeft(source.file, 'recipients')
  const splices = [remove(source.text, members, at)]
  for (const list of distinct([...listsOf(document), ...groupsOf(document)])) {
    const found = list.items.flatMap((item, index) => (isScalar(item) && goes.has(String(item.value)) ? [index] : []))
    if (found.length === list.items.length) throw nobodyLeft(source.file, 'a list of files')
    splices.push(...removeItems(source.text, list, found))
  }
  const recovery = isRecovery ? removeEntry(edited, 'recovery') : null
  if (recovery !== null) splices.push(recovery)
  return confirmed(
    source,
    splices,
    entriesOf(before).filter(([other]) => other !== name),
  )
}

/** @throws SealwardError not-found, exists */
export function renameMember(source: PolicyText, { from, to }: { readonly from: string; readonly to: string }): string {
  const before = parsePolicy(source.text, source.file)
  keysOf(before, from, source.file)
  if (before.recipients.has(to))
    throw new SealwardError('exists', `recipients has ${to} already`, { file: source.file })
  const { document } = parseToEdit(source.text)
  const own = pairOf(membersIn(document, source.file), from)!.key as Scalar
  const uses = distinct([...listsOf(document), ...groupsOf(document)]).flatMap((list) =>
    list.items.filter((item): item is Scalar => isScalar(item) && item.value === from),
  )
  const recovery = document.get('recovery', true)
  const apart = isScalar(recovery) && recovery.value === from ? [recovery] : []
  const splices = [own, ...uses, ...apart].map((node) => replaceScalar(node, to))
  return confirmed(
    source,
    splices,
    entriesOf(before).map(([name, ...rest]) => [name === from ? to : name, ...rest] as const),
  )
}

type Entry = readonly [name: string, keys: readonly string[], roles: readonly string[]]

function entriesOf({ members }: Policy): Entry[] {
  return members.map(({ name, keys, roles }) => [name, keys, roles])
}

function keysOf(policy: Policy, name: string, file: string): readonly string[] {
  const keys = policy.recipients.get(name)
  if (keys !== undefined) return keys
  throw new SealwardError('not-found', 'recipients has nobody of this name', {
    file,
    hint: '`sealward members list` says who there is',
  })
}

function isTheRecoveryKey(name: string, file: string): SealwardError {
  return new SealwardError('removal-refused', `${name} is the recovery key: without it, lost keys are lost files`, {
    file,
    hint: 'name another one as `recovery` first and run `sealward recipients sync`, or give --force',
  })
}

/** @param document of a policy that has members */
function membersIn(document: Document.Parsed, file: string): YAMLMap {
  const value = pairOf(document.contents as YAMLMap, 'recipients')?.value
  if (isMap(value)) return value
  throw byHand(file)
}

/** YAML can be written in more ways than are foreseen here: what came out is read, and must say what was wanted. */
function confirmed({ text, file }: PolicyText, splices: readonly Splice[], wanted: readonly Entry[]): string {
  const edited = applySplices(text, splices)
  const policy = ifReadable(() => parsePolicy(edited, file))
  if (policy === null || JSON.stringify(entriesOf(policy)) !== JSON.stringify(wanted)) throw byHand(file)
  return edited
}

function noRole(role: string, { file, roles }: Policy): SealwardError {
  const guess = nearest(
    role,
    roles.map(({ name }) => name),
  )
  return new SealwardError('not-found', `there is no role ${printable(role)}`, {
    file,
    hint:
      guess === null ? 'a role of your own is an entry of roles, with paths or environments' : `did you mean ${guess}?`,
  })
}

function byHand(file: string): SealwardError {
  return new SealwardError('unsupported', 'recipients is written in a way that is not edited here', {
    file,
    hint: 'change it by hand, then `sealward recipients sync`',
  })
}

function nobodyLeft(file: string, where: string): SealwardError {
  return new SealwardError(
    'unsupported',
    `nobody would be left in ${where}: somebody has to be able to open the files`,
    {
      file,
      hint: 'add somebody first',
    },
  )
}
