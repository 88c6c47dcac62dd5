import type { ScanText } from '../engine/scan-text.ts'

/** How far before and behind a keyword a rule of somebody's own looks, beside the rest of the lines there. */
export const BEFORE = 512
export const BEHIND = 4096

/** A part of a text, decoded. */
export interface Window {
  readonly text: string
  /** The place in the bytes of a place in the decoded text. */
  readonly offsetOf: (at: number) => number
}

/** The parts of a text round some places in it, from the front to the back; none overlaps another. */
export function windowsRound(text: ScanText, places: readonly number[]): Window[] {
  const regions: { from: number; to: number }[] = []
  for (const place of places) {
    const last = regions.at(-1)
    const to = text.lineEnd(Math.min(text.length, place + BEHIND))
    const from = text.lineStart(Math.max(0, place - BEFORE))
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else regions.push({ from, to })
  }
  return regions.map((region) => decode(text, region))
}

/** UTF-8, or one character a byte where it is none. A window that was cut inside a character leaves that one out. */
function decode(text: ScanText, { from, to }: { readonly from: number; readonly to: number }): Window {
  let [start, end] = [from, to]
  while (start < end && start < from + 3 && isContinuation(text.code(start))) start += 1
  while (end > start && end > to - 3 && isContinuation(text.code(end))) end -= 1
  const bytes = text.bytes.subarray(start, end)
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (decoded.length === bytes.length) return { text: decoded, offsetOf: (at) => start + at }
    return { text: decoded, offsetOf: (at) => start + Buffer.byteLength(decoded.slice(0, at)) }
  } catch {
    return { text: text.slice(start, end), offsetOf: (at) => start + at }
  }
}

function isContinuation(code: number): boolean {
  return code >= 0x80 && code <= 0xbf
}
