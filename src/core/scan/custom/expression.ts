import { compileRe2 } from '../../regex/re2.ts'

/** A place in a text, in UTF-16 units. */
export interface Match {
  readonly start: number
  readonly end: number
}

/** All places that an expression finds, without overlaps. Empty ones are left out. */
export interface Expression {
  findAll(text: string): Match[]
  readonly groups: number
}

/** More in one window say nothing new. */
const MOST = 200

/**
 * Compiles the expression of a rule of somebody's own: RE2, in which `^` and `$` are the ends of a line, because a rule is tried on the
 * lines round its keyword and never on a whole file.
 *
 * @param group which group is meant; 0 for the whole match, which also counts where the group took no part
 * @throws SealwardError as `compileRe2` does
 */
export async function compileExpression(pattern: string, group: number): Promise<Expression> {
  const source = `(?m)${pattern}`
  const occurs = await compileRe2(source)
  const { RE2JS } = await import('re2js')
  const compiled = RE2JS.compile(source)
  const groups = compiled.groupCount()
  return {
    groups,
    findAll(text) {
      if (!occurs(text)) return []
      const matcher = compiled.matcher(text)
      const found: Match[] = []
      while (found.length < MOST && matcher.find()) {
        const taken = group <= groups && matcher.start(group) < matcher.end(group) ? group : 0
        const [start, end] = [matcher.start(taken), matcher.end(taken)]
        if (start < end) found.push({ start, end })
      }
      return found
    },
  }
}
