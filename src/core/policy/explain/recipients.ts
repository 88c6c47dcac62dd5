import { shortRecipient } from '../../age/short-recipient.ts'
import { everybodyIn, type KeyGroups, neededBy, wordsForGroups } from '../../envelope/keys/key-groups.ts'
import { amount } from '../../report/amount.ts'
import { recipientsFor, ruleFor } from '../match.ts'
import { coveredByRole, everybody } from '../people/roles.ts'
import type { Policy } from '../policy.ts'
import { followed } from '../rotation/followed.ts'
import type { Role } from '../sections/people/roles.ts'
import { placeOf } from '../sections/place.ts'
import { listText, type Row, type Table } from './rows.ts'

/** Who can open what, rule by rule: the first whose path means a file decides, and behind them all stands everybody. Then who comes by a role. */
export function explainPolicy(policy: Policy): Table[] {
  const { recovery } = policy
  const all = everybody(policy).flatMap(({ keys }) => keys)
  const rules = policy.files.map(
    ({ path, recipients, keyGroups, line }): Row => ({
      key: path,
      value: keyGroups === null ? listText(namesOf(policy, recipients)) : groupsText(policy, keyGroups),
      decidedBy: placeOf(policy.file, line),
    }),
  )
  const rest = { key: 'every other file', value: listText(namesOf(policy, all)), decidedBy: 'default: everybody' }
  const roles = roleRows(policy)
  return [
    { heading: 'who can open what; the first path counts', rows: [...rules, rest] },
    ...(roles.length === 0 ? [] : [{ heading: 'and by a role', rows: roles }]),
    ...(recovery === null ? [] : [{ heading: 'and every file, to recover it', rows: [recoveryRow(recovery.name)] }]),
    { heading: 'who there is', rows: policy.members.map(memberRow) },
  ]

  function memberRow({ name, keys, line }: Policy['members'][number]): Row {
    return { key: name, value: amount(keys.length, 'key'), decidedBy: placeOf(policy.file, line) }
  }

  function recoveryRow(name: string): Row {
    return { key: name, value: '', decidedBy: recoveryOrigin(policy) }
  }
}

/** Of the roles that somebody has, and those that sealward.yml speaks of. */
export function roleRows(policy: Policy): Row[] {
  return policy.roles.flatMap((role): Row[] => {
    const names = policy.members.filter(({ roles }) => roles.includes(role.name)).map(({ name }) => name)
    if (role.line === null && names.length === 0) return []
    return [{ key: role.name, value: `${listText(names)}: ${coverageOf(role)}`, decidedBy: roleOrigin(role, policy) }]
  })
}

function coverageOf({ paths, environments }: Role): string {
  if (paths?.length === 0) return 'no file'
  const where = environments === null ? [] : [`in ${environments.join(', ')}`]
  return [paths === null ? 'every file' : paths.join(', '), ...where].join(' ')
}

/** What of a role counts: its entry, or what is built in. */
export function roleOrigin({ line }: Role, { file }: Policy): string {
  return line === null ? 'built in' : placeOf(file, line)
}

/**
 * Who can open a file by the policy, and which entry or which role says so.
 *
 * @param file as it is to be called, and `relative` to sealward.yml
 */
export function explainRecipients(
  policy: Policy,
  { file, relative }: { readonly file: string; readonly relative: string },
): Table {
  const reasons = new Map(reasonsFor(policy, relative).map(({ key, name, why }) => [name ?? shortRecipient(key), why]))
  const rows = [...reasons].map(
    ([key, decidedBy]): Row => ({ key, value: withOthers(policy, { name: key, path: relative }), decidedBy }),
  )
  return { heading: file, rows: rows.length === 0 ? [nobodyRow(policy, relative)] : rows }
}

/** That a key can open a file. */
export interface Reason {
  /** The recipient, as text. */
  readonly key: string
  /** Whose it is; null where it stands in a list without being a member's. */
  readonly name: string | null
  /** The entry of `files`, or the role. */
  readonly why: string
}

/**
 * Everybody who can open a file by the policy: each key once, as `recipientsFor` has them.
 *
 * @param asked relative to sealward.yml
 */
export function reasonsFor(policy: Policy, asked: string): readonly Reason[] {
  const path = followed(policy, asked)
  const entry = entryFor(policy, path)
  const named = ruleFor(policy, path)?.recipients ?? everybody(policy).flatMap(({ keys }) => keys)
  const byRole = new Map(
    coveredByRole(policy, path).flatMap(({ member, role }) =>
      member.keys.map((key) => [key, `role ${role.name}, ${roleOrigin(role, policy)}`] as const),
    ),
  )
  return recipientsFor(policy, path).map((key) => ({
    ...{ key, name: nameOf(policy, key) },
    why: named.includes(key) ? entry : (byRole.get(key) ?? recoveryOrigin(policy)),
  }))
}

/** The entry of `files` that a path has, or what stands for one. */
export function entryFor(policy: Policy, path: string): string {
  const rule = ruleFor(policy, followed(policy, path))
  if (rule === null) return 'default: everybody in recipients'
  return `files[${policy.files.indexOf(rule)}], ${placeOf(policy.file, rule.line)}`
}

/** Of a policy that has one: its key is the only one that neither an entry nor a role lets in. */
function recoveryOrigin({ file, recovery }: Policy): string {
  return `recovery, ${placeOf(file, recovery!.line)}`
}

function nobodyRow(policy: Policy, path: string): Row {
  return { key: '-', value: 'nobody', decidedBy: entryFor(policy, path) }
}

function keyGroupsOf(policy: Policy, path: string): KeyGroups | null {
  return ruleFor(policy, followed(policy, path))?.keyGroups ?? null
}

/** `2 of 3 key groups: alice, bob | carol | ops`. */
function groupsText(policy: Policy, keyGroups: KeyGroups): string {
  const groups = keyGroups.groups.map((members) => namesOf(policy, members).join(', '))
  return `${wordsForGroups(keyGroups)}: ${groups.join(' | ')}`
}

/** What somebody needs to open a file: `with 1 of 2 other groups`. Empty for who opens it alone. */
function withOthers(policy: Policy, { name, path }: { readonly name: string; readonly path: string }): string {
  const keyGroups = keyGroupsOf(policy, path)
  if (keyGroups === null) return ''
  const keys = everybodyIn(keyGroups).filter((key) => (nameOf(policy, key) ?? shortRecipient(key)) === name)
  // Who has no key in any group has no row.
  const { needed, others } = neededBy(new Set(keys), keyGroups)!
  return `with ${needed} of ${amount(others, 'other group')}`
}

function namesOf(policy: Policy, keys: readonly string[]): string[] {
  return [...new Set(keys.map((key) => nameOf(policy, key) ?? shortRecipient(key)))]
}

function nameOf({ members }: Policy, key: string): string | null {
  return members.find((member) => member.keys.includes(key))?.name ?? null
}
