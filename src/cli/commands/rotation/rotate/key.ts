import { resolve } from 'node:path'
import { SealwardError } from '../../../../core/errors.ts'
import { amount } from '../../../../core/report/amount.ts'
import { printablePath } from '../../../../core/report/text.ts'
import type { Rotation } from '../../../../core/rotation/state.ts'
import { type Call, type Command, IDENTITY } from '../../../command.ts'
import { openRotation } from '../../../rotation/world.ts'
import { REASON, reasonOf } from './reason.ts'

const HAND_OVER = ['push', 'manifest', 'secret-name', 'namespace']

export const rotateKey: Command = {
  name: 'rotate key',
  synopsis: '-o FILE | --finish | --rollback',
  summary:
    'Puts a new age identity in the place of yours, in every file that you can open and in sealward.yml; the old one opens them too until --finish.',
  details: `
A rotation begins with -o. The new key is written there before the first file
needs it, and never over a file that is there; after a crash the same command goes
on with it. Commit what changed, put the new key where the old one is, and give
--finish when the grace is over. All files change or none does.

--push takes github:OWNER/REPO:NAME, github:OWNER/REPO/environments/ENV:NAME,
or github:OWNER:NAME of an organisation, and needs GH_TOKEN. Without -o, --push
and --manifest hand over the key of the last rotation.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'where the new identity goes (mode 0600)' },
    REASON,
    { name: 'environment', value: 'NAME', help: 'only files of this environment' },
    { name: 'replace', value: 'RECIPIENT', help: 'the recipient to replace, where several of yours are in use' },
    { name: 'pq', help: 'a post-quantum hybrid key (default: of the kind of the old one)' },
    { name: 'grace', value: 'PERIOD', help: 'how long the old key is promised to work: 7d (default), 2w' },
    { name: 'emergency', help: 'the old key ends at once; with --finish, before its time' },
    { name: 'dry-run', help: 'say what would be done, and change nothing' },
    { name: 'finish', help: 'take the old key away, when its time is over' },
    { name: 'rollback', help: 'put back what was there before the rotation' },
    { name: 'push', value: 'TARGET', repeat: true, help: 'put the new key into a secret of GitHub Actions' },
    { name: 'manifest', value: 'FILE|-', help: 'write the new key as a Secret of Kubernetes (mode 0600)' },
    { name: 'secret-name', value: 'NAME', help: 'of that Secret (default: sealward-key)' },
    { name: 'namespace', value: 'NAME', help: 'of that Secret (default: none, as whoever applies it has it)' },
    IDENTITY,
  ],
  args: { min: 0, max: 0 },
  async run(call) {
    const alone = ['dry-run', 'finish', 'rollback'].filter((flag) => call.has(flag))
    if (alone.length > 1) throw new SealwardError('usage', `--${alone[0]} and --${alone[1]} do not go together`)
    const stray = HAND_OVER.find((flag) => call.has(flag) && (call.has('finish') || call.has('rollback')))
    if (stray !== undefined) throw new SealwardError('usage', `--${stray} does not go with --${alone[0]}`)
    if (call.has('finish')) return finish(call)
    if (call.has('rollback')) return rollBack(call)
    const { planKeyRotation, rotateKey: rotate } = await import('../../../../tasks/keys/rotate-key.ts')
    const { handOver, planHandOver, readHandOver } = await import('../../../rotation/hand-over.ts')
    const wanted = readHandOver(call)
    const request = { ...(await requestOf(call)), ...(wanted !== null && { handOver: wanted.names }) }
    const world = await openRotation(call.world)
    if (call.has('dry-run')) {
      sayPlan(await planKeyRotation(request, world), call)
      await planHandOver(wanted, call)
      return 0
    }
    await planHandOver(wanted, call, 'quiet')
    const rotation = await rotate(request, world)
    await sayNew(rotation, call)
    return sayNext(await handOver(wanted, rotation, call), call)
  },
}

function sayPlan({ old, files }: { readonly old: string; readonly files: readonly string[] }, { world }: Call): void {
  for (const path of files) world.terminal.print(`${printablePath(path)}\n`)
  const what =
    files.length === 0 ? 'no file would change' : `${amount(files.length, 'file')} would get a new recipient for ${old}`
  world.teller.note(`${what}; nothing was changed`)
}

async function finish(call: Call): Promise<number> {
  const { finishKeyRotation } = await import('../../../../tasks/keys/rotate-finish.ts')
  await finishKeyRotation({ early: call.has('emergency') }, await openRotation(call.world))
  call.world.teller.note('the old key opens nothing any more; git history stays readable to it')
  return 0
}

async function rollBack(call: Call): Promise<number> {
  const { rollBackKeyRotation } = await import('../../../../tasks/keys/rotate-back.ts')
  const { keyFile } = await rollBackKeyRotation(await openRotation(call.world))
  call.world.teller.note(`everything is as it was before; the new key is still in ${printablePath(keyFile)}`)
  return 0
}

async function sayNew(rotation: Rotation, { world }: Call): Promise<void> {
  const { describeRotation } = await import('../../../../core/report/rotation/rotation.ts')
  world.teller.note(describeRotation(rotation))
  world.teller.note(`the new key is in ${printablePath(rotation.keyFile)}, its recipient is ${rotation.fresh}`)
}

async function sayNext(rotation: Rotation, { world }: Call): Promise<number> {
  const { nextStep } = await import('../../../../core/report/rotation/rotation.ts')
  const next = nextStep(rotation)
  world.teller.note(next ?? 'the old key opens nothing any more; git history stays readable to it')
  return 0
}

async function requestOf(call: Call) {
  const [output, environment, replace] = [call.one('output'), call.one('environment'), call.one('replace')]
  return {
    ...(output !== undefined && { output: resolve(output) }),
    ...(environment !== undefined && { environment }),
    ...(replace !== undefined && { replace }),
    ...(call.has('pq') && { kind: 'hybrid' as const }),
    ...reasonOf(call),
    emergency: call.has('emergency'),
    graceDays: await graceOf(call),
  }
}

async function graceOf(call: Call): Promise<number> {
  const given = call.one('grace') ?? '7d'
  if (call.has('emergency') && call.has('grace'))
    throw new SealwardError('usage', '--grace and --emergency do not go together')
  const { DURATION, daysOf } = await import('../../../../core/policy/sections/duration.ts')
  if (!DURATION.test(given)) throw new SealwardError('usage', '--grace takes a period such as 7d, 2w or 1mo')
  return daysOf(given)!
}
