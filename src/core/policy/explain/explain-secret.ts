import { printableName } from '../../dotenv/names.ts'
import { amount } from '../../report/amount.ts'
import { settleEnvironment } from '../environments.ts'
import type { Policy } from '../policy.ts'
import { termsFor } from '../secret-terms.ts'
import { entryFor, reasonsFor } from './recipients.ts'
import { daysText, listText, type Row, type Table } from './rows.ts'

/** A variable of a file, and the file relative to the policy. */
export interface Subject {
  readonly name: string
  readonly file: string
  readonly relative: string
}

/** Everything that sealward.yml and the defaults say of a variable, each with what decided it. */
export function explainSecret(policy: Policy, { name, file, relative }: Subject): Table {
  const environment = settleEnvironment(policy, relative)
  const terms = termsFor(policy, { name, file: relative, environment: environment?.name ?? null })
  const { decidedBy } = terms
  const rows: Row[] = [
    {
      key: 'environment',
      value: environment?.name ?? '-',
      decidedBy: environment?.decidedBy ?? 'neither environments nor a name says it',
    },
    recipientsRow(policy, relative),
    { key: 'type', value: terms.type, decidedBy: decidedBy.type },
    { key: 'owner', value: listText(terms.owners), decidedBy: decidedBy.owners },
    { key: 'backup-owner', value: listText(terms.backupOwners), decidedBy: decidedBy.backupOwners },
    { key: 'rotate-every', value: daysText(terms.rotateEvery), decidedBy: decidedBy.rotateEvery },
    { key: 'warn', value: daysText(terms.warn), decidedBy: decidedBy.warn },
    { key: 'grace', value: daysText(terms.grace), decidedBy: decidedBy.grace },
    { key: 'expires', value: dayOf(terms.expires), decidedBy: decidedBy.expires },
    {
      key: 'exempt',
      value: terms.exempt === null ? '-' : `until ${dayOf(terms.exempt.until)}`,
      decidedBy: decidedBy.exempt,
    },
  ]
  return { heading: `${file}: ${printableName(name)}`, rows }
}

function recipientsRow(policy: Policy, path: string): Row {
  const reasons = reasonsFor(policy, path)
  const why = [...new Set(reasons.map((reason) => reason.why))]
  const decidedBy = why.length === 0 ? entryFor(policy, path) : why.join('; ')
  return { key: 'recipients', value: amount(reasons.length, 'key'), decidedBy }
}

function dayOf(date: Date | null): string {
  return date?.toISOString().slice(0, 10) ?? '-'
}
