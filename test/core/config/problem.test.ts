import { describe, expect, it } from 'vitest'
import { invalid, locate } from '../../../src/core/config/problem.ts'
import { SealwardError } from '../../../src/core/errors.ts'

describe('an error about a setting', () => {
  it('has the place of the setting, and what was wrong and what to do next as they were said', () => {
    const said = new SealwardError('usage', 'is not RE2', { hint: 'say it otherwise', file: 'other', line: 9 })
    expect(locate(said, 'policy-invalid', { file: 'a.yml', line: 3 })).toMatchObject({
      ...{ code: 'policy-invalid', message: 'is not RE2', hint: 'say it otherwise', file: 'a.yml', line: 3 },
    })
    const bare = locate(new SealwardError('malformed', 'is broken'), 'malformed', { file: 'a.yml' }) as SealwardError
    expect([bare.message, bare.line]).toEqual(['is broken', undefined])
  })

  it.each([new TypeError('a fault of ours'), 'thrown', null])('passes as it is where it is not ours: %s', (error) => {
    expect(locate(error, 'policy-invalid', { file: 'a.yml' })).toBe(error)
  })
})

describe('the problems of a file', () => {
  const problems = (amount: number) =>
    Array.from({ length: amount }, (_, at) => ({ line: amount - at, message: 'is wrong' }))

  it('are one message for one, and a list in the order of the file for several', () => {
    expect(invalid('f', problems(1))).toMatchObject({ message: 'is wrong', line: 1, code: 'policy-invalid' })
    expect(invalid('f', problems(2))).toMatchObject({
      message: '2 problems\n  line 1: is wrong\n  line 2: is wrong',
      line: 1,
    })
  })

  it('are counted past twenty', () => {
    expect(invalid('f', problems(20)).message).not.toContain('more')
    expect(invalid('f', problems(23)).message).toMatch(/^23 problems\n(?:.*\n)* {2}line 20: is wrong\n {2}and 3 more$/)
  })
})
