import { SealwardError } from '../errors.ts'

/** Whether the expression is found anywhere in the text. */
export type Re2 = (text: string) => boolean

/** An expression of 1,000 characters can compile to 100,000 steps (`\pL{1000}`, a hundred times), and each may cost at each character. */
const MAX_CHARACTERS = 1000
const MAX_PROGRAM = 2000

/**
 * Compiles an expression of a SOPS file, of .sops.yaml or of sealward.yml. All three are written for Go's `regexp`, so the language is RE2:
 * no look-around and no back-references, an unanchored search, `$` and `\z` at the end of the text and not before a last LF, and
 * time linear in the text, whoever wrote the expression.
 *
 * Where the two engines differ, this one refuses: it has no long names of categories (`\p{Letter}` for `\p{L}`, new in Go 1.25).
 *
 * Go searches the bytes of UTF-8; this searches code points, which is the same for text that is valid UTF-8: `.` is one
 * code point in both. Give it decoded text, never bytes as latin1.
 *
 * The engine is loaded on first use, because it costs as much as a fifth of a start of Node and most files need none.
 *
 * @throws SealwardError malformed when the expression is not RE2, limit when it is too large. Neither ever means "no match".
 */
export async function compileRe2(pattern: string): Promise<Re2> {
  if (pattern.length > MAX_CHARACTERS)
    throw new SealwardError('limit', `a regular expression is longer than ${MAX_CHARACTERS} characters`)
  const { RE2JS, RE2JSSyntaxException } = await import('re2js')
  try {
    const compiled = RE2JS.compile(pattern)
    if (compiled.programSize() > MAX_PROGRAM)
      throw new SealwardError('limit', 'a regular expression is too large', { hint: 'lower its {n} counts' })
    return (text) => compiled.test(text)
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) throw refusal(error.error)
    throw error
  }
}

/** The engine's reason is one of a fixed list, the piece of the expression that it adds is left out. */
function refusal(reason: string): SealwardError {
  return new SealwardError('malformed', `a regular expression is not valid RE2: ${reason}`, {
    hint: 'RE2 has no look-around, no back-references and no possessive quantifiers',
  })
}
