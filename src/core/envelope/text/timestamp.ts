import { SealwardError } from '../../errors.ts'

const RFC3339 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** A time as `sops_lastmodified` is written: UTC, seconds, `Z`. */
export function printTimestamp(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}

/**
 * The spelling of a stored `sops_lastmodified` that the MAC is bound to: no fraction, a zero offset as `Z`.
 * docs/format.md section 5.
 *
 * @throws SealwardError malformed
 */
export function canonicalTimestamp(stored: string): string {
  const match = RFC3339.exec(stored)
  if (match === null || Number.isNaN(Date.parse(stored))) throw malformed()
  const [, date, time, zone] = match
  return `${date}T${time}${zone === '+00:00' || zone === '-00:00' ? 'Z' : zone}`
}

function malformed(): SealwardError {
  return new SealwardError('malformed', 'sops_lastmodified is not an RFC 3339 time')
}
