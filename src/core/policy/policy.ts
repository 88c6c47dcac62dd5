import { invalid, type Problem } from '../config/problem.ts'
import { validate } from '../config/validate.ts'
import { readYaml, type Yaml } from '../config/yaml.ts'
import type { Quotes } from '../envelope/decrypt.ts'
import { everybodyIn, type KeyGroups } from '../envelope/keys/key-groups.ts'
import { RULE_KINDS, type Rule } from '../envelope/values/rule.ts'
import { type Schema, schemaOf } from '../schema/schema.ts'
import { type AllowedSigner, allowSigner } from '../signature/signers.ts'
import { everybody } from './people/roles.ts'
import { findRotationProblems } from './rotation/problems.ts'
import { type Allowance, allowancesOf, findTwins, type ScanPolicy, scanPolicyOf } from './scan/scan-policy.ts'
import { PolicySchema, type PolicyText } from './schema.ts'
import { type CertificateRule, readCertificates } from './sections/certificates.ts'
import { type CheckPolicy, readCheck } from './sections/check.ts'
import { type EndpointRule, readEndpoints } from './sections/endpoints.ts'
import { type Environment, readEnvironments } from './sections/environments.ts'
import { type LedgerPolicy, readLedgerSection } from './sections/ledger.ts'
import { type LockdownPolicy, readLockdown } from './sections/lockdown.ts'
import { findLoner, readKeyGroups } from './sections/people/key-groups.ts'
import { type Member, readMembers } from './sections/people/recipients.ts'
import { type Role, readRoles } from './sections/people/roles.ts'
import { type RequestsPolicy, readRequests } from './sections/requests/requests.ts'
import { type RotationPolicy, readRotation } from './sections/rotation.ts'
import { readSecrets, type SecretRule } from './sections/secrets.ts'
import { findStrangers } from './strangers.ts'

/** sealward.yml, ready for questions: names are resolved and defaults filled in. `match.ts` asks. */
export interface Policy {
  readonly file: string
  /** Each name with its age recipients, as text. */
  readonly recipients: ReadonlyMap<string, readonly string[]>
  /** The same with all that is said of them. */
  readonly members: readonly Member[]
  /** Those of sealward.yml, and those that are built in. */
  readonly roles: readonly Role[]
  /** Whose key opens every file, beside everybody else; null for nobody's. */
  readonly recovery: Recovery | null
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
  readonly rotation: RotationPolicy
  /** Null where nobody outside may ask for anything. */
  readonly requests: RequestsPolicy | null
  /** Null where there is none, which is how it should be. */
  readonly lockdown: LockdownPolicy | null
}

/** The member whose key is kept for the day that all others are lost. */
export interface Recovery {
  readonly line: number
  readonly name: string
  /** age recipients, as text. */
  readonly keys: readonly string[]
}

/** Settings of the files that a glob means. */
export interface FileRule {
  readonly line: number
  readonly path: string
  /** age recipients, as text, each once, without those that roles bring; everybody's when the rule names none. */
  readonly recipients: readonly string[]
  /** Whose members open it together; null where each of `recipients` does alone. */
  readonly keyGroups: KeyGroups | null
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
    ...findTwins(output.scan, yaml),
    ...findRotationProblems(output.rotation, yaml),
  ]
  if (problems.length > 0) throw invalid(file, problems)
  const policy = build(output, file, yaml)
  const loners = findLoners(policy)
  if (loners.length > 0) throw invalid(file, loners)
  return policy
}

/** Key groups that one person opens alone are a promise that is not kept. */
function findLoners({ files, members }: Policy): Problem[] {
  return files.flatMap(({ line, keyGroups }) => {
    const loner = keyGroups === null ? null : findLoner(keyGroups, members)
    return loner === null
      ? []
      : [{ line, message: `${loner} is in so many key-groups that nobody else would be needed` }]
  })
}

function build(text: PolicyText, file: string, yaml: Yaml): Policy {
  const { recovery: apart = null } = text
  const members = readMembers(text.recipients, { file, yaml, apart })
  const recipients = new Map(members.map(({ name, keys }) => [name, keys]))
  const all = everybody({ members }).flatMap(({ keys }) => keys)
  const resolve = (member: string) => recipients.get(member) ?? [member]
  const files = text.files.map((rule, index) => {
    const keyGroups = readKeyGroups(rule, resolve)
    const recipients = keyGroups === null ? (rule.recipients?.flatMap(resolve) ?? all) : everybodyIn(keyGroups)
    return {
      line: yaml.lineOf(['files', index]),
      path: rule.path,
      recipients: [...new Set(recipients)],
      keyGroups,
      quotes: rule.quotes,
      encryption: encryptionOf(rule.encryption ?? {}),
      decryptIn: decryptInOf(rule['decrypt-in']),
    }
  })
  const hook = { allow: allowancesOf(text.hook.allow, ['hook', 'allow'], yaml) }
  const scan = scanPolicyOf(text.scan, yaml)
  const schema = text.schema === undefined ? null : schemaOf(text.schema, { file, yaml })
  const signers = Object.entries(text.signers).map(([name, given]) => allowSigner(name, given))
  return {
    ...{ file, recipients, members, files, signers, publicNames: text.public, hook, scan, schema },
    recovery: apart === null ? null : { line: yaml.lineOf(['recovery']), name: apart, keys: recipients.get(apart)! },
    roles: readRoles(text.roles, yaml),
    environments: readEnvironments(text.environments, yaml),
    secrets: readSecrets(text.secrets, yaml),
    certificates: readCertificates(text.certificates, yaml),
    endpoints: readEndpoints(text.endpoints, yaml),
    check: readCheck(text.check, yaml),
    ledger: readLedgerSection(text.ledger),
    rotation: readRotation(text.rotation, yaml),
    requests: readRequests(text.requests),
    lockdown: readLockdown(text.lockdown, yaml),
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
