/** Longer than every token: a bound on the work. */
const MAX_LENGTH = 1024
/** The words of documentation, too long to come up by chance. */
const WORDS =
  /example(?:$|key|[^a-z])|(?:^|[^a-z])(?:sample|dummy)(?:$|[^a-z])|placeholder|changeme|change[-_]me|replace[-_]?(?:me|with)|redacted|insert[-_]?your|your[-_]?(?:api|secret|access|auth|private|personal)?[-_]?(?:token|key|secret|password)|(?:token|key|secret|password)[-_]?(?:goes[-_]?)?here|not[-_]?a[-_]?real/i
/** Short ones, which count among words only: between hyphens or underscores, and without a digit anywhere. */
const SHORT_WORDS = /^(?:[a-z]+[-_ ])*(?:my|your|fake|todo|x{3,}|here)(?:[-_ ][a-z]+)*$/i
const BRACKETS = /^<[^<>]*>$|^\$\{[^{}]*\}$|^\{\{[^{}]*\}\}$|^%[a-z_]\w*%$/i
/** One character four times or more is left out of what is measured; so much of it makes the rest not worth a look. */
const SAME_RUN = /(.)\1{3,}/g
const MAX_FILLER_SHARE = 0.5
/** Bits a character. One random hexadecimal text in a million has so few; of base 62 none. */
const LOW_ENTROPY = { short: 1.6, long: 2.2 }
const SHORTEST_MEASURED = 12
const LONG = 24
/** A part counted up of this length does not come up by chance. */
const SEQUENCE = 8
const MOST_HUMPS = 2

/**
 * Whether a token stands for one: filled up with `x`, `*` or `0`, counted up (`1234567890`), named `...EXAMPLE`, in brackets, or made
 * of words such as `your-token-here`. Prudent: what looks drawn at random is never a placeholder.
 *
 * @param prefix how many characters at the front are the mark of its kind (`ghp_`), which say nothing
 */
export function isPlaceholder(token: string, prefix = 0): boolean {
  if (token.length > MAX_LENGTH) return false
  const body = token.slice(prefix)
  if (BRACKETS.test(token) || BRACKETS.test(body) || body.includes('...')) return true
  if (isFilledUp(body) || isCountedUp(body)) return true
  return (SHORT_WORDS.test(body) && !hasManyHumps(body)) || (WORDS.test(body) && !looksRandom(body.replace(WORDS, '')))
}

/** Hardly any different characters, or half of it one character repeated. */
function isFilledUp(body: string): boolean {
  if (/^(.)\1{2,}$/.test(body)) return true
  if (body.length < SHORTEST_MEASURED) return false
  const filler = (body.match(SAME_RUN) ?? []).reduce((sum, run) => sum + run.length, 0)
  return (
    filler > body.length * MAX_FILLER_SHARE ||
    entropyOf(body) < (body.length < LONG ? LOW_ENTROPY.short : LOW_ENTROPY.long)
  )
}

/**
 * Half of it or more in steps of one, all up or all down: `abcdefghij`, `0123456789`, `9876543210`. The digit after 9 is 0. Not now up and
 * now down: hexadecimal digits do that by chance sixty times as often.
 */
function isCountedUp(body: string): boolean {
  let inSequence = 0
  let [run, direction] = [1, 0]
  for (let at = 1; at <= body.length; at += 1) {
    const step = at < body.length ? stepAt(body, at) : 0
    if (step !== 0 && (run === 1 || step === direction)) run += 1
    else {
      inSequence += run >= SEQUENCE ? run : 0
      run = step === 0 ? 1 : 2
    }
    direction = step
  }
  return inSequence * 2 >= body.length && inSequence > 0
}

/** @returns 1 up, -1 down, 0 for neither */
function stepAt(body: string, at: number): number {
  if (body[at - 1] === '9' && body[at] === '0') return 1
  const step = body.charCodeAt(at) - body.charCodeAt(at - 1)
  return Math.abs(step) === 1 ? step : 0
}

/** `my-secretKey` has one. Letters drawn at random, with a `my-` among them by chance, have more than words have. */
function hasManyHumps(body: string): boolean {
  return (body.match(/[a-z][A-Z]/g) ?? []).length > MOST_HUMPS
}

/** Long, and of letters in both cases with digits, or of hexadecimal digits: nobody types that into a form. */
function looksRandom(rest: string): boolean {
  const longest = (rest.match(/[A-Za-z0-9]{16,}/g) ?? []).reduce(
    (one, other) => (other.length > one.length ? other : one),
    '',
  )
  return longest !== '' && /\d/.test(longest) && /[A-Za-z]/.test(longest) && entropyOf(longest) >= 3
}

/** Shannon's, in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0)
}
