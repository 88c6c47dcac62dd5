import { describe, expect, it } from 'vitest'
import {
  exportToJob,
  type JobExport,
  type JobExportRequest,
  type JobWorld,
} from '../../../src/tasks/job/export-to-job.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { newMember, refusal, seal } from '../../support/sealing.ts'

const member = await newMember()
const stranger = await newMember()
const key = member.identity.secret.reveal()
const sealed = async (variables: Readonly<Record<string, string>>) =>
  seal(
    Object.entries(variables).map(([name, value]) => ({ kind: 'entry', name, value }) as const),
    [member],
  )
const FILES = { a: await sealed({ A: 'in a' }), b: await sealed({ A: 'in b' }), 'c/d': await sealed({ A: 'in d' }) }
const REQUEST: Omit<JobExportRequest, 'patterns'> = {
  outputs: [],
  environment: { onConflict: 'replace', unsetPrevious: false },
  file: null,
  masks: { publicNames: [], minLength: 4, short: 'warn', budget: 2000 },
  allowUntrusted: 'none',
  ifMissingKey: 'error',
  signed: null,
}
type Changes = { [Key in keyof JobExportRequest]?: JobExportRequest[Key] }
const exportFrom = async (world: JobWorld, changes: Changes): Promise<JobExport> => {
  const outcome = await exportToJob({ ...REQUEST, patterns: ['a'], ...changes }, world)
  if (outcome.kind !== 'exported') throw new Error(outcome.message)
  return outcome
}
const exported = (patterns: readonly string[]) => exportFrom(memoryWorld(FILES, member.identity), { patterns })

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
    expect([outcome.sources.map(({ path }) => path), outcome.variables.get('A')]).toEqual([files, value])
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
    const { masks } = await exportFrom(world, {})
    expect(masks).toEqual(expect.arrayContaining(['in a', key, other]))
    expect(masks).not.toContain('# mine')
  })

  it('are of what stood where a key was looked for, also when it was none', async () => {
    const { masks } = await exportFrom(memoryWorld(FILES, 'hunter42', member.identity), {})
    expect(masks).toContain('hunter42')
  })

  it('are of every value of the files, also of those that are left out or a part of others', async () => {
    const variables = { PART: 'first one', WHOLE: 'a ${PART} b', OTHER: 'second one' }
    const world = memoryWorld({ a: await sealed(variables) }, member.identity)
    const { masks, variables: names } = await exportFrom(world, { only: ['WHOLE'], expand: true })
    expect(Object.fromEntries(names)).toEqual({ WHOLE: 'a first one b' })
    expect(masks).toEqual(expect.arrayContaining(['first one', 'a ${PART} b', 'a first one b', 'second one']))
  })

  it('are of no value that sealward.yml or the request calls public', async () => {
    const files = {
      a: await sealed({ A: 'first one', B_REGION: 'second one', C: 'third one' }),
      'sealward.yml': 'public: ["*_REGION"]',
    }
    const { masks } = await exportFrom(memoryWorld(files, member.identity), {
      masks: { ...REQUEST.masks, publicNames: ['A'] },
    })
    const seen = (value: string) => masks.some((mask) => value.includes(mask))
    expect(['first one', 'second one', 'third one'].map(seen)).toEqual([false, false, true])
  })

  it('cannot leave out a name that is in none of the files', async () => {
    const changes = { masks: { ...REQUEST.masks, publicNames: ['TYPO'] } }
    expect(await refusal(() => exportFrom(memoryWorld(FILES, member.identity), changes))).toMatchObject({
      code: 'not-found',
    })
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
    const outcome = await exportFrom(world, {}).catch((error) => `${error.code} ${error.message}`)
    if (fits) expect(outcome).toMatchObject({ kind: 'exported' })
    else expect(outcome).toContain(`limit ${name} is too long`)
  })
})

describe('what is compared with the commit of the run', () => {
  it('is what is opened, each file read once, and the configuration that counts for it', async () => {
    const files = { a: await sealed({ A: '1' }), 'sealward.yml': '' }
    const world = memoryWorld(files, member.identity)
    const compared: string[] = []
    const compare: JobWorld['commit']['compare'] = async (list) => {
      compared.push(
        ...list.map(({ path, bytes }) => `${path} ${Buffer.from(bytes).equals(Buffer.from(files[path as 'a']))}`),
      )
      return world.commit.compare(list)
    }
    await exportFrom({ ...world, commit: { compare } }, {})
    expect(compared).toEqual(['a true', 'sealward.yml true'])
    expect(world.touched.filter((touch) => touch === 'read a')).toHaveLength(1)
  })

  it('ends the run before anything is opened when it differs', async () => {
    const world = memoryWorld({ a: 'this is no encrypted file' }, member.identity)
    const compare: JobWorld['commit']['compare'] = async () => [{ file: 'a', blob: 'differs', head: null }]
    const refused = await refusal(() => exportFrom({ ...world, commit: { compare } }, {}))
    expect(refused).toMatchObject({ code: 'untrusted', file: 'a' })
  })
})
