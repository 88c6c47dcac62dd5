import {
  everybodyIn,
  isOneGroup,
  type KeyGroups,
  mapGroups,
  oneGroup,
  sameGroups,
} from '../../envelope/keys/key-groups.ts'
import { expressionOf } from '../../glob/expression.ts'
import { printable } from '../../report/printable.ts'
import { keyGroupsFor, ruleFor } from '../match.ts'
import { everybody } from '../people/roles.ts'
import type { FileRule, Policy } from '../policy.ts'

/** A generated .sops.yaml begins with it. */
const MARK = '# Written by `sealward config sops` from sealward.yml: change that, and write this again.'

/** Whether a .sops.yaml is one that `printSopsConfig` made. */
export function isGenerated(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').startsWith(MARK)
}

/**
 * A .sops.yaml that says of files what a policy says, to stand beside it. Who comes by a role depends on more than a path: files for
 * which that counts get rules of their own, so it has to be written again when there is another one.
 *
 * @param files those that are there, relative to sealward.yml
 * @returns null for a policy that names nobody
 */
export function printSopsConfig(policy: Policy, files: readonly string[]): string | null {
  const own = files.filter((path) => !sameGroups(keyGroupsFor(policy, path), plainly(policy, ruleFor(policy, path))))
  const rules = [
    ...own.map((path): CreationRule => {
      return {
        says: path,
        expression: `^${literal(path)}$`,
        readers: keyGroupsFor(policy, path),
        rule: ruleFor(policy, path),
      }
    }),
    ...policy.files.map((rule): CreationRule => {
      return { says: rule.path, expression: expressionOf(rule.path), readers: plainly(policy, rule), rule }
    }),
    { says: 'every other file', expression: null, readers: plainly(policy, null), rule: null },
  ].filter(({ readers }) => everybodyIn(readers).length > 0)
  if (rules.length === 0) return null
  return [MARK, 'creation_rules:', ...rules.flatMap((rule) => printRule(rule, policy)), ''].join('\n')
}

interface CreationRule {
  /** The glob, for people. */
  readonly says: string
  /** Null for every file. */
  readonly expression: string | null
  readonly readers: KeyGroups
  readonly rule: FileRule | null
}

/** Whom the files of a rule are for, without those who come by a role. */
function plainly({ members, recovery }: Policy, rule: FileRule | null): KeyGroups {
  if (rule !== null && rule.keyGroups !== null) return rule.keyGroups
  const named = rule?.recipients ?? everybody({ members }).flatMap(({ keys }) => keys)
  return mapGroups(oneGroup([...named, ...(named.length === 0 ? [] : (recovery?.keys ?? []))]), (keys) => keys)
}

/** Key groups also where there is one: sops of every version reads lists there, and a list of recipients elsewhere only lately. */
function printRule({ says, expression, readers, rule }: CreationRule, policy: Policy): string[] {
  const lines = [
    ...(expression === null ? [] : [`path_regex: ${quoted(expression)}`]),
    'key_groups:',
    ...readers.groups.flatMap((members) => [
      '  - age:',
      ...members.map((key) => `      - ${key}${nameOf(key, policy)}`),
    ]),
    ...(isOneGroup(readers) ? [] : [`shamir_threshold: ${readers.threshold}`]),
    ...encryptionOf(rule),
  ]
  return [`  # ${printable(says)}`, ...lines.map((line, at) => `  ${at === 0 ? '-' : ' '} ${line}`)]
}

function encryptionOf(rule: FileRule | null): string[] {
  if (rule === null) return []
  const { rule: values, macOnlyEncrypted } = rule.encryption
  return [
    ...(values === null ? [] : [`${values.kind}: ${quoted(values.pattern)}`]),
    ...(macOnlyEncrypted ? ['mac_only_encrypted: true'] : []),
  ]
}

function nameOf(key: string, { members }: Policy): string {
  const name = members.find(({ keys }) => keys.includes(key))?.name
  return name === undefined ? '' : ` # ${name}`
}

/** Control characters were refused in globs and patterns. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function literal(path: string): string {
  return path.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
