/** Whether an expression is found anywhere in a text. */
export type Matcher = (text: string) => boolean

/**
 * Compiles an RE2 expression, as Go and SOPS read it: linear time, whatever the expression and the text. The engine is loaded only
 * when a file or a configuration has an expression.
 *
 * @throws when the expression does not compile
 */
export async function compileRe2(pattern: string): Promise<Matcher> {
  const { RE2JS } = await import('re2js')
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matcher(text).find()
}
