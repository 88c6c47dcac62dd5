import { describe, expect, it } from 'vitest'
import { checkStructure, rootOf } from '../../../../src/core/envelope/text/structure.ts'
import { codeOf } from '../../../support/sealing.ts'

const check = (names: readonly string[]) => checkStructure(new Set(names))

describe('flattened names', () => {
  it.each([
    [[]],
    [['mac', 'version']],
    [['age__list_0__map_enc', 'age__list_0__map_recipient', 'age__list_1__map_enc']],
    [['age__list_1__map_enc', 'age__list_0__map_enc']],
    [['kms__list_0__map_context__map_a', 'kms__list_0__map_context__map_b', 'kms__list_0__map_arn']],
    [['key_groups__list_0__map_age__list_0__map_enc', 'key_groups__list_1__map_pgp__list_0__map_fp']],
    [Array.from({ length: 30 }, (_, index) => `x__list_${29 - index}`)],
  ])('are one tree: %j', (names) => {
    expect(() => check(names)).not.toThrow()
  })

  it.each([
    ['a value and a list', ['age', 'age__list_0__map_enc']],
    ['a value and a map', ['x__map_y', 'x']],
    ['a value and a structure further down', ['kms__list_0__map_context', 'kms__list_0__map_context__map_a']],
    ['an item that is a value and a map', ['x__list_0', 'x__list_0__map_a']],
    ['a map and a list', ['x__map_a', 'x__list_0']],
    ['a list that does not start at 0', ['x__list_1']],
    ['a list with a gap', ['x__list_0', 'x__list_2']],
    ['a list with a gap further down', ['k__list_0__map_a__list_0__map_b', 'k__list_0__map_a__list_2__map_b']],
    ['a leading zero', ['x__list_00']],
    ['a sign', ['x__list_+0']],
    ['no number', ['x__list_']],
    ['letters for a number', ['x__list_a']],
    ['a number past all bounds', ['x__list_99999999999999999999']],
    ['too many levels', [`x${'__map_a'.repeat(17)}`]],
  ])('are refused for %s', async (_, names) => {
    expect(await codeOf(() => check(names))).toBe('malformed')
  })

  it('cost no more than their length, however they nest', async () => {
    expect(await codeOf(() => check([`x${'__map_a'.repeat(1_000_000)}`]))).toBe('malformed')
    expect(() => check(Array.from({ length: 200_000 }, (_, index) => `x__list_${index}`))).not.toThrow()
  })

  it('belong to their root', () => {
    expect(['mac', 'age__list_0__map_enc', 'a_b__map_c'].map(rootOf)).toEqual(['mac', 'age', 'a_b'])
  })
})
