import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { judgeName, type NameVerdict } from '../name/judge-name.ts'
import { DEFUSING_ENDS, DEFUSING_STARTS } from '../name/name-words.ts'
import { splitWords } from '../name/split-words.ts'
import { judgeValue } from '../value/judge-value.ts'
import { isUuid } from '../value/shape.ts'

/** A manifest larger than this is read no further. */
const REACH = 16 * 1024

const KIND = /^\s*kind:\s*["']?Secret["']?\s*(?:#.*)?$/
const ENTRY = /^(\s+)["']?([\w.-]{1,253})["']?:\s*["']?([^\s"'#|>][^\s"']*)["']?\s*$/d

/** Finds the values of a Secret manifest: Base64 under `data:`, plain under `stringData:`. The hit stands in its `kind:` line. */
export function readKubernetesSecret(text: ScanText, hit: number): Detection[] {
  const lineStart = text.lineStart(hit)
  if (!KIND.test(text.slice(lineStart, text.lineEnd(hit)))) return []
  const from = Math.max(0, lineStart - REACH)
  const before = text.slice(from, lineStart)
  const first = before.lastIndexOf('\n---')
  const start = first < 0 ? from : from + first + 4
  // A second such line in one document: its first has read it. Else a file of nothing but these would be read over and over.
  if (before.includes('kind: Secret', Math.max(0, first))) return []
  const after = text.slice(start, lineStart + REACH)
  const last = after.indexOf('\n---')
  return entriesOf(last < 0 ? after : after.slice(0, last), start)
}

type Block = 'data' | 'stringData'

function entriesOf(manifest: string, base: number): Detection[] {
  const found: Detection[] = []
  for (const { line, at, block } of linesOfBlocks(manifest)) {
    const place = placeOf(line, block)
    if (place !== null) found.push(detection(base + at + place[0], base + at + place[1]))
  }
  return found
}

/** The lines right below `data:` and `stringData:`, by the indentation of the first. What is deeper belongs to one of them. */
function* linesOfBlocks(manifest: string): Generator<{ line: string; at: number; block: Block }> {
  let block: Block | undefined
  let indent = 0
  let at = 0
  for (const line of manifest.split('\n')) {
    const depth = line.search(/[^\s#]/)
    if (depth === 0) {
      block = /^(data|stringData):\s*$/.exec(line)?.[1] as Block | undefined
      indent = 0
    } else if (block && depth > 0) {
      indent ||= depth
      if (depth === indent) yield { line, at, block }
    }
    at += line.length + 1
  }
}

function placeOf(line: string, block: Block): readonly [number, number] | null {
  const match = ENTRY.exec(line)
  const place = match?.indices?.[3]
  if (match === null || place === undefined) return null
  const [, , name, value] = match as unknown as [string, string, string, string]
  const plain = block === 'data' ? decode(value) : value
  return plain === null || plain.length < 4 || !isSecret(name, plain) ? null : place
}

/** A Secret also holds what goes with a secret: a user, a host, a port. So the name or the value has to say more than the manifest. */
function isSecret(name: string, value: string): boolean {
  const verdict = judgeName(name)
  if (/[^\x20-\x7e]/.test(value)) return verdict !== null || value.length >= 16
  if (verdict !== null) return judgeValue({ value, quoted: true }, verdict).points > 0
  if (splitWords(name).some((word) => DEFUSING_ENDS.has(word) || DEFUSING_STARTS.has(word))) return false
  if (isUuid(value)) return false
  return judgeValue({ value, quoted: true }, UNNAMED).points >= UNNAMED_LEAST
}

const UNNAMED: NameVerdict = { kind: 'password', strength: 3, words: [] }
/** A mere word is not enough. */
const UNNAMED_LEAST = 20

function decode(value: string): string | null {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(value) || value.length % 4 !== 0) return null
  return Buffer.from(value, 'base64').toString('latin1').trimEnd()
}

function detection(start: number, end: number): Detection {
  return {
    rule: 'kubernetes-secret',
    start,
    end,
    severity: 'high',
    confidence: 'high',
    shown: 0,
    reasons: ['a value of a Kubernetes Secret'],
  }
}
