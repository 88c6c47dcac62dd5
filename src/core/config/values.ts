import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Problem } from './problem.ts'

/** The way to a value: names of entries and indexes of lists. */
export type Path = readonly (string | number)[]

/** A value with the places of what is in it. */
interface Place {
  readonly value: unknown
  readonly line: number
  /** How many values it is made of when every alias is written out. */
  readonly size: number
  readonly children: ReadonlyMap<string | number, Place>
}

interface Reading {
  readonly merge: boolean
  readonly lineAt: (offset: number) => number
}

interface State extends Reading {
  readonly anchors: Map<string, Place>
  readonly problems: Problem[]
}

/** A few lines of aliases to aliases can mean billions of values. */
const MAX_VALUES = 50_000
const MERGE = '<<'

/** A value under one of these would be lost on its way through objects that have a prototype, or change the prototype. */
const RESERVED = new Set(['__proto__', 'prototype', 'constructor'])

/** Turns a composed document into plain values; `lineOf` as in `Yaml`. Values count only when there are no problems. */
export function placeValues(
  document: Document.Parsed,
  reading: Reading,
): { value: unknown; problems: readonly Problem[]; lineOf: (path: Path) => number } {
  const state: State = { ...reading, anchors: new Map(), problems: [] }
  const root = place(document.contents, 1, state)
  return { value: root.value, problems: state.problems, lineOf: (path) => lineOf(root, path) }
}

function lineOf(root: Place, path: Path): number {
  let here = root
  for (const step of path) {
    const next = here.children.get(step)
    if (next === undefined) break
    here = next
  }
  return here.line
}

/** `line` is where the value's name stands; a list's item has none and counts where it starts. */
function place(node: Node | null, line: number, state: State): Place {
  if (isAlias(node)) return { ...placeOfAlias(node.source, line, state), line }
  const placed = bounded(
    isMap(node) ? placeMap(node, line, state) : isSeq(node) ? placeList(node, line, state) : leaf(node, line),
    state,
  )
  if (node !== null && 'anchor' in node && node.anchor !== undefined) state.anchors.set(node.anchor, placed)
  return placed
}

function bounded(placed: Place, state: State): Place {
  return placed.size > MAX_VALUES ? refuse(`more than ${MAX_VALUES} values`, placed.line, state) : placed
}

function leaf(node: unknown, line: number): Place {
  return { value: isScalar(node) ? node.value : null, line, size: 1, children: new Map() }
}

/** An anchor is known from its end on, so a value that holds itself is refused here. */
function placeOfAlias(name: string, line: number, state: State): Place {
  return state.anchors.get(name) ?? refuse('an alias (*) without an anchor (&) before it', line, state)
}

function placeList(list: YAMLSeq, line: number, state: State): Place {
  const children = new Map<number, Place>()
  let size = 1
  for (const [index, item] of (list.items as Node[]).entries()) {
    const placed = place(item, state.lineAt(item.range![0]), state)
    size += placed.size
    if (size > MAX_VALUES) break
    children.set(index, placed)
  }
  return { value: [...children.values()].map(({ value }) => value), line, size, children }
}

function placeMap(map: YAMLMap, line: number, state: State): Place {
  const own = new Map<string, Place>()
  const merged = new Map<string, Place>()
  let size = 1
  for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
    const at = state.lineAt(key.range![0])
    // Keys that are no scalar are errors of the composer already (stringKeys).
    const name = String((key as Scalar).value)
    const placed = place(value, at, state)
    size += placed.size
    if (size > MAX_VALUES) break
    if (RESERVED.has(name)) refuse('a key that is not accepted anywhere', at, state)
    else if (own.has(name)) refuse('a key that stands in the same map already', at, state)
    else if (name === MERGE && state.merge) addMerged(merged, placed, state)
    else own.set(name, placed)
  }
  const children = new Map([...merged, ...own])
  const value = Object.assign(
    Object.create(null),
    Object.fromEntries([...children].map(([name, { value }]) => [name, value])),
  )
  return { value, line, size, children }
}

/** Of several merged maps the first that has a name gives it; the map's own entries come before all. */
function addMerged(merged: Map<string, Place>, from: Place, state: State): void {
  const sources = Array.isArray(from.value) ? [...from.children.values()] : [from]
  for (const source of sources) {
    if (source.value === null || typeof source.value !== 'object' || Array.isArray(source.value))
      refuse('<< takes a map or a list of maps', from.line, state)
    else for (const [name, child] of source.children) if (!merged.has(String(name))) merged.set(String(name), child)
  }
}

function refuse(message: string, line: number, state: State): Place {
  state.problems.push({ line, message })
  return { value: null, line, size: 1, children: new Map() }
}
