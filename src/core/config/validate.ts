import * as v from 'valibot'
import { invalid } from './problem.ts'
import { findStrays, type StrayKey } from './strays.ts'
import { pathOf, shownPath, wordsFor, wordsForPath, wordsForStray } from './wording.ts'
import type { Yaml } from './yaml.ts'

/** Whether keys that the schema does not know are errors, or handed back. */
export type UnknownKeys = 'refuse' | 'return'

/**
 * Holds a document against a schema.
 *
 * @returns the schema's output, and the unknown keys when they are to be returned
 * @throws SealwardError policy-invalid with all problems
 */
export function validate<Schema extends v.GenericSchema>(
  schema: Schema,
  yaml: Yaml,
  { file, unknownKeys }: { readonly file: string; readonly unknownKeys: UnknownKeys },
): { output: v.InferOutput<Schema>; unknown: readonly StrayKey[] } {
  const value = yaml.value ?? {}
  const strays = findStrays(schema, value)
  const refused = strays.filter(({ kind }) => unknownKeys === 'refuse' || kind === 'list-for-map')
  const parsed = v.safeParse(schema, value, { message: wordsFor, abortPipeEarly: true })
  const issues = (parsed.issues ?? []).flatMap(issuesInside).filter(({ expected }) => expected !== 'never')
  const problems = [
    ...refused.map((stray) => ({ line: yaml.lineOf(stray.path), message: wordsForStray(stray) })),
    ...issues.map((issue) => ({
      line: yaml.lineOf(pathOf(issue)),
      message: `${wordsForPath(shownPath(issue))} ${issue.message}`,
    })),
  ]
  if (!parsed.success || problems.length > 0) throw invalid(file, problems)
  return { output: parsed.output, unknown: strays.filter((stray) => stray.kind === 'unknown-key') }
}

/**
 * A map that none of a union's schemas takes was meant for the one that takes maps: what that one says is more use than that nothing
 * fits. Its issues count their path from the union on.
 */
function issuesInside(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  const { type, input, issues = [], path = [] } = issue
  if (type !== 'union' || typeof input !== 'object' || input === null || Array.isArray(input)) return [issue]
  const inside = issues.filter((one) => one.path !== undefined)
  if (inside.length === 0) return [issue]
  return inside.flatMap((one) => issuesInside({ ...one, path: [...path, ...one.path!] } as v.BaseIssue<unknown>))
}
