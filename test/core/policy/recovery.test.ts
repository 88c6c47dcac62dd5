import { describe, expect, it } from 'vitest'
import { judgeRecipients } from '../../../src/core/check/repository/recipients.ts'
import { removeMember, renameMember } from '../../../src/core/members/edit-policy.ts'
import { explainPolicy, explainRecipients } from '../../../src/core/policy/explain/recipients.ts'
import { keyGroupsFor, recipientsFor } from '../../../src/core/policy/match.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { codeOf, newMember, refusal } from '../../support/sealing.ts'

const [ALICE, BOB, SAFE] = await Promise.all([1, 2, 3].map(async () => (await newMember()).recipient.text))
const HEAD = `recipients:\n  alice: ${ALICE}\n  bob: ${BOB}\n  safe: ${SAFE}\n`
const TEXT = `${HEAD}recovery: safe # in the bank\nfiles:\n  - path: prod/**\n    recipients: [alice]\n`
const policy = parsePolicy(TEXT, 'sealward.yml')

describe('the recovery key', () => {
  it('opens every file, also one whose list does not name it', () => {
    expect(recipientsFor(policy, 'prod/.env.encrypted')).toEqual([ALICE, SAFE])
    expect(recipientsFor(policy, '.env.encrypted')).toEqual([ALICE, BOB, SAFE])
  })

  it('is never the only one of a file', () => {
    const others = parsePolicy(`recipients:\n  safe: { keys: ${SAFE}, roles: [service] }\nrecovery: safe\n`, 'x')
    expect(recipientsFor(others, '.env.encrypted')).toEqual([])
  })

  it('is in no key group that does not name it, because it opens nothing there alone', () => {
    const text = TEXT.replace('recipients: [alice]', 'key-groups: [[alice], [bob]]')
    expect(keyGroupsFor(parsePolicy(text, 'x'), 'prod/.env.encrypted').groups).toEqual([[ALICE], [BOB]])
  })

  it('is a name of recipients', async () => {
    const { code, line, message } = await refusal(() => parsePolicy(`${HEAD}recovery: safer\n`, 'x'))
    expect([code, line, message]).toEqual(['policy-invalid', 5, expect.stringContaining('did you mean safe?')])
    expect(await codeOf(() => parsePolicy(`${HEAD}recovery: ${SAFE}\n`, 'x'))).toBe('policy-invalid')
  })

  it('lies in its safe for as long as nobody says otherwise', () => {
    const periods = (text: string) => parsePolicy(text, 'x').members.map(({ rotateEvery }) => rotateEvery)
    expect(periods(TEXT)).toEqual([90, 90, null])
    expect(periods(TEXT.replace(`safe: ${SAFE}`, `safe: { keys: ${SAFE}, rotate-every: 1y }`))).toEqual([90, 90, 365])
  })

  it('is named where it is said who can open what', () => {
    expect(explainRecipients(policy, { file: 'f', relative: 'prod/x' }).rows).toEqual([
      { key: 'alice', value: '', decidedBy: 'files[0], sealward.yml:7' },
      { key: 'safe', value: '', decidedBy: 'recovery, sealward.yml:5' },
    ])
    expect(explainPolicy(policy).find(({ heading }) => heading.includes('recover'))!.rows).toEqual([
      { key: 'safe', value: '', decidedBy: 'recovery, sealward.yml:5' },
    ])
  })

  it('is missed by name where a file is not encrypted to it', () => {
    const judge = (...recipients: string[]) => {
      const file = {
        file: 'f',
        path: 'prod/x',
        environment: null,
        wrappedKeys: recipients.map((recipient) => ({ recipient })),
        foreign: [],
      }
      const question = { policy, files: [file], ages: null, former: new Map(), now: new Date(0) }
      return judgeRecipients(question)
        .filter(({ rule }) => rule === 'recipients-differ')
        .map(({ level, message }) => [level, message])
    }
    expect(judge(ALICE!)).toEqual([['late', expect.stringContaining('the recovery key (safe) does not open it')]])
    expect(judge(ALICE!, SAFE!)).toEqual([['ok', expect.not.stringContaining('recovery')]])
  })

  it('is not removed by accident, and takes its line with it when it is meant', async () => {
    const source = { text: TEXT, file: 'sealward.yml' }
    expect(await codeOf(() => removeMember(source, 'safe'))).toBe('removal-refused')
    const text = removeMember(source, 'safe', { force: true })
    expect(text).toBe(TEXT.replace(`  safe: ${SAFE}\n`, '').replace('recovery: safe # in the bank\n', ''))
    expect(removeMember(source, 'bob')).toContain('recovery: safe')
  })

  it('is called otherwise in both places', () => {
    const text = renameMember({ text: TEXT, file: 'sealward.yml' }, { from: 'safe', to: 'bank' })
    expect(text).toBe(TEXT.replace('  safe:', '  bank:').replace('recovery: safe', 'recovery: bank'))
  })
})
