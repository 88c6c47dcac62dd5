import { Buffer } from 'node:buffer'
import { decodingsOf } from '../mask/parts/decoded.ts'
import { type Json, parseJson } from '../trust/json.ts'
import { type Query, queriesIn } from './url/query.ts'

/** One way of reading a value, or a part of it. */
export interface Piece {
  /** Of the variable. */
  readonly name: string
  /** Empty for JSON: its strings are pieces of their own, without the escapes. */
  readonly text: string
  /** What the text is as JSON; undefined for what is no object and no array. */
  readonly json: Json
  readonly queries: readonly Query[]
}

/** Nothing shorter holds a date and something that is worth a date. */
const SHORTEST = 16
/** A value in JSON in base64 in quotes is as deep as it gets. */
const DEEPEST = 3
/** A value of 1 MiB, and what is behind its quotes, escapes and base64. */
const MOST_CHARACTERS = 4 * 1024 * 1024
const MOST_STRINGS = 5000

/** The value itself, then what is inside. Bounded, and linear in its length. */
export function* piecesOf(name: string, value: string): Generator<Piece> {
  const waiting = [{ text: value.trim(), depth: 0 }]
  const seen = new Set<string>()
  let characters = 0
  // It grows while it is read.
  for (const { text, depth } of waiting) {
    if (text.length < SHORTEST || seen.has(text)) continue
    characters += text.length
    if (characters > MOST_CHARACTERS) return
    seen.add(text)
    const json = jsonOf(text)
    yield json === undefined ? { name, text, json, queries: queriesIn(text) } : { name, text: '', json, queries: [] }
    if (depth === DEEPEST) continue
    for (const inner of json === undefined ? decodingsIn(text) : stringsOf(json))
      waiting.push({ text: inner.trim(), depth: depth + 1 })
  }
}

function jsonOf(text: string): Json {
  if (text[0] !== '{' && text[0] !== '[') return undefined
  const json = parseJson(Buffer.from(text))
  return typeof json === 'object' && json !== null ? json : undefined
}

function* decodingsIn(text: string): Generator<string> {
  for (const reading of decodingsOf(text)) yield reading.text
}

/** By a list instead of recursion: JSON of 1 MiB may be half a million deep. */
function* stringsOf(root: Json): Generator<string> {
  const waiting: Json[] = [root]
  let strings = 0
  for (let node = waiting.pop(); node !== undefined && strings < MOST_STRINGS; node = waiting.pop()) {
    if (typeof node === 'string') {
      strings += 1
      yield node
    } else if (typeof node === 'object' && node !== null) {
      for (const child of Object.values(node)) waiting.push(child)
    }
  }
}
