import { describe, expect, test } from 'vitest'
import { type PlanRequest, planEnvironment } from '../../../src/core/environment/plan.ts'
import { refusal } from '../dotenv/reading.ts'

const plan = (request: Partial<Omit<PlanRequest, 'variables'>> & { variables?: Record<string, string> }) =>
  planEnvironment({
    existing: {},
    onConflict: 'replace',
    unsetPrevious: false,
    allowNames: [],
    ignoreCase: false,
    ...request,
    variables: new Map(Object.entries(request.variables ?? {})),
  })

describe('without anything there', () => {
  test('all variables are written, and their names are left for the next step', () => {
    expect(plan({ variables: { A: '1', B: '' } })).toEqual({
      pairs: [
        ['A', '1'],
        ['B', ''],
        ['SEALWARD_EXPORTED', 'A,B'],
      ],
      emptied: [],
      replaced: [],
      kept: [],
    })
  })
})

describe('a variable that is there', () => {
  const existing = { A: 'theirs', SAME: 'x', EMPTY: '', GONE: undefined }
  const variables = { A: 'ours', SAME: 'x', EMPTY: 'y', GONE: 'z' }

  test('is replaced and named when its value differs, and only then', () => {
    const { pairs, replaced, kept } = plan({ variables, existing })
    expect(Object.fromEntries(pairs)).toMatchObject(variables)
    expect([replaced, kept]).toEqual([['A'], []])
  })

  test('is kept, and is not taken for ours by the next step', () => {
    const { pairs, replaced, kept } = plan({ variables, existing, onConflict: 'keep' })
    expect(pairs).toEqual([
      ['SAME', 'x'],
      ['EMPTY', 'y'],
      ['GONE', 'z'],
      ['SEALWARD_EXPORTED', 'SAME,EMPTY,GONE'],
    ])
    expect([replaced, kept]).toEqual([[], ['A']])
  })

  test('is an error that names all of them and shows neither value', () => {
    const error = refusal(() => plan({ variables, existing: { ...existing, GONE: 'theirs' }, onConflict: 'error' }))
    expect([error.code, error.message]).toEqual(['exists', 'the job has A, GONE already, with other values'])
    expect(`${error.message}${error.hint}`).not.toMatch(/ours|theirs/)
    expect(plan({ variables: { SAME: 'x' }, existing, onConflict: 'error' }).replaced).toEqual([])
  })

  test.each([
    [true, ['Path_A']],
    [false, []],
  ])('is found in any letter case where case does not count: %s', (ignoreCase, replaced) => {
    expect(plan({ variables: { Path_A: '1' }, existing: { PATH_a: '2' }, ignoreCase }).replaced).toEqual(replaced)
  })
})

describe('what an earlier step exported', () => {
  const existing = { SEALWARD_EXPORTED: 'A,B,C', A: '1', B: '2', C: '' }

  test('is emptied when this step does not export it and it is not empty, before anything else is set', () => {
    const { pairs, emptied } = plan({ variables: { A: '9', D: '4' }, existing, unsetPrevious: true })
    expect(pairs).toEqual([
      ['B', ''],
      ['A', '9'],
      ['D', '4'],
      ['SEALWARD_EXPORTED', 'A,D'],
    ])
    expect(emptied).toEqual(['B'])
  })

  test('is in no conflict then', () => {
    expect(plan({ variables: { A: '9' }, existing, unsetPrevious: true, onConflict: 'error' }).replaced).toEqual([])
    expect(refusal(() => plan({ variables: { A: '9' }, existing, onConflict: 'error' })).code).toBe('exists')
  })

  test('is remembered as ours otherwise, kept ones too', () => {
    const names = (onConflict: 'keep' | 'replace') =>
      plan({ variables: { A: '9', D: '4' }, existing, onConflict }).pairs.at(-1)
    expect(names('replace')).toEqual(['SEALWARD_EXPORTED', 'B,C,A,D'])
    expect(names('keep')).toEqual(['SEALWARD_EXPORTED', 'A,B,C,D'])
  })

  test('is not emptied under another spelling of an exported name on Windows', () => {
    const request = { variables: { a: '9' }, existing, unsetPrevious: true }
    expect(plan({ ...request, ignoreCase: true }).emptied).toEqual(['B'])
    expect(plan(request).emptied).toEqual(['A', 'B'])
  })

  test.each([
    'PATH',
    'NODE_OPTIONS',
    'GITHUB_TOKEN',
    'RUNNER_TEMP',
    'SEALWARD_KEY',
    'SEALWARD_EXPORTED',
    'A=B',
    'A\nINJECTED=1',
    'A<<E',
    '__proto__x y',
    ' A',
  ])('does not include %j, whoever says so', (name) => {
    const forged = { [name]: 'x', SEALWARD_EXPORTED: `${name},,B`, B: '2' }
    const { emptied } = plan({ existing: forged, unsetPrevious: true })
    expect(emptied).toEqual(['B'])
    expect(plan({ existing: forged }).pairs).toEqual([['SEALWARD_EXPORTED', 'B']])
  })

  test('includes a name that may take over a process when this step may export it too, and never one of the runner', () => {
    const forged = { SEALWARD_EXPORTED: 'PATH,RUNNER_TEMP', PATH: 'x', RUNNER_TEMP: 'x' }
    const allowNames = ['PATH', 'RUNNER_TEMP']
    expect(plan({ existing: forged, unsetPrevious: true, allowNames }).emptied).toEqual(['PATH'])
  })
})

test('a list of very many names is cut at a name, far below what an environment can hold', () => {
  const variables = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`VARIABLE_${index}`, '']))
  const [, list] = plan({ variables }).pairs.at(-1)!
  expect(list.length).toBeLessThanOrEqual(64 * 1024)
  expect(list.split(',').every((name) => name in variables)).toBe(true)
  expect(list.split(',').length).toBeGreaterThan(4000)
})
