import { beforeAll, describe, expect, it } from 'vitest'
import { credentialScene, FILE, RECORD, type SceneKind, type SceneOptions } from '../../../support/credential-scene.ts'
import { type Member, newMember, textOf } from '../../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const scene = (kind: SceneKind, options: Omit<SceneOptions, 'member'> = {}) =>
  credentialScene(kind, { member, ...options })

describe('what is written down', () => {
  it('shows no login and no secret to who has no key, and to who has one both', async () => {
    const at = await scene('alternating')
    await at.run()
    const text = textOf(at.remote.files.get(RECORD)!)
    const { password } = await at.committed()
    for (const secret of ['first', password, 'app_a', 'app_b', 'db.example']) expect(text).not.toContain(secret)
    expect(text).toContain('\nPHASE=grace\n')
    expect(await at.record()).toMatchObject({ previous: { user: 'app_a' } })
  })

  it('goes into the ledger in the same commit, without a value', async () => {
    const at = await scene('dual', { ledger: true })
    await at.run({ reason: 'quarterly' })
    const lines = textOf(at.remote.files.get('.sealward/ledger.jsonl')!).trim().split('\n')
    const { password } = await at.committed()
    expect(lines.join()).not.toContain(password)
    const entries = lines.map((line) => JSON.parse(line))
    expect(entries.map(({ kind, phase }) => phase ?? kind)).toEqual([
      'pending-committed',
      'tested',
      'value-rotated',
      'grace',
    ])
    expect(entries[2]).toMatchObject({
      names: ['DATABASE_URL'],
      reason: 'quarterly',
      files: [{ path: RECORD }, { path: FILE }],
    })
  })

  it('refuses a single login behind a pull request, unless an outage is the lesser evil', async () => {
    const at = await scene('single', { byRequest: true })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unsupported' })
    expect(at.remote.messages).toEqual([])
    expect((await at.run({ emergency: true }))!.outcome.kind).toBe('rotated')
  })

  it('plans without asking anybody, and changes nothing', async () => {
    const at = await scene('alternating')
    at.database.isDown = true
    const { outcome } = (await at.run({ dryRun: true }))!
    expect(outcome).toMatchObject({ kind: 'planned', plan: { strategy: 'alternating', driver: 'postgres' } })
    expect(JSON.stringify(outcome)).not.toContain('first')
    expect(JSON.stringify(outcome)).toContain('app_b')
    expect(at.remote.messages).toEqual([])
  })
})
