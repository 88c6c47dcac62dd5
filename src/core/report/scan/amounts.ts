import type { Looked } from '../../scan/outcome.ts'
import { amount } from '../amount.ts'
import { printablePath } from '../text.ts'

/** What was looked at, how much and for how long: `12 staged files (1.2 MiB) in 35 ms`; `no staged files` when there was nothing. */
export function sayLooked({ what, count, bytes, milliseconds }: Looked): string {
  const things = printablePath(what)
  if (count === 0) return `no ${things}`
  const counted = count === 1 ? `1 ${things.replace(/s\b/, '')}` : `${count} ${things}`
  return `${counted} (${saySize(bytes)}) in ${sayTime(milliseconds)}`
}

/** A text that a file chose, no longer than anybody reads. */
export function shorten(text: string, longest = 200): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}

const UNITS: readonly string[] = ['KiB', 'MiB', 'GiB', 'TiB']

function saySize(bytes: number): string {
  if (bytes < 1024) return amount(bytes, 'byte')
  let size = bytes / 1024
  let unit = 0
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`
}

function sayTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}
