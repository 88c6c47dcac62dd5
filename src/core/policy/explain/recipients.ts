import { amount } from '../../report/amount.ts'
import { recipientsFor, ruleFor } from '../match.ts'
import type { Policy } from '../policy.ts'
import { placeOf } from '../sections/place.ts'
import { listText, type Row, type Table } from './rows.ts'

/** Who can open what, rule by rule: the first whose path means a file decides, and behind them all stands everybody. */
export function explainPolicy(policy: Policy): Table[] {
  const everybody = [...new Set(policy.members.flatMap(({ keys }) => keys))]
  const rules = policy.files.map(
    ({ path, recipients, line }): Row => ({
      ...{ key: path, value: listText(namesOf(policy, recipients)) },
      decidedBy: placeOf(policy.file, line),
    }),
  )
  const rest = { key: 'every other file', value: listText(namesOf(policy, everybody)), decidedBy: 'default: everybody' }
  return [
    { heading: 'who can open what; the first path counts', rows: [...rules, rest] },
    { heading: 'who there is', rows: policy.members.map(memberRow) },
  ]

  function memberRow({ name, keys, line }: Policy['members'][number]): Row {
    return { key: name, value: amount(keys.length, 'key'), decidedBy: placeOf(policy.file, line) }
  }
}

/**
 * Who can open a file by the policy, and which entry says so.
 *
 * @param file as it is to be called, and `relative` to sealward.yml
 */
export function explainRecipients(
  policy: Policy,
  { file, relative }: { readonly file: string; readonly relative: string },
): Table {
  const rule = ruleFor(policy, relative)
  const decidedBy =
    rule === null
      ? 'default: everybody in recipients'
      : `files[${policy.files.indexOf(rule)}], ${placeOf(policy.file, rule.line)}`
  const names = namesOf(policy, recipientsFor(policy, relative))
  return {
    heading: file,
    rows:
      names.length === 0
        ? [{ key: '-', value: 'nobody', decidedBy }]
        : names.map((key) => ({ key, value: '', decidedBy })),
  }
}

const SHOWN = 16

/** Whose the keys are; one that has no name as itself. A post-quantum recipient has 1,959 characters. */
function namesOf({ members }: Policy, keys: readonly string[]): string[] {
  const names = keys.map(
    (key) => members.find((member) => member.keys.includes(key))?.name ?? `${key.slice(0, SHOWN)}...`,
  )
  return [...new Set(names)]
}
