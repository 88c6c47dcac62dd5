/** Passwords to try, and how much work they may cost in all. One object is used for a whole container. */
export interface Passwords {
  readonly all: readonly string[]
  /** @returns whether a derivation of so many rounds may still be done; it then counts */
  spend(rounds: number): boolean
}

/** The largest counts in use are below a million; a count is an input, and 2^31 rounds would take an hour. */
const MAX_ROUNDS = 1_000_000
const MAX_ROUNDS_IN_ALL = 4_000_000
const MAX_PASSWORDS = 8

/** @param given tried in this order, after the empty password; at most eight */
export function passwordsOf(given: readonly string[]): Passwords {
  let left = MAX_ROUNDS_IN_ALL
  return {
    all: [...new Set(['', ...given])].slice(0, MAX_PASSWORDS + 1),
    spend(rounds) {
      if (rounds < 1 || rounds > Math.min(left, MAX_ROUNDS)) return false
      left -= rounds
      return true
    },
  }
}
