import { locate, type Origin } from '../../config/problem.ts'
import { validate } from '../../config/validate.ts'
import { readYaml } from '../../config/yaml.ts'
import { everybodyIn, type KeyGroups } from '../../envelope/keys/key-groups.ts'
import { RULE_KINDS, type Rule } from '../../envelope/values/rule.ts'
import { compileRe2 } from '../../regex/re2.ts'
import { nearest } from '../nearest.ts'
import { type SopsGroup, type SopsRule, SopsSchema } from './sops-schema.ts'

/** What Sealward uses of a .sops.yaml. */
export interface SopsConfig {
  readonly file: string
  readonly rules: readonly CreationRule[]
  /** Keys that sops ignores. One with a guess is misspelt and worth a warning; `keys:`, a customary place for anchors, has none. */
  readonly unknown: readonly UnknownKey[]
}

export interface CreationRule {
  readonly line: number
  /** Null when the rule is for every file. */
  readonly pathRegex: string | null
  /** age recipients as they are written: not checked, and they may be of kinds that Sealward does not have. */
  readonly recipients: readonly string[]
  /** Several key groups, with all of `recipients` in them, as they are written: not checked. Null for one, or none. */
  readonly keyGroups: KeyGroups | null
  /** Key sources that Sealward cannot wrap for, by the names of their keys in the file: `kms`, `pgp`, ... */
  readonly foreign: readonly string[]
  /** Null for the default of the format. Its expression has not been compiled yet. */
  readonly rule: Rule | null
  readonly macOnlyEncrypted: boolean
}

interface UnknownKey {
  readonly line: number
  /** What it was probably meant to be. The key itself is not repeated. */
  readonly guess: string | null
}

const FOREIGN = ['kms', 'gcp_kms', 'hckms', 'azure_keyvault', 'hc_vault_transit_uri', 'pgp'] as const
const FOREIGN_IN_GROUP = ['kms', 'gcp_kms', 'hckms', 'azure_keyvault', 'hc_vault', 'pgp'] as const

/**
 * Reads a .sops.yaml.
 *
 * @param file what errors call it
 * @throws SealwardError policy-invalid with file and line, and all problems in one message
 */
export function parseSopsConfig(source: string | Uint8Array, file: string): SopsConfig {
  const yaml = readYaml(source, { file, merge: true })
  const { output, unknown } = validate(SopsSchema, yaml, { file, unknownKeys: 'return' })
  return {
    file,
    rules: output.creation_rules.map((rule, index) => readRule(rule, yaml.lineOf(['creation_rules', index]))),
    unknown: unknown.map(({ path, known }) => ({
      line: yaml.lineOf(path),
      guess: nearest(String(path.at(-1)), known),
    })),
  }
}

/**
 * Finds the rule that sops would encrypt a file by: the first whose expression is found anywhere in the path.
 *
 * @param path relative to .sops.yaml, with '/' separators (sops itself matches '\' on Windows)
 * @throws SealwardError policy-invalid with file and line when an expression on the way there is not RE2
 */
export async function creationRuleFor(config: SopsConfig, path: string): Promise<CreationRule | null> {
  for (const rule of config.rules) {
    if (rule.pathRegex === null || (await isFound(rule.pathRegex, path, { file: config.file, line: rule.line })))
      return rule
  }
  return null
}

async function isFound(expression: string, path: string, origin: Origin): Promise<boolean> {
  try {
    return (await compileRe2(expression))(path)
  } catch (error) {
    throw locate(error, 'policy-invalid', origin)
  }
}

function readRule(rule: SopsRule, line: number): CreationRule {
  const pattern = (kind: (typeof RULE_KINDS)[number]) => rule[kind]
  const kind = RULE_KINDS.find((candidate) => pattern(candidate) !== '')
  return {
    line,
    pathRegex: rule.path_regex === '' ? null : rule.path_regex,
    ...keysOf(rule),
    rule: kind === undefined ? null : { kind, pattern: pattern(kind) },
    macOnlyEncrypted: rule.mac_only_encrypted,
  }
}

/** As sops does: key groups, where there are any, count instead of the rule's own keys. One group is the same as none. */
function keysOf(rule: SopsRule): Pick<CreationRule, 'recipients' | 'foreign' | 'keyGroups'> {
  const [group, ...more] = rule.key_groups
  if (group === undefined)
    return { recipients: distinct(rule.age), keyGroups: null, foreign: FOREIGN.filter((kind) => rule[kind].length > 0) }
  const parts = [group, ...more].map(flatten)
  const foreign = FOREIGN_IN_GROUP.filter((kind) => parts.flat().some((one) => one[kind].length > 0))
  const groups = parts.map((part) => distinct(part.flatMap(({ age }) => age)))
  const threshold = rule.shamir_threshold || groups.length
  const recipients = everybodyIn({ groups, threshold })
  if (more.length === 0) return { recipients, keyGroups: null, foreign }
  return { recipients, keyGroups: { groups, threshold }, foreign }
}

function flatten(group: SopsGroup): SopsGroup[] {
  return [...group.merge.flatMap(flatten), group]
}

function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)]
}
