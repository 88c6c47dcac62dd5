import { describe, expect, it } from 'vitest'
import { exportToJob, type JobExportRequest } from '../../src/tasks/export-to-job.ts'
import { memoryWorld } from '../fakes/memory-world.ts'
import { newMember, refusal, seal } from '../support/sealing.ts'

const member = await newMember()
const stranger = await newMember()
const key = member.identity.secret.reveal()
const sealed = async (variables: Readonly<Record<string, string>>) =>
  seal(
    Object.entries(variables).map(([name, value]) => ({ kind: 'entry', name, value }) as const),
    [member],
  )
const FILES = { a: await sealed({ A: 'in a' }), b: await sealed({ A: 'in b' }), 'c/d': await sealed({ A: 'in d' }) }
const exported = (patterns: readonly string[], more: Partial<JobExportRequest> = {}) =>
  exportToJob({ patterns, ...more }, memoryWorld(FILES, member.identity))

describe('the files of an export', () => {
  it.each([
    [['a'], ['a'], 'in a'],
    [['b', 'a'], ['b', 'a'], 'in a'],
    [['?'], ['a', 'b'], 'in b'],
    [['?', 'a'], ['b', 'a'], 'in a'],
    [['**', 'b'], ['a', 'c/d', 'b'], 'in b'],
    [['{b,c/d}'], ['b', 'c/d'], 'in d'],
  ])('%j are %j', async (patterns, files, value) => {
    const outcome = await exported(patterns)
    expect([outcome.files, outcome.variables.get('A')]).toEqual([files, value])
  })

  it('are refused when a glob finds none, by the glob, and when nothing is named', async () => {
    expect(await refusal(() => exported(['a', 'x*']))).toMatchObject({ code: 'not-found', file: 'x*' })
    expect((await refusal(() => exported([]))).code).toBe('usage')
  })
})

describe('the masks of an export', () => {
  it('are of every value that is handed on, and of every key that was looked at', async () => {
    const other = stranger.identity.secret.reveal()
    const world = memoryWorld(FILES, null, `# mine\n${other} # and\n  ${key}\n`)
    const { masks } = await exportToJob({ patterns: ['a'] }, world)
    expect(masks).toEqual(expect.arrayContaining(['in a', key, other]))
    expect(masks).not.toContain('# mine')
  })

  it('are of what stood where a key was looked for, also when it was none', async () => {
    const { masks } = await exportToJob({ patterns: ['a'] }, memoryWorld(FILES, 'hunter42', member.identity))
    expect(masks).toContain('hunter42')
  })

  it('are of no value that stays behind', async () => {
    const world = memoryWorld({ a: await sealed({ A: 'first', B: 'second' }) }, member.identity)
    const { masks } = await exportToJob({ patterns: ['a'], except: ['B'] }, world)
    expect([masks.includes('first'), masks.includes('second')]).toEqual([true, false])
  })
})

describe('a value that is too long for a process to start', () => {
  it.each([
    ['A', 131_072 - 'A='.length - 1, 'x', true],
    ['A', 131_072 - 'A='.length, 'x', false],
    ['LONG_NAME', 131_072 - 'A='.length - 1, 'x', false],
    ['A', 43_689, '日', true],
    ['A', 43_690, '日', false],
  ])('%s of %i times %j is taken: %s', async (name, count, character, fits) => {
    const world = memoryWorld({ a: await sealed({ [name]: character.repeat(count) }) }, member.identity)
    const outcome = await exportToJob({ patterns: ['a'] }, world).catch((error) => `${error.code} ${error.message}`)
    if (fits) expect(outcome).toMatchObject({ files: ['a'] })
    else expect(outcome).toContain(`limit ${name} is too long`)
  })
})
