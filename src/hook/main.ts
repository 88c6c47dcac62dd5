import { SealwardError } from '../core/errors.ts'
import { HOOKS, type HookName, isHookName } from '../core/hook-name.ts'
import { printablePath } from '../core/report/text.ts'
import { type HookVerdict, type Manner, printVerdict } from '../core/report/verdict.ts'
import { guard } from '../tasks/hooks/guard.ts'
import { guardMessage } from '../tasks/hooks/guard-message.ts'
import { pushArguments } from './push.ts'
import { openWorld, type World } from './world.ts'

const CLEAN = 0
const FINDINGS = 1
const COULD_NOT = 2

type Hook = (args: readonly string[], world: World) => Promise<number>

const RUN: Readonly<Record<HookName, Hook>> = {
  'pre-commit': judgeFiles,
  'pre-merge-commit': judgeFiles,
  'commit-msg': judgeMessage,
  'pre-push': judgePush,
}

/** `hook.js NAME ARGUMENT...`, as git or a manager of hooks calls its hook. */
async function main([hook = '', ...args]: readonly string[], world: World): Promise<number> {
  if (isHookName(hook)) return RUN[hook](args, world)
  throw new SealwardError('usage', 'the first argument is not the name of a hook that is known', {
    hint: `sealward has these hooks: ${HOOKS.join(', ')}`,
  })
}

/** Git gives its hook no file; a manager of hooks may name some. */
async function judgeFiles(files: readonly string[], world: World): Promise<number> {
  const verdict = await guard({ files, prefix: world.prefix, now: world.now }, world)
  return answer(verdict, files.length > 0 ? 'named file' : 'staged file', world)
}

async function judgeMessage([file]: readonly string[], world: World): Promise<number> {
  if (file === undefined) throw new SealwardError('usage', 'commit-msg needs the file that holds the message')
  return answer(await guardMessage({ file, now: world.now }, world), 'commit message', world)
}

async function judgePush(args: readonly string[], world: World): Promise<number> {
  const asked = pushArguments(args, world.env)
  if (asked === null)
    throw new SealwardError('usage', 'pre-push needs the name of the remote, so nothing was looked at')
  return (await world.sealward(asked)) ?? COULD_NOT
}

function answer(verdict: HookVerdict, what: Manner['what'], world: World): number {
  world.say(printVerdict(verdict, { milliseconds: world.milliseconds(), what, paint: world.paint }))
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
    world.say(`sealward: ${world.paint('red', 'could not look')}: ${explain(error)}`)
    process.exitCode = COULD_NOT
  },
)
