import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomSecret } from '../support/git-repository.ts'
import { parseCommand } from './runner/model/command.ts'
import { readLines } from './runner/model/dotnet-text.ts'
import type { StepResult } from './runner/step.ts'
import { startSealwardJob } from './sealward-job.ts'

/** Names of files that a pull request may bring. */
const PATHS = [
  '::add-mask::b.encrypted',
  ' ::stop-commands::b.encrypted',
  '##[add-mask]b.encrypted',
  'a ##[set-output name=keys]b.encrypted',
  'a\n::add-mask::b.encrypted',
  'a\r::set-output name=count::7b.encrypted',
  '::error file=x,line=1::b.encrypted',
  '%0A::add-mask::b.encrypted',
  'a\u001b[2J\u2028::add-mask::b.encrypted',
  'a<<EOF=b.encrypted',
]

const VALUES = [
  '::add-mask::x',
  '\n::stop-commands::token\n::add-mask::x',
  '##[add-mask]x',
  '%0A::add-mask::x',
  '%250A%25::error::x',
  'ghadelimiter_00000000-0000-4000-8000-000000000000\nNODE_OPTIONS<<EOF\n--require x\nEOF',
  'EOF\nPATH=/evil',
  '\r\nBEE=2\r\n',
]

/** The names of all commands in what a step wrote, whatever the runner makes of them. */
function commandsIn({ stdout, stderr }: StepResult): string[] {
  const commands = readLines(stdout + stderr).map((line) => parseCommand(line, () => true))
  return commands.filter((command) => command !== null).map(({ name }) => name)
}

describe.runIf(process.platform !== 'win32')('the name of a file that looks like a command', () => {
  it('is a name, when the file is opened', async () => {
    const secrets = PATHS.map(() => randomSecret())
    const job = await startSealwardJob({})
    for (const [index, path] of PATHS.entries()) {
      mkdirSync(dirname(join(job.workspace, path)), { recursive: true })
      await job.add(path, { [`A${index}`]: secrets[index]! })
    }
    const step = await job.load({ files: '**/*b.encrypted' })
    expect([step.conclusion, step.outputs.count, Object.keys(step.outputs)]).toEqual([
      'success',
      '10',
      ['keys', 'count'],
    ])
    expect(new Set(commandsIn(step))).toEqual(new Set(['add-mask']))
    expect(job.result.masks).toEqual(expect.arrayContaining([...secrets, job.key]))
  })

  it('is a name, when the file is missing', async () => {
    const job = await startSealwardJob({})
    for (const path of PATHS.filter((one) => !/[\n\r]/.test(one))) {
      const step = await job.load({ files: path })
      expect([step.conclusion, commandsIn(step)]).toEqual(['failure', ['error']])
      expect(step.annotations.map(({ properties }) => properties.file)).toEqual([path.trim()])
    }
    expect(job.result.masks).toEqual([])
  })
})

describe('a value that looks like a command', () => {
  it('is a value', async () => {
    const variables = Object.fromEntries(VALUES.map((value, index) => [`A${index}`, value]))
    const names = Object.keys(variables)
    const job = await startSealwardJob(variables)
    const step = await job.load({ outputs: names.join(' ') })
    expect(new Set(commandsIn(step))).toEqual(new Set(['add-mask', 'notice']))
    expect(step.annotations.map(({ message }) => message)).toEqual([expect.stringMatching(/^A0, .* hidden in logs/)])
    expect(job.exported).toEqual(variables)
    expect(step.outputs).toEqual({ keys: JSON.stringify(names), count: String(names.length), ...variables })
    for (const value of VALUES.slice(0, 5))
      for (const line of value.trim().split('\n')) expect(job.mask(line)).not.toContain('::')
    expect(await job.seen(names)).toEqual(variables)
  })
})
