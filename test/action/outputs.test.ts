import { afterEach, describe, expect, it } from 'vitest'
import { fail } from '../../src/action/fail.ts'
import { publish } from '../../src/action/outputs.ts'
import type { Runner } from '../../src/action/world.ts'
import { SealwardError } from '../../src/core/errors.ts'
import type { JobExport } from '../../src/tasks/job/export-to-job.ts'
import { recordingRunner } from '../fakes/recording-runner.ts'
import { refusal } from '../support/sealing.ts'

const exported: JobExport = {
  kind: 'exported',
  masks: ['one', 'two'],
  variables: new Map([
    ['A', 'one'],
    ['B', 'two'],
  ]),
  sources: [
    { path: 'a', names: ['A'], timestamp: '2026-01-01T00:00:00Z' },
    { path: 'b', names: ['B'], timestamp: '2026-01-01T00:00:00Z' },
  ],
  outputs: [['B', 'two']],
  hiddenOutputs: [],
  plan: { pairs: Object.entries({ A: 'one', B: 'two' }), emptied: [], replaced: [], kept: [] },
  file: null,
}

const world = (runner: Runner) => ({
  runner,
  remarks: [{ kind: 'warning', text: 'a warning' }] as const,
  clock: { now: () => new Date('2026-01-03T00:00:00Z') },
  actor: null,
})

describe('telling the runner', () => {
  it('begins with the masks, then outputs and variables, then warnings, then a line for people', async () => {
    const runner = recordingRunner()
    await publish(exported, { summary: 'off' }, world(runner))
    expect(runner.told).toEqual([
      ['mask', ['one', 'two']],
      ['set', { keys: '["A","B"]', count: '2', B: 'two' }, { A: 'one', B: 'two' }],
      ['annotate', 'warning', 'a warning'],
      ['say', 'sealward: 2 variables from a, b'],
      ['summarise', ''],
    ])
  })

  it('tells the post step of a file before the file is there, and exports nothing when it cannot be written', async () => {
    const runner = recordingRunner()
    const write = async () => {
      throw new SealwardError('io', 'the disk is full')
    }
    const failing = { ...exported, file: { place: '/tmp/x', write } }
    expect(await refusal(() => publish(failing, { summary: 'off' }, world(runner)))).toMatchObject({ code: 'io' })
    expect(runner.told).toEqual([
      ['mask', ['one', 'two']],
      ['keep', { sealward: '{"files":["/tmp/x"]}' }],
    ])
  })

  it('says what became of names that the job had, and of outputs that a job cannot have', async () => {
    const runner = recordingRunner()
    const plan = { pairs: [], emptied: ['E'], replaced: ['R', 'S'], kept: ['K'] }
    await publish({ ...exported, plan, hiddenOutputs: ['B'] }, { summary: 'off' }, world(runner))
    const notices = runner.told.filter(([, kind]) => kind === 'notice').map(([, , text]) => String(text).split(':')[0])
    expect(notices).toEqual(['R, S', 'K', 'E', 'B'])
  })

  it('gives empty outputs when there is no key by design', async () => {
    const runner = recordingRunner()
    await publish({ kind: 'skip', message: 'no key' }, { summary: 'names' }, world(runner))
    await publish({ kind: 'warn', message: 'no key' }, { summary: 'names' }, world(runner))
    expect(runner.told).toEqual([
      ['set', { keys: '[]', count: '0' }, {}],
      ['say', 'sealward: no key'],
      ['set', { keys: '[]', count: '0' }, {}],
      ['annotate', 'warning', 'no key'],
    ])
  })
})

describe('telling the runner of a failure', () => {
  afterEach(() => {
    process.exitCode = undefined
  })

  it('is one annotation with the place, the message, the code and what next', () => {
    const runner = recordingRunner()
    fail(new SealwardError('duplicate', 'A is there twice', { file: 'a.env', line: 3, hint: 'remove one' }), runner)
    const text = 'a.env: A is there twice [duplicate]\nremove one'
    expect(runner.told).toEqual([['annotate', 'error', text, { title: 'sealward', file: 'a.env', line: 3 }]])
    expect(process.exitCode).toBe(2)
  })

  it('shows of an error that is not ours its kind alone: its message may quote what it was handed', () => {
    for (const error of [new TypeError('hunter42 is not a function'), 'hunter42', { message: 'hunter42' }]) {
      const runner = recordingRunner()
      fail(error, runner)
      expect(JSON.stringify(runner.told)).toContain('[internal]')
      expect(JSON.stringify(runner.told)).not.toContain('hunter42')
    }
    expect(process.exitCode).toBe(2)
  })
})
