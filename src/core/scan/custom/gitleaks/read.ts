import * as v from 'valibot'
import { SealwardError } from '../../../errors.ts'

/**
 * What is read of a gitleaks configuration (version 8). Letter case of names is as gitleaks writes it; keys that are not listed are
 * named in the report by `unknownKeys`.
 */
const texts = v.optional(v.array(v.string()), [])

const Allowlist = v.looseObject({
  description: v.optional(v.string()),
  condition: v.optional(v.string()),
  paths: texts,
  regexes: texts,
  regexTarget: v.optional(v.string()),
  stopwords: texts,
  commits: texts,
  targetRules: texts,
})

const Rule = v.looseObject({
  id: v.string(),
  description: v.optional(v.string(), ''),
  regex: v.optional(v.string(), ''),
  secretGroup: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99)), 0),
  entropy: v.optional(v.number(), 0),
  keywords: texts,
  path: v.optional(v.string(), ''),
  tags: texts,
  allowlist: v.optional(Allowlist),
  allowlists: v.optional(v.array(Allowlist), []),
})

const Configuration = v.looseObject({
  title: v.optional(v.string()),
  extend: v.optional(v.looseObject({ useDefault: v.optional(v.boolean(), false), disabledRules: texts }), {}),
  rules: v.optional(v.array(Rule), []),
  allowlist: v.optional(Allowlist),
  allowlists: v.optional(v.array(Allowlist), []),
})

export type GitleaksConfiguration = v.InferOutput<typeof Configuration>
export type GitleaksRule = GitleaksConfiguration['rules'][number]
export type GitleaksAllowlist = NonNullable<GitleaksConfiguration['allowlist']>

const MAX_RULES = 5000

/** @throws SealwardError malformed for what is no configuration of gitleaks, with the place and without what stands there */
export function readConfiguration(document: unknown): GitleaksConfiguration {
  const parsed = v.safeParse(Configuration, document)
  if (parsed.success && parsed.output.rules.length <= MAX_RULES) return parsed.output
  if (parsed.success) throw new SealwardError('limit', `the configuration has more than ${MAX_RULES} rules`)
  const path = parsed.issues[0].path?.map(({ key }) => String(key)).filter((key) => /^\w{1,40}$/.test(key))
  const place = path === undefined ? 'it' : path.join('.')
  throw new SealwardError('malformed', `this is no configuration of gitleaks 8: ${place} is not of the right kind`)
}

/** The keys of a table that are not read. */
export function unknownKeys(table: object, known: readonly string[]): string[] {
  return Object.keys(table).filter((key) => !known.includes(key) && /^\w{1,40}$/.test(key))
}
