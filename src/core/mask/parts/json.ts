import { asJson } from '../forms/escapes/json.ts'
import { isOpaque, isOrdinary, whyNot } from '../worth.ts'
import { SECRET_NAME } from './assigned.ts'
import { linesWorthHiding } from './lines.ts'
import type { Reading } from './readings.ts'

const SHORTEST_LEAF = 8
const MOST_LEAVES = 1000

interface Leaf {
  readonly key: string
  readonly value: unknown
}

/**
 * Of a JSON object or array: its strings of eight characters or more; shorter ones together with their keys; and the whole
 * on one line, as other programs print it. Nothing for a text that is no JSON.
 */
export function* jsonParts(text: string, minLength: number): Iterable<Reading> {
  const parsed = parse(text)
  if (parsed === null) return
  for (const spelling of parsed.spellings) if (spelling !== text) yield { text: spelling, kind: 'literal' }
  for (const line of linesWorthHiding(parsed.pretty, minLength)) yield { text: line, kind: 'literal' }
  for (const leaf of leavesOf(parsed.value)) yield* readingsOfLeaf(leaf, minLength)
}

function* readingsOfLeaf({ key, value }: Leaf, minLength: number): Iterable<Reading> {
  if (typeof value === 'string' && value.length >= SHORTEST_LEAF) {
    if (isSecret(key, value)) yield { text: value, kind: 'leaf' }
    return
  }
  const worthy = typeof value === 'string' || (typeof value === 'number' && SECRET_NAME.test(key))
  if (worthy && whyNot(String(value), minLength) === null) yield* pairOf(key, value)
}

interface Parsed {
  readonly value: object
  readonly pretty: string
  /** On one line, compact and with spaces. */
  readonly spellings: readonly string[]
}

/** Bounded by the caller; a text nested so deep that it cannot be written again is treated as no JSON. */
function parse(text: string): Parsed | null {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    // What begins with a bracket is an object or a list.
    const value: object = JSON.parse(text)
    const pretty = JSON.stringify(value, null, 1)
    return { value, pretty, spellings: [JSON.stringify(value), spaced(pretty)] }
  } catch {
    return null
  }
}

/** `{"a": 1, "b": 2}`, as Python writes it. No string in JSON holds a line end, so these are the ones of the layout. */
function spaced(pretty: string): string {
  return pretty
    .replace(/([[{])\n */g, '$1')
    .replace(/\n *([\]}])/g, '$1')
    .replace(/\n */g, ' ')
}

function leavesOf(root: object): Leaf[] {
  const leaves: Leaf[] = []
  const stack: Leaf[] = [{ key: '', value: root }]
  for (let node = stack.pop(); node !== undefined && leaves.length < MOST_LEAVES; node = stack.pop()) {
    const { key, value } = node
    if (typeof value !== 'object' || value === null) leaves.push(node)
    else
      for (const [name, child] of Object.entries(value))
        stack.push({ key: Array.isArray(value) ? key : name, value: child })
  }
  return leaves
}

/** Service accounts hold words and addresses that every log of that service holds too. */
function isSecret(key: string, value: string): boolean {
  return !isPlainAddress(value) && (!isOrdinary(value) || SECRET_NAME.test(key))
}

function isPlainAddress(value: string): boolean {
  if (!/^https?:\/\/[^\s?#@]+$/.test(value)) return false
  return !value.split(/[^A-Za-z0-9]/).some((part) => isOpaque(part) || part.length > 24)
}

/** A short string is hidden together with its key, as it stands in a compact text and in a pretty one. */
function* pairOf(key: string, value: string | number): Iterable<Reading> {
  if (key === '') return
  const written = typeof value === 'string' ? `"${asJson(value)}"` : String(value)
  for (const colon of [':', ': ']) yield { text: `"${asJson(key)}"${colon}${written}`, kind: 'literal' }
}
