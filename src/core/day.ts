/** A day in UTC: `2026-11-21`. */
export function dayOf(date: Date): string {
  return date.toISOString().split('T', 1)[0]!
}
