import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

/** A piece of a text, and what comes in its place. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A text and its document: what changes of one of its nodes are made of. Every byte that a change is not about stays. */
export interface Edited {
  readonly text: string
  readonly document: Document.Parsed
}

/** Reads a text that is to be edited. What is wrong with it is said by who reads it for what it means. */
export function parseToEdit(text: string): Edited {
  return { text, document: parseDocument(text, { schema: 'core', stringKeys: true, uniqueKeys: false }) }
}

/** Puts the pieces in. They must not overlap; of two at one place, the first comes first. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let rest = text
  for (const { start, end, text: piece } of splices.toSorted((one, other) => one.start - other.start).toReversed())
    rest = rest.slice(0, start) + piece + rest.slice(end)
  return rest
}

/** @returns how a text is written as a plain or quoted scalar, so that it is read as a string */
export function scalarText(text: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9._@+/-]*$/.test(text) && !/^(?:null|true|false)$/i.test(text)
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`
}

/** Adds an entry to a map of the top level, behind the others; makes the map where there is none. `entry` is one line. */
export function insertEntry({ text, document }: Edited, name: string, entry: string): Splice {
  const root = document.contents
  const found = isMap(root) ? pairOf(root, name) : null
  if (found === null) return atEnd(text, `${name}:${endOfLine(text)}  ${entry}`)
  const { value } = found
  if (isMap(value)) return insertLast(text, { items: pairNodes(value), collection: value, entry })
  const key = found.key as Node
  return value === null || (isScalar(value) && value.value === null)
    ? insertLine(text, lineEndFrom(text, key.range![1]), `  ${entry}`)
    : insertLine(text, text.length, entry)
}

/** Takes an entry of the top level away. @returns null where there is none */
export function removeEntry({ text, document }: Edited, name: string): Splice | null {
  const root = document.contents
  if (!isMap(root)) return null
  const at = root.items.findIndex(({ key }) => isScalar(key) && key.value === name)
  return at === -1 ? null : remove(text, root, at)
}

/** Adds an item to a list that has one. */
export function insertItem(text: string, list: YAMLSeq, item: string): Splice {
  const items = list.items as Node[]
  return insertLast(text, { items: items.map((node) => ({ first: node, last: node })), collection: list, entry: item })
}

/** Takes an entry of a map, or an item of a list, away: in block style its whole lines, with what stands behind it there. */
export function remove(text: string, collection: YAMLMap | YAMLSeq, index: number): Splice {
  const items = isMap(collection) ? pairNodes(collection) : (collection.items as Node[]).map(alone)
  const { first, last } = items[index]!
  if (!collection.flow)
    return { start: lineStart(text, first.range![0]), end: lineEndFrom(text, endOfContent(last)), text: '' }
  const next = items[index + 1]
  if (next !== undefined) return { start: first.range![0], end: next.first.range![0], text: '' }
  const previous = items[index - 1]
  return { start: previous === undefined ? first.range![0] : previous.last.range![1], end: last.range![1], text: '' }
}

/** Takes some items of a list away, and not all of them. In flow style what goes at the end goes in one piece, with the comma before it. */
export function removeItems(text: string, list: YAMLSeq, indexes: readonly number[]): Splice[] {
  const items = list.items as Node[]
  const kept = items.findLastIndex((_, index) => !indexes.includes(index))
  if (!list.flow || kept === items.length - 1) return indexes.map((index) => remove(text, list, index))
  const tail = { start: items[kept]!.range![1], end: items.at(-1)!.range![1], text: '' }
  return [...indexes.filter((index) => index < kept).map((index) => remove(text, list, index)), tail]
}

/** Puts another text in the place of a scalar. What stands behind it stays. */
export function replaceScalar(node: Scalar, text: string): Splice {
  return { start: node.range![0], end: node.range![1], text: scalarText(text) }
}

/** @returns the entry of this name in a map, or null */
export function pairOf(map: YAMLMap, name: string): Pair<Node, Node | null> | null {
  return (map.items as Pair<Node, Node | null>[]).find(({ key }) => isScalar(key) && key.value === name) ?? null
}

interface Ends {
  readonly first: Node
  readonly last: Node
}

interface Insertion {
  readonly items: readonly Ends[]
  readonly collection: YAMLMap | YAMLSeq
  readonly entry: string
}

function insertLast(text: string, { items, collection, entry }: Insertion): Splice {
  const last = items.at(-1)
  if (collection.flow) {
    const [start, end] = collection.range!
    if (last === undefined) return { start, end, text: isSeq(collection) ? `[${entry}]` : `{ ${entry} }` }
    const at = last.last.range![1]
    return { start: at, end: at, text: `, ${entry}` }
  }
  const [first] = items
  const start = first!.first.range![0]
  const indent = /^\s*/.exec(text.slice(lineStart(text, start), start))![0]
  return insertLine(
    text,
    lineEndFrom(text, endOfContent(last!.last)),
    `${indent}${isSeq(collection) ? '- ' : ''}${entry}`,
  )
}

function pairNodes(map: YAMLMap): Ends[] {
  return (map.items as Pair<Node, Node | null>[]).map(({ key, value }) => ({ first: key, last: value ?? key }))
}

function alone(node: Node): Ends {
  return { first: node, last: node }
}

/** The range of a collection in block style reaches over the comments behind it; that of its last scalar does not. */
function endOfContent(node: Node): number {
  if (!isCollection(node) || node.flow || node.items.length === 0) return node.range![1]
  const last = node.items.at(-1) as Node | Pair<Node, Node | null>
  return endOfContent('key' in last ? (last.value ?? last.key) : last)
}

function atEnd(text: string, piece: string): Splice {
  const gap = text.trim() === '' ? '' : endOfLine(text)
  const { start, text: line } = insertLine(text, text.length, piece)
  return {
    start,
    end: start,
    text: text.endsWith('\n') || text === '' ? gap + line : line.replace(endOfLine(text), endOfLine(text) + gap),
  }
}

function insertLine(text: string, at: number, line: string): Splice {
  const isOpen = at > 0 && text[at - 1] !== '\n'
  return { start: at, end: at, text: isOpen ? endOfLine(text) + line : line + endOfLine(text) }
}

function endOfLine(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

/** Behind the line that holds a place; a text that ended with its own line end is behind it already. */
function lineEndFrom(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}
