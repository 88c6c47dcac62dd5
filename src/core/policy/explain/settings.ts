import { amount } from '../../report/amount.ts'
import { kindOf } from '../environments.ts'
import type { Policy } from '../policy.ts'
import { periodOf } from '../secrets/periods.ts'
import type { Environment } from '../sections/environments.ts'
import { ENVIRONMENT_KINDS, SECRET_TYPES, type SecretType } from '../sections/kinds.ts'
import { placeOf } from '../sections/place.ts'
import { roleRows } from './recipients.ts'
import { daysText, listText, type Row, type Table } from './rows.ts'

/** What counts in a repository, defaults filled in. Of single secrets `explainSecret` speaks. */
export function effectiveSettings(policy: Policy): Table[] {
  return [
    { heading: 'lockdown', rows: lockdownRows(policy) },
    { heading: 'rotate-every', rows: SECRET_TYPES.map(defaultRow) },
    ...policy.environments.map((environment) => environmentTable(policy, environment)),
    { heading: 'recipients', rows: policy.members.map(memberRow) },
    { heading: 'roles', rows: roleRows(policy) },
    { heading: 'check', rows: checkRows(policy) },
    { heading: 'entries', rows: entryRows(policy) },
  ].filter(({ rows }) => rows.length > 0)
}

function lockdownRows({ lockdown, file }: Policy): Row[] {
  if (lockdown === null) return []
  const { since, environments, refs, line } = lockdown
  const values = {
    since: since.toISOString(),
    environments: listText(environments ?? ['*']),
    refs: listText(refs ?? ['*']),
  }
  return Object.entries(values).map(([key, value]) => ({ key, value, decidedBy: placeOf(file, line) }))
}

/** What is built in for a type: one period, or one for each kind of environment. */
function defaultRow(type: SecretType): Row {
  const periods = ENVIRONMENT_KINDS.map((kind) => daysText(periodOf(type, { environment: null, kind, file: '' }).value))
  const value =
    new Set(periods).size === 1 ? periods[0]! : periods.map((days, at) => `${ENVIRONMENT_KINDS[at]} ${days}`).join(', ')
  return { key: type, value, decidedBy: 'default' }
}

/** What sealward.yml says of an environment. */
function environmentTable(policy: Policy, { name, line, paths, rotateEvery }: Environment): Table {
  const kind = kindOf(policy, name)
  const rows: Row[] = [{ key: 'paths', value: listText(paths), decidedBy: placeOf(policy.file, line) }]
  for (const [type, { days, line: at }] of rotateEvery)
    rows.push({ key: type, value: daysText(days), decidedBy: placeOf(policy.file, at) })
  return { heading: `environment ${name} (${kind ?? 'of no known kind: as production'})`, rows }
}

function memberRow({ name, keys, owners, roles, rotateEvery, decidedBy }: Policy['members'][number]): Row {
  const words = [amount(keys.length, 'key'), `rotate-every ${daysText(rotateEvery)}`]
  if (owners.length > 0) words.push(`owner ${listText(owners)}`)
  if (roles.length > 0) words.push(`roles ${listText(roles)}`)
  return { key: name, value: words.join('; '), decidedBy }
}

function checkRows({ check, file }: Policy): Row[] {
  const { webhook, slack } = check.notify
  const told = [webhook === null ? [] : ['webhook'], slack === null ? [] : ['slack']].flat()
  const values: Readonly<Record<string, string>> = {
    names: check.names ?? 'full in a private repository, hashed in a public one',
    issues: check.issues,
    'fail-on': check.failOn,
    probes: listText(check.probes),
    'post-quantum': check.postQuantum ? 'required' : 'optional',
    heartbeat: check.heartbeat === null ? '-' : daysText(check.heartbeat),
    notify: listText(told),
  }
  return Object.entries(values).map(([key, value]) => {
    const line = check.lines.get(key)
    return { key, value, decidedBy: line === undefined ? 'default' : placeOf(file, line) }
  })
}

function entryRows({ files, secrets, certificates, endpoints, rotation: { credentials } }: Policy): Row[] {
  return Object.entries({ files, secrets, certificates, endpoints, credentials }).flatMap(([key, { length }]) =>
    length === 0 ? [] : [{ key, value: String(length), decidedBy: '' }],
  )
}
