import * as v from 'valibot'
import { RULE_KINDS } from '../../envelope/values/rule.ts'

/** One key group of a creation rule, with those it merges. */
export interface SopsGroup {
  readonly age: readonly string[]
  readonly merge: readonly SopsGroup[]
  readonly kms: readonly unknown[]
  readonly gcp_kms: readonly unknown[]
  readonly hckms: readonly unknown[]
  readonly azure_keyvault: readonly unknown[]
  readonly hc_vault: readonly unknown[]
  readonly pgp: readonly unknown[]
}

/** A key without a value counts as absent, as it does for Go. */
const text = v.nullish(v.string(), '')

/** A list, or a text with commas; an entry of a list may have commas as well. */
const keys = v.pipe(
  v.nullish(v.union([v.string(), v.array(v.string())], 'must be text or a list of texts'), ''),
  v.transform((given) => [given].flat().flatMap(splitAtCommas)),
)

/** Go's YAML takes the words of YAML 1.1 where a truth value is expected. */
const flag = v.nullish(
  v.union(
    [
      v.boolean(),
      v.pipe(
        v.picklist(['y', 'yes', 'on', 'n', 'no', 'off']),
        v.transform((word) => meansYes(word)),
      ),
    ],
    'must be true or false',
  ),
  false,
)

/** Read for what it is, not for what is in it. */
const anything = v.nullish(v.unknown())
const foreign = v.nullish(v.array(v.unknown()), [])

const GroupSchema: v.GenericSchema<unknown, SopsGroup> = v.object({
  age: keys,
  merge: v.nullish(v.array(v.lazy(() => GroupSchema)), []),
  kms: foreign,
  gcp_kms: foreign,
  hckms: foreign,
  azure_keyvault: foreign,
  hc_vault: foreign,
  pgp: foreign,
})

const RuleSchema = v.pipe(
  v.object({
    path_regex: text,
    age: keys,
    kms: keys,
    gcp_kms: keys,
    hckms: keys,
    azure_keyvault: keys,
    hc_vault_transit_uri: keys,
    pgp: keys,
    aws_profile: text,
    key_groups: v.nullish(v.array(GroupSchema), []),
    shamir_threshold: v.nullish(v.number('must be a number')),
    unencrypted_suffix: text,
    encrypted_suffix: text,
    unencrypted_regex: text,
    encrypted_regex: text,
    unencrypted_comment_regex: text,
    encrypted_comment_regex: text,
    mac_only_encrypted: flag,
  }),
  v.check(
    (rule) => RULE_KINDS.filter((kind) => rule[kind] !== '').length <= 1,
    'has more than one of the six encryption rules',
  ),
)

/** .sops.yaml as sops 3.13 reads it. Sealward uses `creation_rules`; the rest is known so that it is not called a mistake. */
export const SopsSchema = v.object({
  creation_rules: v.nullish(v.array(RuleSchema), []),
  destination_rules: anything,
  stores: anything,
})

export type SopsRule = v.InferOutput<typeof RuleSchema>

function splitAtCommas(given: string): string[] {
  return given
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
}

function meansYes(word: string): boolean {
  return word.startsWith('y') || word === 'on'
}
