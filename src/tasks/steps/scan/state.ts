import type { Look } from '../../world/scan/look.ts'
import type { ScanMark, ScanPlace } from '../../world/scan/source.ts'

export type SeenLook = Exclude<Look, ScanMark>

/** How far a scan has come: names, ids and numbers. There is nothing in it of what was found, but where. */
export interface ScanState {
  readonly rules: string
  /** Of the last mark: what is left begins behind it. */
  readonly cursor: string
  /** What was seen up to there. */
  readonly looks: readonly SeenLook[]
}

const KIND = 'sealward scan state 1'
const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

export function printScanState({ rules, cursor, looks }: ScanState): string {
  return `${JSON.stringify({ kind: KIND, rules, cursor, looks })}\n`
}

/** @returns null for a file that this did not write */
export function parseScanState(bytes: Uint8Array): ScanState | null {
  const value = parseJson(Buffer.from(bytes).toString('utf8'))
  if (!isRecord(value) || value.kind !== KIND) return null
  const { rules, cursor, looks } = value
  if (typeof rules !== 'string' || typeof cursor !== 'string' || !Array.isArray(looks)) return null
  return looks.every(isSeen) ? { rules, cursor, looks } : null
}

function isSeen(look: unknown): look is SeenLook {
  if (!isRecord(look)) return false
  if (look.kind === 'unread') return typeof look.path === 'string' && typeof look.why === 'string'
  if (look.kind === 'tally') return isCount(look.count) && isCount(look.bytes) && isCount(look.packed ?? 0)
  return look.kind === 'suspect' && isPlace(look.place)
}

/** Ids are handed to git, one to a line. */
function isPlace(place: unknown): place is ScanPlace {
  if (!isRecord(place) || place.kind !== 'place' || typeof place.path !== 'string') return false
  const { id, before = [], link = false, origin } = place
  const ids = Array.isArray(before) ? [id, ...before] : [null]
  const isOrigin = origin === undefined || (isRecord(origin) && typeof origin.commit === 'string')
  return ids.every((one) => typeof one === 'string' && ID.test(one)) && typeof link === 'boolean' && isOrigin
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
