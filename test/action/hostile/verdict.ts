import { expect } from 'vitest'
import { EXPORTED_NAME } from '../../../src/core/environment/exported.ts'
import type { Variables } from '../runner/job-record.ts'
import { parseCommand } from '../runner/model/command.ts'
import { readLines } from '../runner/model/dotnet-text.ts'
import type { StepResult } from '../runner/step.ts'
import type { HostileCase } from './case.ts'
import type { Ground, Outcome } from './ground.ts'

/** The longest that any file may keep a job busy, on a machine that does other things too. */
const BOUND_MS = 10_000

/** The most that a refusal may print: a page of log, were every line of it as long as a path can be. */
const MOST_PRINTED = 256 * 1024

/** So many characters of a secret in a row are a leak. */
const LEAK = 6

/** Says whether an attack failed. */
export async function judge(hostile: HostileCase, outcome: Outcome, ground: Ground): Promise<void> {
  if (hostile.expected === 'taken') await expectTaken(outcome, ground)
  else expectRefused(hostile, outcome)
  expect(leaksOf(outcome), 'secrets that can be seen').toEqual([])
  expect(outcome.milliseconds).toBeLessThan(BOUND_MS)
}

/** One error of ours, and nothing else: nothing exported, no mask, no file, no other word. */
function expectRefused(
  { expected, masked = false }: HostileCase,
  { step, before, after, masks, changed }: Outcome,
): void {
  const { annotations, conclusion, exitCode, outputs, stderr, summary } = step
  expect([conclusion, exitCode, stderr, summary]).toEqual(['failure', 2, '', ''])
  expect([after, outputs, changed]).toEqual([before, {}, []])
  expect(commandsIn(step)).toEqual([...masks.map(() => 'add-mask'), 'error'])
  if (!masked) expect(masks).toEqual([])
  else expect(masks).not.toEqual([])
  expect(step.stdout.length - masks.join('').length).toBeLessThan(MOST_PRINTED)
  expect(annotations.map(({ type, properties }) => [type, properties.title])).toEqual([['error', 'sealward']])
  expect(step.stdout.match(/\[[a-z-]+\](?=%0A|\n)/g)).toEqual([`[${expected}]`])
}

/** What was sealed is exported byte for byte, and obeyed by nobody: not by the runner, not by the next step's shell. */
async function expectTaken({ step, promised, before, after, masks, changed }: Outcome, { job }: Ground): Promise<void> {
  expect([step.conclusion, step.exitCode, step.stderr, step.annotations.filter(isError)]).toEqual([
    'success',
    0,
    '',
    [],
  ])
  const { [EXPORTED_NAME]: _, ...exported } = after
  const { [EXPORTED_NAME]: __, ...others } = before
  expect(exported).toEqual({ ...others, ...promised })
  expect(changed).toEqual([])
  expect(Object.keys(step.outputs)).toEqual(['keys', 'count'])
  expect(JSON.parse(step.outputs.keys!)).toEqual(Object.keys(promised))
  // Masks come first and in one piece, so a later one is none of ours.
  expect(readLines(step.stdout).findIndex((line) => !line.startsWith('::add-mask::'))).toBe(masks.length)
  const strange = commandsIn(step).filter((name) => !['add-mask', 'notice', 'warning'].includes(name))
  expect([strange, step.annotations.filter(({ properties }) => properties.title !== undefined)]).toEqual([[], []])
  const { stdout } = await job.run({ script: 'env -0 | base64 | tr -d "\\n"', if: 'always()' })
  expect(environmentOf(stdout)).toMatchObject(promised)
}

function isError({ type }: { readonly type: string }): boolean {
  return type === 'error'
}

function environmentOf(encoded: string): Variables {
  const entries = Buffer.from(encoded, 'base64').toString('utf8').split('\0').slice(0, -1)
  return Object.fromEntries(entries.map((entry) => [entry.split('=', 1)[0], entry.slice(entry.indexOf('=') + 1)]))
}

/** The names of all commands in what a step wrote, whether a runner knows them or not. */
function commandsIn({ stdout, stderr }: StepResult): string[] {
  const commands = readLines(stdout + stderr).map((line) => parseCommand(line, () => true))
  return commands.filter((command) => command !== null).map(({ name }) => name)
}

/**
 * Which of the secrets can be seen in part: in what the step printed but for its masks, and on the pages that GitHub shows. Of a step that is
 * taken also in the log, where step debug prints all that it exports; that of a refused one adds only what the workflow itself said.
 */
function leaksOf({ step, folder }: Outcome): number[] {
  const printed = readLines(step.stdout).filter((line) => !line.startsWith('::add-mask::'))
  const seen = [
    ...printed,
    step.stderr,
    step.exitCode === 0 ? step.log : '',
    step.summary,
    JSON.stringify(step.annotations),
  ].join('\n')
  return folder.secrets.flatMap((secret, index) =>
    piecesOf(secret).some((piece) => seen.includes(piece)) ? [index] : [],
  )
}

/** What all keys begin with is no secret. */
function piecesOf(secret: string): string[] {
  const text = secret.replace(/^AGE-[A-Z-]*-1/, '')
  return Array.from({ length: Math.max(0, text.length - LEAK + 1) }, (_, start) => text.slice(start, start + LEAK))
}
