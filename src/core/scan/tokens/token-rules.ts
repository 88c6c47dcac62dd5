import { TOKEN_GROUPS } from './token-groups.ts'
import type { TokenRule } from './token-rule.ts'

/**
 * Every kind of credential that is known by its shape, all of them loaded: for documentation and tests. A vendor is one row in the
 * file of its field. The programs go by token-marks.ts instead, and load the fields in which something was found.
 */
export const TOKEN_RULES: readonly TokenRule[] = (
  await Promise.all(Object.values(TOKEN_GROUPS).map((load) => load()))
).flat()
