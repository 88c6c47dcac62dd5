import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { placeholderReason } from '../value/placeholder.ts'

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

function entriesOf(manifest: string, base: number): Detection[] {
  const found: Detection[] = []
  let block: 'data' | 'stringData' | null = null
  let at = base
  for (const line of manifest.split('\n')) {
    const name = /^(\w+):\s*$/.exec(line.trimEnd())?.[1]
    if (/^\S/.test(line) && !line.startsWith('#')) block = name === 'data' || name === 'stringData' ? name : null
    else if (block !== null) {
      const place = placeOf(line, block)
      if (place !== null) found.push(detection(at + place[0], at + place[1]))
    }
    at += line.length + 1
  }
  return found
}

function placeOf(line: string, block: 'data' | 'stringData'): readonly [number, number] | null {
  const match = ENTRY.exec(line)
  const place = match?.indices?.[3]
  if (match === null || place === undefined) return null
  const value = match[3] ?? ''
  const plain = block === 'data' ? decode(value) : value
  return plain === null || plain.length < 4 || placeholderReason(plain, [(match[2] ?? '').toLowerCase()]) !== null
    ? null
    : place
}

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
