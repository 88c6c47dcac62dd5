import { afterEach, describe, expect, it } from 'vitest'
import { fail, publish } from '../../src/action/outputs.ts'
import { SealwardError } from '../../src/core/errors.ts'
import { recordingRunner } from '../fakes/recording-runner.ts'
import { refusal } from '../support/sealing.ts'

const exported = {
  files: ['a', 'b'],
  variables: new Map([
    ['A', 'one'],
    ['B', 'two'],
  ]),
  masks: ['one', 'two'],
}

describe('telling the runner', () => {
  it('begins with the masks, then outputs and variables, then warnings, then a line for people', () => {
    const runner = recordingRunner()
    publish(exported, { outputs: ['B'], exportEnv: true }, { runner, remarks: ['a warning'] })
    expect(runner.told).toEqual([
      ['mask', ['one', 'two']],
      ['set', { keys: '["A","B"]', count: '2', B: 'two' }, { A: 'one', B: 'two' }],
      ['annotate', 'warning', 'a warning'],
      ['say', 'sealward: 2 variables from a, b'],
    ])
  })

  it('says nothing at all when an output is asked for that is no variable, and names it', async () => {
    const runner = recordingRunner()
    const wanted = { outputs: ['A', 'MISSING'], exportEnv: true }
    const { code, message } = await refusal(() => publish(exported, wanted, { runner, remarks: ['a warning'] }))
    expect([code, message, runner.told]).toEqual(['not-found', 'the output MISSING is no variable of the files', []])
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
