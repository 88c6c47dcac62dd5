import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import {
  applySplices,
  insertEntry,
  insertItem,
  pairOf,
  remove,
  replaceScalar,
  type Splice,
  scalarText,
} from '../config/edit-yaml.ts'
import { SealwardError } from '../errors.ts'
import { type Policy, parsePolicy } from '../policy/policy.ts'

/** A sealward.yml: its text, and what errors call it. */
export interface PolicyText {
  readonly text: string
  readonly file: string
}

export interface NewMember {
  readonly name: string
  /** age recipients. */
  readonly keys: readonly string[]
  /** Paths of entries of `files` that list who may open them: the member is put into those lists too. */
  readonly rules: readonly string[]
}

/**
 * Adds an entry to `recipients`, and its name to the lists of `files` that are asked for. Every other byte of the text stays.
 *
 * @throws SealwardError exists, not-found for a rule, policy-invalid; unsupported where the text cannot be edited, and nobody should guess
 */
export function addMember(source: PolicyText, { name, keys, rules }: NewMember): string {
  const before = parsePolicy(source.text, source.file)
  if (before.recipients.has(name))
    throw new SealwardError('exists', `recipients has ${name} already`, {
      file: source.file,
      hint: '`sealward members remove` takes somebody off; a further key goes into the list of the entry',
    })
  const document = parse(source.text)
  const lists = listsOf(document)
  for (const rule of rules)
    if (!lists.some(({ path }) => path === rule))
      throw new SealwardError('not-found', 'no entry of files has this path and lists recipients', { file: rule })
  const given = keys.length === 1 ? keys[0]! : `[${keys.join(', ')}]`
  const splices = [
    insertEntry({ text: source.text, document }, 'recipients', `${scalarText(name)}: ${given}`),
    ...distinct(lists.filter(({ path }) => rules.includes(path))).map((list) =>
      insertItem(source.text, list, scalarText(name)),
    ),
  ]
  const wanted = [...entriesOf(before), [name, keys] as const]
  return confirmed(source, splices, wanted)
}

/**
 * Takes an entry of `recipients` away, and its name and keys out of the lists of `files`.
 *
 * @throws SealwardError not-found; unsupported where nobody would be left
 */
export function removeMember(source: PolicyText, name: string): string {
  const before = parsePolicy(source.text, source.file)
  const keys = keysOf(before, name, source.file)
  const others = before.members.filter((member) => member.name !== name)
  const shared = new Set(others.flatMap((member) => member.keys))
  const goes = new Set([name, ...keys.filter((key) => !shared.has(key))])
  const document = parse(source.text)
  const members = membersIn(document, source.file)
  const at = members.items.findIndex(({ key }) => isScalar(key) && key.value === name)
  if (others.length === 0) throw nobodyLeft(source.file, 'recipients')
  const splices = [remove(source.text, members, at)]
  for (const list of distinct(listsOf(document))) {
    const found = list.items.flatMap((item, index) => (isScalar(item) && goes.has(String(item.value)) ? [index] : []))
    if (found.length === list.items.length) throw nobodyLeft(source.file, 'a list of files')
    splices.push(...joined(found.map((index) => remove(source.text, list, index))))
  }
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
  const document = parse(source.text)
  const own = pairOf(membersIn(document, source.file), from)!.key as Scalar
  const uses = distinct(listsOf(document)).flatMap((list) =>
    list.items.filter((item): item is Scalar => isScalar(item) && item.value === from),
  )
  const splices = [own, ...uses].map((node) => replaceScalar(node, to))
  return confirmed(
    source,
    splices,
    entriesOf(before).map(([name, keys]) => [name === from ? to : name, keys] as const),
  )
}

type Entry = readonly [name: string, keys: readonly string[]]

function entriesOf({ members }: Policy): Entry[] {
  return members.map(({ name, keys }) => [name, keys])
}

function keysOf(policy: Policy, name: string, file: string): readonly string[] {
  const keys = policy.recipients.get(name)
  if (keys !== undefined) return keys
  throw new SealwardError('not-found', 'recipients has nobody of this name', {
    file,
    hint: '`sealward members list` says who there is',
  })
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, { schema: 'core', stringKeys: true, uniqueKeys: false })
}

function membersIn(document: Document.Parsed, file: string): YAMLMap {
  const root = document.contents
  const value = isMap(root) ? pairOf(root, 'recipients')?.value : null
  if (isMap(value)) return value
  throw byHand(file)
}

interface RuleList {
  readonly path: string
  readonly list: YAMLSeq
}

/** The lists of recipients in `files`. Two rules may share one by an alias. */
function listsOf(document: Document.Parsed): RuleList[] {
  const files = document.get('files', true)
  if (!isSeq(files)) return []
  return files.items.flatMap((item) => {
    const rule = isAlias(item) ? item.resolve(document) : item
    if (!isMap(rule)) return []
    const given = rule.get('recipients', true)
    const list = isAlias(given) ? given.resolve(document) : given
    return isSeq(list) ? [{ path: String(rule.get('path')), list }] : []
  })
}

function distinct(lists: readonly RuleList[]): YAMLSeq[] {
  return [...new Set(lists.map(({ list }) => list))]
}

/** Neighbours in a list of flow style meet: two pieces of one become one. */
function joined(splices: readonly Splice[]): Splice[] {
  const all: Splice[] = []
  for (const splice of splices) {
    const last = all.at(-1)
    if (last !== undefined && splice.start <= last.end)
      all[all.length - 1] = { ...last, end: Math.max(last.end, splice.end) }
    else all.push(splice)
  }
  return all
}

/** YAML can be written in more ways than are foreseen here: what came out is read, and must say what was wanted. */
function confirmed({ text, file }: PolicyText, splices: readonly Splice[], wanted: readonly Entry[]): string {
  const edited = applySplices(text, splices)
  const policy = readOrNull(edited, file)
  if (policy === null || JSON.stringify(entriesOf(policy)) !== JSON.stringify(wanted)) throw byHand(file)
  return edited
}

function readOrNull(text: string, file: string): Policy | null {
  try {
    return parsePolicy(text, file)
  } catch (error) {
    if (error instanceof SealwardError) return null
    throw error
  }
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
