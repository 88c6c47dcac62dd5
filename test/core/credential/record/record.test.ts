import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { PHASES, stageOf } from '../../../../src/core/credential/machine/phase.ts'
import { RECORD_RULE } from '../../../../src/core/credential/record/fields.ts'
import { credentialAt, recordPath } from '../../../../src/core/credential/record/place.ts'
import { readPlainRecord, readRecord } from '../../../../src/core/credential/record/read-record.ts'
import { ended, moved, newRecord, type RotationRecord } from '../../../../src/core/credential/record/record.ts'
import { sealRecord } from '../../../../src/core/credential/record/seal-record.ts'
import { DRIVERS, STRATEGIES } from '../../../../src/core/credential/target.ts'
import { parseEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { inspectFile } from '../../../../src/core/envelope/inspect.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { documentOf } from '../../../support/documents.ts'
import {
  bytesOf,
  codeOf,
  type Member,
  newMember,
  open,
  type SealOptions,
  seal,
  textOf,
} from '../../../support/sealing.ts'

let [alice, bob]: Member[] = []
beforeAll(async () => {
  ;[alice, bob] = [await newMember(), await newMember()]
})

const fileFor = async (...members: Member[]) => parseEncryptedFile(await seal(documentOf({ A: 'x' }), members))
const PATH = recordPath('orders-db')
const date = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const secret = fc.string({ minLength: 1, maxLength: 40 }).map((text) => new Secret(text))
const login = fc.record({ user: fc.string({ maxLength: 20 }), password: secret })
const record: fc.Arbitrary<RotationRecord> = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{16}$/),
  name: fc.constant('orders-db'),
  file: fc.stringMatching(/^[a-z/.]{1,40}$/),
  driver: fc.constantFrom(...DRIVERS),
  strategy: fc.constantFrom(...STRATEGIES),
  phase: fc.constantFrom(...PHASES.filter((phase) => phase !== 'planned')),
  started: date,
  updated: date,
  graceUntil: fc.option(date),
  emergency: fc.boolean(),
  failures: fc.nat(999_999),
  lastFailure: fc.option(fc.constantFrom('unavailable', 'check-failed', 'drift')),
  target: fc.string({ maxLength: 40 }),
  origin: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
  pending: fc.option(fc.record({ user: fc.string({ maxLength: 20 }), password: fc.option(secret) })),
  previous: fc.option(login),
})
const isWhole = ({ phase, origin, pending }: RotationRecord) =>
  stageOf(phase) === 'idle' || (origin !== null && pending !== null)
const plainly = ({ pending, previous, ...rest }: RotationRecord) => ({
  ...rest,
  pending: pending && { ...pending, password: pending.password?.reveal() ?? null },
  previous: previous && { ...previous, password: previous.password.reveal() },
})
const begun = () =>
  newRecord({
    ...{
      name: 'orders-db',
      file: 'a/.env.encrypted',
      driver: 'postgres',
      strategy: 'alternating',
      target: 'db.example',
    },
    ...{ emergency: false, failures: 0, now: new Date('2026-03-04T05:06:07Z') },
    current: { user: 'app_a', password: new Secret('old-one') },
    pending: { user: 'app_b', password: new Secret('to-come') },
  })

