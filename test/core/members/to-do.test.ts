import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeToDo } from '../../../src/core/check/repository/to-do.ts'
import type { ValueAge } from '../../../src/core/check/secrets/value-age.ts'
import { printToDo, readToDo, type ToDo, toDoPath } from '../../../src/core/members/to-do.ts'
import { bytesOf, codeOf, textOf } from '../../support/sealing.ts'

const T = (text: string) => new Date(`${text}Z`)
const LEFT = T('2026-05-01T00:00:00')
const ITEM = { file: '.env.encrypted', name: 'A', since: T('2025-01-01T00:00:00'), sinceIsExact: true, until: LEFT }
const TO_DO: ToDo = { member: 'bob', removed: LEFT, secrets: [ITEM] }

describe('a list of what to rotate', () => {
  it('is read as it was written, a secret a line', () => {
    const date = fc.date({ noInvalidDate: true, min: T('1970-01-01T00:00:00'), max: T('9999-12-31T00:00:00') })
    const text = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }).filter((one) => one.isWellFormed())
    const item = fc.record({ file: text, name: text, since: date, sinceIsExact: fc.boolean(), until: date })
    fc.assert(
      fc.property(fc.record({ member: text, removed: date, secrets: fc.array(item, { maxLength: 4 }) }), (toDo) => {
        const bytes = printToDo(toDo)
        expect(readToDo(bytes, 'x')).toEqual(toDo)
        const lines = textOf(bytes).split('\n')
        if (toDo.secrets.length > 0) expect(lines.length).toBe(8 + toDo.secrets.length)
      }),
      { numRuns: 50 },
    )
  })

  it.each(['', '{}', '[]', '{"v":2}', '{"v":1,"member":"a","removed":"x","secrets":[]}'])(
    'refuses %j',
    async (text) => {
      expect(await codeOf(() => readToDo(bytesOf(text), 'x'))).toBe('malformed')
    },
  )

  it('has a name that no other has', () => {
    expect(toDoPath(TO_DO)).toBe('.sealward/to-do/20260501T000000.000Z-bob.json')
  })
})

describe('judging it', () => {
  const age = (earliest: string | null, more: Partial<ValueAge> = {}): ValueAge => ({
    ...{ since: T('2026-06-01T00:00:00'), isExact: true, before: null, commit: 'c', evidence: 'value' },
    earliest: earliest === null ? null : T(earliest),
    ...more,
  })
  const levelOf = (found: ValueAge | null | 'gone') =>
    judgeToDo({
      ...{ file: 'list', toDo: TO_DO },
      today: () => (found === 'gone' ? null : { environment: null, owners: [], age: found }),
    })[0]!.level

  it.each([
    ['a value of before they left', age('2026-04-01T00:00:00'), 'overdue'],
    ['one that came at the very moment', age('2026-05-01T00:00:00'), 'overdue'],
    ['one that came later', age('2026-05-01T00:00:01'), 'ok'],
    ['one of which nobody knows since when', age(null), 'overdue'],
    ['one that came back', age('2026-06-01T00:00:00', { before: T('2026-04-01T00:00:00') }), 'overdue'],
    ['one without history', null, 'overdue'],
    ['one that is in no file any more', 'gone', 'late'],
  ] as const)('%s', (_, found, level) => {
    expect(levelOf(found)).toBe(level)
  })

  it.each([
    [{}, 'bob, who left, could read it since 2025-01-01', 'bob could read it in .env.encrypted until 2026-05-01'],
    [
      { why: 'post-quantum' },
      'keys that are not post-quantum, which will be broken some day, could read it since 2025-01-01',
      'keys that are not post-quantum could read it in .env.encrypted until 2026-05-01',
    ],
    [
      { why: 'lockdown', secrets: [{ ...ITEM, sinceIsExact: false }] },
      'whoever had a key before the lockdown could read it since at least 2025-01-01',
      'whoever had a key before the lockdown could read it in .env.encrypted until 2026-05-01',
    ],
  ] as const)('says who could read it: %j', (given, message, reason) => {
    const [judged] = judgeToDo({ file: 'list', toDo: { ...TO_DO, ...given }, today: () => null })
    expect(judged).toMatchObject({
      message: `${message}; it is in that file no more, and may still work`,
      reasons: [reason],
    })
  })

  it.each([
    ['value', 'it has its value since 2026-06-01'],
    ['ciphertext', 'without a key, its encrypted line says no more than that its value is from 2026-06-01 or earlier'],
  ] as const)('says what is known by the %s', (evidence, reason) => {
    const today = { environment: 'production', owners: ['mona'], age: age('2026-04-01T00:00:00', { evidence }) }
    const [judged] = judgeToDo({ file: 'list', toDo: TO_DO, today: () => today })
    expect(judged).toMatchObject({ environment: 'production', owners: ['mona'], advice: 'Rotate it.' })
    expect(judged!.reasons.slice(1)).toEqual([reason])
  })

  it('names the line that may be deleted', () => {
    const [judged] = judgeToDo({ file: 'list', toDo: TO_DO, today: () => null })
    const line = textOf(printToDo(TO_DO)).split('\n')[judged!.place!.line! - 1]
    expect(JSON.parse(line!)).toMatchObject({ name: 'A' })
  })
})
