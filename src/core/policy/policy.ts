import { invalid, type Problem } from '../config/problem.ts'
import { validate } from '../config/validate.ts'
import type { Path } from '../config/values.ts'
import { wordsForPath } from '../config/wording.ts'
import { readYaml, type Yaml } from '../config/yaml.ts'
import type { Quotes } from '../envelope/decrypt.ts'
import { RULE_KINDS, type Rule } from '../envelope/rule.ts'
import { type Schema, schemaOf } from '../schema/schema.ts'
import { type AllowedSigner, allowSigner } from '../signature/signers.ts'
import { nearest } from './nearest.ts'
import { type Allowance, allowancesOf, findTwins, type ScanPolicy, scanPolicyOf } from './scan-policy.ts'
import { PolicySchema, type PolicyText } from './schema.ts'
import { type CertificateRule, readCertificates } from './sections/certificates.ts'
import { type CheckPolicy, readCheck } from './sections/check.ts'
import { type EndpointRule, readEndpoints } from './sections/endpoints.ts'
import { type Environment, readEnvironments } from './sections/environments.ts'
import { ENVIRONMENT_KINDS } from './sections/kinds.ts'
import { type LedgerPolicy, readLedgerSection } from './sections/ledger.ts'
import { type Member, readMembers } from './sections/recipients.ts'
import { readSecrets, type SecretRule } from './sections/secrets.ts'

/** sealward.yml, ready for questions: names are resolved and defaults filled in. `match.ts` asks. */
export interface Policy {
  readonly file: string
  /** Each name with its age recipients, as text. */
  readonly recipients: ReadonlyMap<string, readonly string[]>
  /** The same with all that is said of them. */
  readonly members: readonly Member[]
  readonly files: readonly FileRule[]
  /** Whose signatures count, and for which files. */
  readonly signers: readonly AllowedSigner[]
  /** Globs of the names whose values are no secrets. */
  readonly publicNames: readonly string[]
  readonly hook: { readonly allow: readonly Allowance[] }
  readonly scan: ScanPolicy
  /** What is asked of decrypted variables; null for nothing. */
  readonly schema: Schema | null
  readonly environments: readonly Environment[]
  /** For each setting of a secret the first that has it counts: `secret-terms.ts` asks. */
  readonly secrets: readonly SecretRule[]
  readonly certificates: readonly CertificateRule[]
  readonly endpoints: readonly EndpointRule[]
  readonly check: CheckPolicy
  readonly ledger: LedgerPolicy
}

/** Settings of the files that a glob means. */
export interface FileRule {
  readonly line: number
  readonly path: string
  /** age recipients, as text, each once; everybody's when the rule names none. */
  readonly recipients: readonly string[]
  readonly quotes: Quotes
  readonly encryption: Encryption
  /** Null for every run. */
  readonly decryptIn: DecryptIn | null
}

/** Workflow runs. Null for a list that is not given, which all runs are in. */
export interface DecryptIn {
  /** Globs. */
  readonly refs: readonly string[] | null
  readonly events: readonly string[] | null
  /** `owner/name`, or an id in decimal. */
  readonly repositories: readonly string[] | null
  readonly environments: readonly string[] | null
}

interface Encryption {
  /** Null for the default of the format. Its expression has not been compiled yet. */
  readonly rule: Rule | null
  readonly macOnlyEncrypted: boolean
}

/**
 * Reads sealward.yml. An empty file is a policy that says nothing.
 *
 * @param file what errors call it
 * @throws SealwardError policy-invalid with file and line, and all problems of the file in one message. It repeats nothing of the file but
 * names of people.
 */
export function parsePolicy(source: string | Uint8Array, file: string): Policy {
  const yaml = readYaml(source, { file, merge: false })
  const { output } = validate(PolicySchema, yaml, { file, unknownKeys: 'refuse' })
  const problems = [
    ...findStrangers(output, yaml),
    ...findStrangeEnvironments(output, yaml),
    ...findTwins(output.scan, yaml),
  ]
  if (problems.length > 0) throw invalid(file, problems)
  return build(output, file, yaml)
}