describe('the record of a rotation', () => {
  it('comes back as it was written, whole with a key and in part without one', async () => {
    const file = await fileFor(alice!)
    await fc.assert(
      fc.asyncProperty(record.filter(isWhole), async (one) => {
        const bytes = await sealRecord(one, file)
        expect(plainly(readRecord(await open(bytes, alice!.identity), PATH))).toEqual(plainly(one))
        const { target: _, pending: __, previous: ___, origin: ____, ...plain } = one
        expect(readPlainRecord(bytes, PATH)).toEqual(plain)
      }),
      { numRuns: 40 },
    )
  })

  it('is for exactly those for whom the file is, under a data key of its own each time', async () => {
    const both = await fileFor(alice!, bob!)
    const bytes = await sealRecord(begun(), both)
    const again = await sealRecord(begun(), both)
    for (const { identity } of [alice!, bob!])
      expect(readRecord(await open(bytes, identity), PATH).name).toBe('orders-db')
    expect(await codeOf(async () => open(await sealRecord(begun(), await fileFor(alice!)), bob!.identity))).toBe(
      'no-identity',
    )
    const [one, other] = [await open(bytes, alice!.identity), await open(again, alice!.identity)]
    expect(Buffer.compare(one.dataKey, other.dataKey)).not.toBe(0)
  })

  it('is in order for who verifies it, and shows nobody a login', async () => {
    const bytes = await sealRecord(
      { ...begun(), previous: { user: 'app_a', password: new Secret('old-one') } },
      await fileFor(alice!),
    )
    expect(await inspectFile(bytes, PATH)).toEqual([])
    for (const word of ['to-come', 'old-one', 'app_a', 'app_b', 'db.example']) expect(textOf(bytes)).not.toContain(word)
  })

  it('is refused without what is to come, or without what it began with, while it is under way', async () => {
    const file = await fileFor(alice!)
    for (const change of [{ pending: null }, { origin: null }]) {
      const bytes = await sealRecord({ ...begun(), ...change }, file)
      expect(await codeOf(async () => readRecord(await open(bytes, alice!.identity), PATH))).toBe('malformed')
    }
  })

  it('is refused where a login in it lacks a half, or nothing says whose it is', async () => {
    const text = textOf(await sealRecord(begun(), await fileFor(alice!)))
    const { document } = await open(bytesOf(text), alice!.identity)
    const resealed = (lines: typeof document, rule: SealOptions['rule'] = RECORD_RULE) =>
      seal(lines, [alice!], { rule })
    const without = (...names: string[]) =>
      document.filter((line) => line.kind !== 'entry' || !names.includes(line.name))
    const half = [...document, { kind: 'entry', name: 'PREVIOUS', value: 'x' }] as const
    for (const lines of [without('TARGET'), without('PENDING_USER'), half])
      expect(await codeOf(async () => readRecord(await open(await resealed(lines), alice!.identity), PATH))).toBe(
        'malformed',
      )
    expect(readRecord(await open(await resealed(document), alice!.identity), PATH).target).toBe('db.example')
    const rule = { kind: 'encrypted_suffix', pattern: '_X' } as const
    expect(
      await codeOf(async () => readRecord(await open(await resealed(document, rule), alice!.identity), PATH)),
    ).toBe('malformed')
  })

  it('is not made for a file that others than age recipients open', async () => {
    const { metadata } = await fileFor(alice!)
    expect(await codeOf(() => sealRecord(begun(), { metadata: { ...metadata, foreign: ['kms'] } }))).toBe('unsupported')
  })

  it('is refused in any other form', async () => {
    const text = textOf(await sealRecord(begun(), await fileFor(alice!)))
    const refused = async (from: string | RegExp, to: string, path = PATH) =>
      codeOf(() => readPlainRecord(bytesOf(text.replace(from, to)), path))
    expect(readPlainRecord(bytesOf(text), PATH).phase).toBe('pending-committed')
    for (const [from, to] of [
      ['NAME=orders-db', 'NAME=other'],
      ['PHASE=pending-committed', 'PHASE=planned'],
      ['PHASE=pending-committed', 'PHASE=done'],
      ['FAILURES=0', 'FAILURES=-1'],
      ['FAILURES=0', 'FAILURES=00'],
      ['FAILURES=0', 'FAILURES=9999999'],
      ['EMERGENCY=false', 'EMERGENCY=no'],
      ['STARTED=2026', 'STARTED=26'],
      [/STARTED=.*/, 'STARTED=2026-13-41T00:00:00.000Z'],
      [/ID=.*/, 'ID=../../x'],
      ['DRIVER=postgres', 'DRIVER=oracle'],
      ['LAST_FAILURE=', 'LAST_FAILURE=what the server said'],
      ['VERSION=1\n', ''],
      ['FILE=', 'MORE=x\nFILE='],
    ] as const)
      expect(await refused(from, to), `${from} to ${to}`).toBe('malformed')
    expect(await refused('VERSION=1', 'VERSION=2')).toBe('unsupported')
    expect(await refused('x^', '', recordPath('another'))).toBe('malformed')
  })

  it('stands where its name says, and nowhere else', () => {
    expect(credentialAt(recordPath('a-1'))).toBe('a-1')
    for (const path of [
      'a.rotation',
      '.sealward/rotations/.rotation',
      '.sealward/rotations/a/b.rotation',
      '.sealward/rotations/A.rotation',
    ])
      expect(credentialAt(path), path).toBeNull()
  })

  it('makes no move that there is not, and keeps no secret at its end', () => {
    expect(() => moved(begun(), 'promoted')).toThrow('cannot go from')
    const promoted = moved(moved(begun(), 'tested'), 'promoted', { previous: { user: 'a', password: new Secret('b') } })
    expect(ended(moved(promoted, 'grace'), 'revoked')).toMatchObject({
      pending: null,
      previous: null,
      target: 'db.example',
    })
    expect(begun().id).not.toBe(begun().id)
  })
})
