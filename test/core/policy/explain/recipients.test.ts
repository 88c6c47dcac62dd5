import { describe, expect, it } from 'vitest'
import { explainPolicy, explainRecipients } from '../../../../src/core/policy/explain/recipients.ts'
import type { Table } from '../../../../src/core/policy/explain/rows.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { madeUpRecipient } from '../recipients.ts'

const [ALICE, BOB, CAROL, OPS, NOBODYS] = Array.from({ length: 5 }, () => madeUpRecipient())
const SHOWN = `${NOBODYS!.slice(0, 16)}...`

const TEXT = `recipients:
  alice: ${ALICE}
  bob: [${BOB}, ${madeUpRecipient()}]
  carol: { keys: ${CAROL}, roles: [readonly] }
  ops: { keys: ${OPS}, roles: [shop, service] }
  safe: ${madeUpRecipient()}
recovery: safe
roles:
  shop: { paths: [shop/**, till/**], environments: [staging] }
  auditor: { environments: [development, staging] }
files:
  - path: production/**
    recipients: [alice, ${NOBODYS}]
  - path: vault/**
    key-groups: [[alice], [bob], [${NOBODYS}]]
    threshold: 2
  - path: both/**
    key-groups: [[alice, bob], [alice, ops], [carol]]
rotation:
  credentials:
    - { name: orders, path: production/.env.encrypted, url: DATABASE_URL }
    - { name: keys, path: vault/.env.encrypted, url: DATABASE_URL }
`
const POLICY = parsePolicy(TEXT, '/repo/sealward.yml')

function linesOf({ rows }: Pick<Table, 'rows'>): string[] {
  return rows.map(({ key, value, decidedBy }) => [key, value, decidedBy].filter(Boolean).join(' | '))
}

function said(text: string) {
  return explainPolicy(parsePolicy(text, 'sealward.yml')).map((table) => [table.heading, ...linesOf(table)])
}

describe('who can open what', () => {
  it('is said rule by rule, then by role, then who recovers, then who there is', () => {
    expect(explainPolicy(POLICY).map((table) => [table.heading, ...linesOf(table)])).toEqual([
      [
        'who can open what; the first path counts',
        `production/** | alice, ${SHOWN} | sealward.yml:12`,
        `vault/** | 2 of 3 key groups: alice | bob | ${SHOWN} | sealward.yml:14`,
        'both/** | 3 of 3 key groups: alice, bob | alice, ops | carol | sealward.yml:17',
        'every other file | alice, bob, safe | default: everybody',
      ],
      [
        'and by a role',
        'shop | ops: shop/**, till/** in staging | sealward.yml:9',
        'auditor | -: every file in development, staging | sealward.yml:10',
        'service | ops: no file | built in',
        'readonly | carol: every file in staging, development, testing | built in',
      ],
      ['and every file, to recover it', 'safe | recovery, sealward.yml:7'],
      [
        'who there is',
        'alice | 1 key | sealward.yml:2',
        'bob | 2 keys | sealward.yml:3',
        'carol | 1 key | sealward.yml:4',
        'ops | 1 key | sealward.yml:5',
        'safe | 1 key | sealward.yml:6',
      ],
    ])
  })

  it('has no headings for what a policy has nothing of', () => {
    expect(said(`recipients: { alice: ${ALICE} }`)).toEqual([
      ['who can open what; the first path counts', 'every other file | alice | default: everybody'],
      ['who there is', 'alice | 1 key | sealward.yml:1'],
    ])
  })
})

describe('who can open a file', () => {
  const ENTRY = ['files[0], sealward.yml:12', 'files[1], sealward.yml:14', 'files[2], sealward.yml:17']
  it.each([
    ['production/.env.encrypted', [`alice | ${ENTRY[0]}`, `${SHOWN} | ${ENTRY[0]}`, 'safe | recovery, sealward.yml:7']],
    ['vault/.env.encrypted', ['alice', 'bob', SHOWN].map((who) => `${who} | with 1 of 2 other groups | ${ENTRY[1]}`)],
    // Alice is in two of the groups already.
    [
      'both/.env.encrypted',
      ['alice | with 1 of 1', 'bob | with 2 of 2', 'ops | with 2 of 2', 'carol | with 2 of 2'].map(
        (who) => `${who} other group${who.startsWith('alice') ? '' : 's'} | ${ENTRY[2]}`,
      ),
    ],
    [
      'shop/.env.staging.encrypted',
      [
        ...['alice', 'bob', 'safe'].map((who) => `${who} | default: everybody in recipients`),
        'carol | role readonly, built in',
        'ops | role shop, sealward.yml:9',
      ],
    ],
  ])('is said of %s with the entry or the role that lets them in', (path, expected) => {
    expect(linesOf(explainRecipients(POLICY, { file: path, relative: path }))).toEqual(expected)
  })

  it.each([
    ['orders', 'production/.env.encrypted'],
    ['keys', 'vault/.env.encrypted'],
  ])('is the same for the record of the rotation %s as for its file', (name, path) => {
    const record = `.sealward/rotations/${name}.rotation`
    const [ofRecord, ofFile] = [record, path].map((relative) => explainRecipients(POLICY, { file: 'f', relative }))
    expect(ofRecord).toEqual(ofFile)
  })

  it('is nobody where no entry and no role lets anybody in, and says so', () => {
    const text = `recipients: { ci: { keys: ${OPS}, roles: [service] } }`
    const table = explainRecipients(parsePolicy(text, 'sealward.yml'), { file: 'x', relative: 'x' })
    expect(linesOf(table)).toEqual(['- | nobody | default: everybody in recipients'])
  })
})
