/** So many bits that no one tries all of them: the bound for digests of secrets that are published. */
export const HOPELESS_TO_GUESS = 80

const RUNS = /[a-z]+|[A-Z]+|[0-9]+|[^a-zA-Z0-9]/g
/** A run of letters is at most a word out of a dictionary of 16,000, a run of digits at most a date with some freedom in writing it. */
const MOST_OF_A_RUN = { letters: 14, digits: 14 } as const
const LONGEST = 4096

/**
 * How many bits somebody has to guess who knows how people make passwords: the least of what the alphabet allows, what the
 * frequencies allow, and what the runs of letters and digits allow. It errs towards too few: random text rarely has long runs of
 * one kind, words and dates always do.
 */
export function strengthOf(secret: string): number {
  const text = secret.slice(0, LONGEST)
  return Math.min(text.length * bitsOfAlphabet(text), text.length * entropyOf(text), bitsOfRuns(text))
}

function bitsOfAlphabet(text: string): number {
  if (/^[0-9]*$/.test(text)) return Math.log2(10)
  if (/^(?:[0-9a-f]*|[0-9A-F]*)$/.test(text)) return 4
  if (/^(?:[0-9a-z]*|[0-9A-Z]*)$/.test(text)) return Math.log2(36)
  return 6
}

/** Of the runs of letters, digits and signs of a text: what they come to when every longer one is a word or a date. */
export function bitsOfRuns(text: string): number {
  return (text.match(RUNS) ?? []).reduce((sum, run) => sum + bitsOfRun(run), 0)
}

function bitsOfRun(run: string): number {
  if (/[a-zA-Z]/.test(run)) return Math.min(run.length * Math.log2(26), MOST_OF_A_RUN.letters)
  return Math.min(run.length * Math.log2(10), /\d/.test(run) ? MOST_OF_A_RUN.digits : 4)
}

/** Shannon's, in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0)
}
