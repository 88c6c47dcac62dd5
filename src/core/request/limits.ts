/** So many at once, and then one for each equal part of the time. */
export interface Rate {
  readonly count: number
  readonly perMs: number
}

/**
 * The generic cell rate algorithm: a token bucket whose whole state is the moment at which it would be full again.
 *
 * @param full that moment, in milliseconds; a moment that is further away than it ever can be does not count for more
 * @returns the next such moment; null where there is no token
 */
export function takeToken(full: number, { count, perMs }: Rate, now: number): number | null {
  const next = Math.min(Math.max(full, now), now + perMs) + perMs / count
  return next - now <= perMs + 1e-6 ? next : null
}

/** How many bad signatures are let pass: keys are changed, and not on both sides in one moment. */
const FREE = 3
const FIRST_MS = 60_000
export const LONGEST_PAUSE_MS = 60 * 60 * 1000
/** After so long without another one, bad signatures are forgotten. */
export const FORGOTTEN_MS = 24 * 60 * 60 * 1000

/** @returns for how long nothing is taken from a source after so many bad signatures: a minute, then twice as long each time, an hour at most */
export function pauseAfter(bad: number): number {
  return bad <= FREE ? 0 : Math.min(FIRST_MS * 2 ** Math.min(bad - FREE - 1, 30), LONGEST_PAUSE_MS)
}
