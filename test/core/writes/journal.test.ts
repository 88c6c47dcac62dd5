import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printJournal, readJournal, settle } from '../../../src/core/writes/journal.ts'
import { codeOf } from '../../support/sealing.ts'

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array))
const write = fc.record({ path: fc.constantFrom('a', 'b/.env', 'c d/é'), before: fc.option(bytes), after: bytes })

describe('a journal', () => {
  it('says again what was written into it', () => {
    fc.assert(
      fc.property(fc.array(write), (writes) => {
        expect(readJournal(printJournal(writes))).toEqual(writes)
      }),
    )
  })

  it('is none where it is empty or not there', () => {
    expect([readJournal(null), readJournal(new Uint8Array())]).toEqual([[], []])
  })

  it.each(['/etc/passwd', '../x', 'a/../../x', '.git/hooks/pre-commit', 'a//b', 'C:/x', 'a\\b', './a', '', 'a\0'])(
    'that names %j is refused',
    async (path) => {
      const text = JSON.stringify({ v: 1, writes: [{ path, before: null, after: 'AA==' }] })
      expect(await codeOf(() => readJournal(Buffer.from(text)))).toBe('malformed')
    },
  )

  it.each(['{', '[]', '{"v":2,"writes":[]}', '{"v":1,"writes":[{"path":"a","before":null,"after":"?"}]}'])(
    'that reads %j is refused',
    async (text) => {
      expect(await codeOf(() => readJournal(Buffer.from(text)))).toBe('malformed')
    },
  )
})

describe('settling', () => {
  const [old, fresh, odd] = ['old', 'new', 'odd'].map((text) => Buffer.from(text))
  const writes = ['a', 'b', 'c'].map((path) => ({ path, before: path === 'c' ? null : old!, after: fresh! }))

  it('goes on where every file is one of the two', () => {
    const { way, writes: due } = settle(writes, [fresh!, old!, null])
    expect([way, due.map(({ path }) => path)]).toEqual(['finished', ['b', 'c']])
    expect(settle(writes, [fresh!, fresh!, fresh!])).toEqual({ way: 'finished', writes: [], strangers: [] })
  })

  it('goes back where somebody has changed one since, and leaves that one', () => {
    const settled = settle(writes, [fresh!, odd!, fresh!])
    expect(settled).toEqual({ way: 'taken back', strangers: ['b'], writes: [{ path: 'a', bytes: old }] })
    expect(settle(writes, [fresh!, null, null]).strangers).toEqual(['b'])
  })
})