/** Names that a file rule uses and `recipients` lacks. */
function findStrangers(text: PolicyText, yaml: Yaml): Problem[] {
  const known = { section: 'recipients', names: Object.keys(text.recipients) }
  return text.files.flatMap(({ recipients = [] }, rule) =>
    recipients.flatMap((member, index) =>
      isRecipient(member) ? [] : strangers(member, { path: ['files', rule, 'recipients', index], known, yaml }),
    ),
  )
}

/** An entry about an environment that no file is ever in would never count. */
function findStrangeEnvironments(text: PolicyText, yaml: Yaml): Problem[] {
  const known = { section: 'environments', names: [...Object.keys(text.environments), ...ENVIRONMENT_KINDS] }
  return text.secrets.flatMap(({ environment = [] }, rule) => {
    const path = ['secrets', rule, 'environment'] as const
    if (typeof environment === 'string') return strangers(environment, { path, known, yaml })
    return environment.flatMap((name, index) => strangers(name, { path: [...path, index], known, yaml }))
  })
}

interface Use {
  readonly path: Path
  readonly known: { readonly section: string; readonly names: readonly string[] }
  readonly yaml: Yaml
}

/** A problem for a name that its section does not have. The name is not repeated. */
function strangers(name: string, { path, known: { section, names }, yaml }: Use): Problem[] {
  if (names.includes(name)) return []
  const guess = nearest(name, names)
  const hint = guess === null ? '' : `; did you mean ${guess}?`
  return [{ line: yaml.lineOf(path), message: `${wordsForPath(path)} is a name that ${section} does not have${hint}` }]
}

function build(text: PolicyText, file: string, yaml: Yaml): Policy {
  const members = readMembers(text.recipients, { file, yaml })
  const recipients = new Map(members.map(({ name, keys }) => [name, keys]))
  const everybody = members.flatMap(({ keys }) => keys)
  const resolve = (member: string) => recipients.get(member) ?? [member]
  const files = text.files.map((rule, index) => ({
    line: yaml.lineOf(['files', index]),
    path: rule.path,
    recipients: [...new Set(rule.recipients?.flatMap(resolve) ?? everybody)],
    quotes: rule.quotes,
    encryption: encryptionOf(rule.encryption ?? {}),
    decryptIn: decryptInOf(rule['decrypt-in']),
  }))
  const hook = { allow: allowancesOf(text.hook.allow, ['hook', 'allow'], yaml) }
  const scan = scanPolicyOf(text.scan, yaml)
  const schema = text.schema === undefined ? null : schemaOf(text.schema, { file, yaml })
  const signers = Object.entries(text.signers).map(([name, given]) => allowSigner(name, given))
  return {
    ...{ file, recipients, members, files, signers, publicNames: text.public, hook, scan, schema },
    environments: readEnvironments(text.environments, yaml),
    secrets: readSecrets(text.secrets, yaml),
    certificates: readCertificates(text.certificates, yaml),
    endpoints: readEndpoints(text.endpoints, yaml),
    check: readCheck(text.check, yaml),
    ledger: readLedgerSection(text.ledger),
  }
}

function decryptInOf(given: PolicyText['files'][number]['decrypt-in']): DecryptIn | null {
  if (given === undefined) return null
  const { refs = null, events = null, repositories, environments = null } = given
  return { refs, events, repositories: repositories?.map(String) ?? null, environments }
}

/** A setting is called as the rule of the format is, with hyphens. */
function encryptionOf(given: Partial<NonNullable<PolicyText['files'][number]['encryption']>>): Encryption {
  const rules = RULE_KINDS.flatMap((kind): Rule[] => {
    const pattern = given[kind.replaceAll('_', '-') as keyof typeof given]
    return typeof pattern === 'string' ? [{ kind, pattern }] : []
  })
  return { rule: rules[0] ?? null, macOnlyEncrypted: given['mac-only-encrypted'] ?? false }
}

function isRecipient(member: string): boolean {
  return member.startsWith('age1')
}
