#!/usr/bin/env node
import { SealwardError } from '../core/errors.ts'
import { printablePath } from '../core/report/text.ts'
import { printVerdict } from '../core/report/verdict.ts'
import { guard } from '../tasks/guard.ts'
import { openWorld, type World } from './world.ts'

const CLEAN = 0
const FINDINGS = 1
const COULD_NOT = 2

/** `hook.js pre-commit [FILE...]`: git gives its hook no file; a manager of hooks may name some. */
async function main([hook, ...files]: readonly string[], world: World): Promise<number> {
  if (hook !== 'pre-commit')
    throw new SealwardError('usage', 'the first argument is not the name of a hook that is known', {
      hint: 'sealward has one hook: pre-commit',
    })
  const verdict = await guard({ files, prefix: world.prefix, now: world.now }, world)
  const manner = {
    milliseconds: world.milliseconds(),
    files: files.length > 0 ? 'named' : 'staged',
    paint: world.paint,
  } as const
  world.say(printVerdict(verdict, manner))
  return verdict.findings.length === 0 ? CLEAN : FINDINGS
}

/** Errors that are not ours are bugs, and their messages may quote what they were handed: only their kind is shown. */
function explain(error: unknown): string {
  if (!(error instanceof SealwardError))
    return `an unexpected ${error instanceof Error ? error.name : 'failure'} [internal]\n`
  const { file, line, message, code, hint } = error
  const where = file === undefined ? '' : `${printablePath(file)}${line === undefined ? '' : `:${line}`}: `
  const advice = hint?.split('\n').map((row) => `  ${printablePath(row)}\n`) ?? []
  return `${where}${message} [${code}]\n${advice.join('')}`
}

const world = openWorld()
main(process.argv.slice(2), world).then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    world.say(`sealward: ${world.paint('red', 'could not check this commit')}: ${explain(error)}`)
    process.exitCode = COULD_NOT
  },
)
