import { stringify } from 'yaml'
import { SealwardError } from '../../../errors.ts'
import type { CustomRule } from '../../../policy/scan/scan-policy.ts'
import { compileExpression } from '../expression.ts'
import { testRules } from '../test-rules.ts'
import { globOfPath } from './path-glob.ts'
import { type GitleaksAllowlist, type GitleaksRule, readConfiguration, unknownKeys } from './read.ts'
import { sampleOf } from './sample.ts'

/** A gitleaks configuration as ours. */
export interface GitleaksImport {
  /** The section `scan` of sealward.yml, as YAML. Its rules pass `testRules`. */
  readonly yaml: string
  /** What could not be carried over, each in a sentence that names it. */
  readonly left: readonly string[]
}

const REASON = 'taken over from the gitleaks configuration'
const ADVICE = 'Revoke it where it was issued, and make a new one.'
const RULE_KEYS = 'id description regex secretGroup entropy keywords path tags allowlist allowlists'.split(' ')
const TOP_KEYS = 'title extend rules allowlist allowlists minVersion'.split(' ')

/**
 * Takes over rules and paths of a gitleaks configuration. Only what means the same is written; everything else is named, because a rule
 * that quietly finds less is worse than none.
 *
 * @param parseToml a parser of TOML 1.0; what it throws is not passed on, because it quotes the text
 * @throws SealwardError malformed when it is no TOML, or no configuration of gitleaks
 */
export async function importGitleaks(text: string, parseToml: (text: string) => unknown): Promise<GitleaksImport> {
  const configuration = readConfiguration(parse(text, parseToml))
  const left = leftOfTop(configuration)
  const ignore = [configuration.allowlist, ...configuration.allowlists].flatMap((list) =>
    list === undefined ? [] : ignoredPaths(list, left),
  )
  const rules: object[] = []
  const ids = new Set<string>()
  for (const rule of configuration.rules) {
    const made = ids.has(idOf(rule)) ? 'its id stands twice' : await ruleOf(rule)
    ids.add(idOf(rule))
    if (typeof made === 'string') left.push(`rule ${idOf(rule)} is left out: ${made}`)
    else rules.push(made)
    if (typeof made !== 'string') left.push(...leftOfRule(rule))
  }
  const scan = { ...(ignore.length > 0 ? { ignore } : {}), ...(rules.length > 0 ? { rules } : {}) }
  return { yaml: stringify({ scan }, { lineWidth: 0 }), left }
}

function parse(text: string, parseToml: (text: string) => unknown): unknown {
  try {
    return parseToml(text)
  } catch {
    throw new SealwardError('malformed', 'this is not TOML')
  }
}

function leftOfTop(configuration: ReturnType<typeof readConfiguration>): string[] {
  const { extend } = configuration
  return [
    ...unknownKeys(configuration, TOP_KEYS).map((key) => `${key} is left out`),
    ...unknownKeys(extend, ['useDefault', 'disabledRules']).map(
      (key) => `extend.${key} is left out: import that file too`,
    ),
    ...(extend.useDefault ? ['extend.useDefault: the rules that are built into Sealward take their place'] : []),
    ...extend.disabledRules.map((id) => `extend.disabledRules: ${shown(id)} is a rule of gitleaks; see scan.disable`),
  ]
}

function ignoredPaths(list: GitleaksAllowlist, left: string[]): { path: string; reason: string }[] {
  if (list.condition?.toUpperCase() === 'AND' || list.targetRules.length > 0) {
    left.push('allowlist is left out: it has a condition or is for some rules only')
    return []
  }
  left.push(...leftOfAllowlist(list, 'allowlist').filter((what) => !what.startsWith('allowlist.paths')))
  return list.paths.flatMap((path, index) => {
    const glob = globOfPath(path)
    if (glob === null) left.push(`allowlist.paths[${index}] is left out: no glob means the same`)
    return glob === null ? [] : [{ path: glob, reason: list.description?.trim() || REASON }]
  })
}

function leftOfAllowlist(list: GitleaksAllowlist, name: string): string[] {
  return (['paths', 'regexes', 'stopwords', 'commits'] as const).flatMap((key) =>
    list[key].length === 0 ? [] : [`${name}.${key} is left out (${list[key].length})`],
  )
}

function leftOfRule(rule: GitleaksRule): string[] {
  const lists = [rule.allowlist, ...rule.allowlists].flatMap((list) => (list === undefined ? [] : [list]))
  const name = `rule ${idOf(rule)}:`
  return [
    ...(rule.entropy > 0 ? [`${name} entropy is left out, so it finds more`] : []),
    ...(rule.tags.length > 0 ? [`${name} tags are left out`] : []),
    ...lists.flatMap((list) => leftOfAllowlist(list, 'allowlist').map((what) => `${name} ${what}, so it finds more`)),
    ...unknownKeys(rule, RULE_KEYS).map((key) => `${name} ${key} is left out`),
  ]
}

/** A rule of ours that was tried, or why there is none. */
async function ruleOf(rule: GitleaksRule): Promise<object | string> {
  if (rule.path !== '') return 'it is for some paths only'
  if (rule.regex === '') return 'it has no regex'
  const keywords = rule.keywords.map((word) => word.toLowerCase())
  if (keywords.length === 0) return 'it has no keywords'
  if (!keywords.every((word) => /^[\x21-\x7e]{3,64}$/.test(word))) return 'a keyword is not 3 to 64 characters of ASCII'
  try {
    const { groups } = await compileExpression(rule.regex, 0)
    const group = rule.secretGroup > 0 ? rule.secretGroup : Math.min(groups, 1)
    return await withExamples({ ...draftOf(rule), keywords, group })
  } catch (error) {
    if (error instanceof SealwardError) return error.message
    throw error
  }
}

type Draft = Omit<CustomRule, 'line' | 'near' | 'hits' | 'misses'>

function draftOf(rule: GitleaksRule): Omit<Draft, 'keywords' | 'group'> {
  const what = rule.description.replace(/\p{C}/gu, ' ').trim().slice(0, 300) || `what ${idOf(rule)} finds`
  return { id: idOf(rule), what, pattern: rule.regex, severity: 'high', confidence: 'medium', advice: ADVICE }
}

/** gitleaks has no examples, so they are made from the expression, and tried. */
async function withExamples(draft: Draft): Promise<object | string> {
  const sample = sampleOf(draft.pattern)
  if (sample === null) return 'no example can be made from its regex: write the rule with hits and misses'
  for (const word of draft.keywords) {
    for (const hit of [sample, `${word} = "${sample}"`, `${word}: ${sample}`, `${word} ${sample}`]) {
      const examples = { hits: [hit], misses: [`${word} alone`] }
      const rule = { ...draft, ...examples, line: 1, near: null }
      if ((await testRules([rule], { file: '', taken: new Set() })).length === 0) return { ...draft, ...examples }
    }
  }
  return 'no example that was made from its regex is found: write the rule with hits and misses'
}

/** Our names have no capitals and no underscores. */
function idOf({ id }: GitleaksRule): string {
  return (
    id
      .toLowerCase()
      .replace(/[^a-z0-9-]/g, '-')
      .slice(0, 64) || 'unnamed'
  )
}

function shown(id: string): string {
  return /^[\w-]{1,64}$/.test(id) ? id : '(a name)'
}
