import { describe, expect, it } from 'vitest'
import { type EncryptedTo, judgeRecipients } from '../../../../src/core/check/repository/recipients.ts'
import type { Since } from '../../../../src/core/check/secrets/value-age.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { madeUpData, madeUpRecipient } from '../../policy/recipients.ts'

const [ada, ben, eve, gone] = Array.from({ length: 4 }, () => madeUpRecipient())
const quantum = `age1pq1${madeUpData(1952)}`
const NOW = new Date('2026-06-01T00:00:00Z')
const DAY = 24 * 60 * 60 * 1000

const POLICY = `
recipients:
  ada: {keys: ${ada}, owner: ada-l}
  ben: {keys: ${ben}, rotate-every: never}
  eve: {keys: ${eve}, since: 2026-01-01, rotate-every: 100d}
files:
  - {path: prod.encrypted, recipients: [ada]}
`

function encryptedTo(file: string, ...recipients: readonly (string | undefined)[]): EncryptedTo {
  return {
    file,
    path: file,
    environment: null,
    wrappedKeys: recipients.map((recipient) => ({ recipient: recipient! })),
    foreign: [],
  }
}

interface Given {
  readonly policy?: string
  readonly daysAgo?: Readonly<Record<string, number>>
  readonly former?: ReadonlyMap<string, string>
}

function judge(files: readonly EncryptedTo[], { policy = POLICY, daysAgo = {}, former = new Map() }: Given = {}) {
  const recipients = new Map<string, Since>(
    Object.entries(daysAgo).map(([key, days]) => [key, { date: new Date(NOW.getTime() - days * DAY), isExact: true }]),
  )
  return judgeRecipients({
    policy: parsePolicy(policy, 'sealward.yml'),
    files,
    ages: { files: new Map(), recipients },
    former,
    now: NOW,
  })
}

function answers(rule: string, ...given: Parameters<typeof judge>) {
  return judge(...given)
    .filter((one) => one.rule === rule)
    .map(({ name, level, message }) => [name, level, message])
}

describe('recipients', () => {
  it('are overdue by the day that sealward.yml says, else by the first version that has their key', () => {
    const found = judge([], { daysAgo: { [ada!]: 91, [ben!]: 900, [eve!]: 5 } })
    expect(found.map(({ name, rule, level, owners, place }) => [name, rule, level, owners, place?.line])).toEqual([
      ['ada', 'rotate-every', 'late', ['ada-l'], 3],
      ['eve', 'rotate-every', 'overdue', [], 5],
    ])
    expect(found[1]?.message).toBe('was last changed 151 days ago; every 100 is asked')
  })

  it('that are in no file yet have no age', () => {
    expect(judge([]).map(({ name }) => name)).toEqual(['eve'])
  })

  it('who left sealward.yml are named by what they were called, or by the beginning of their key', () => {
    const files = [encryptedTo('a.encrypted', ada, ben, eve, gone)]
    expect(answers('not-in-policy', files, { former: new Map([[gone!, 'greta']]) })).toEqual([
      ['greta', 'overdue', 'can open the file and is not in sealward.yml any more'],
    ])
    expect(answers('not-in-policy', files)).toEqual([
      [`${gone!.slice(0, 16)}...`, 'overdue', 'can open the file and is not in sealward.yml'],
    ])
    expect(answers('not-in-policy', [encryptedTo('a.encrypted', ada, 'age1short')])[0]?.[0]).toBe('age1short')
  })

  it.each([
    ['those it is for', [ada], 'ok', 'is encrypted to those whom sealward.yml names'],
    ['one too many', [ada, ben], 'overdue', 'is encrypted to 1 recipient that sealward.yml names for other files only'],
    ['somebody is missing', [], 'late', 'is not encrypted to 1 recipient that sealward.yml names for it'],
    [
      'both',
      [ben, eve],
      'overdue',
      'is encrypted to 2 recipients that sealward.yml names for other files only, and not to 1 recipient that it names',
    ],
  ])('of a file are compared with the policy: %s', (_, recipients, level, message) => {
    expect(answers('recipients-differ', [encryptedTo('prod.encrypted', ...recipients)])).toEqual([
      ['prod.encrypted', level, message],
    ])
  })

  it('are asked nothing by a policy that names nobody', () => {
    expect(judge([encryptedTo('a.encrypted', ada)], { policy: '' })).toEqual([])
  })

  it('have to be post-quantum where that is asked for', () => {
    const policy = `${POLICY}check: {post-quantum: required}`
    const files = [
      encryptedTo('a', quantum),
      encryptedTo('b', quantum, ada),
      { ...encryptedTo('c', quantum), foreign: ['kms'] },
    ]
    expect(answers('post-quantum', files)).toEqual([])
    expect(answers('post-quantum', files, { policy }).map(([name, level]) => [name, level])).toEqual([
      ['a', 'ok'],
      ['b', 'overdue'],
      ['c', 'overdue'],
    ])
  })

  it('have findings of their own each', () => {
    const ids = judge([encryptedTo('a', ada, gone), encryptedTo('b', ada, gone)]).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
