import { resolve } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import { amount } from '../../core/report/amount.ts'
import { printablePath } from '../../core/report/text.ts'
import type { Rotation } from '../../core/rotation/state.ts'
import { type Call, type Command, DEFAULT_FILE, IDENTITY } from '../command.ts'
import { openRotation } from '../rotation/world.ts'

type Verb = (call: Call) => Promise<number>

const VERBS: Readonly<Record<string, Verb>> = { 'data-key': dataKey, key, status }
const ONLY_KEY = ['output', 'replace', 'pq', 'environment', 'grace', 'emergency', 'dry-run', 'finish', 'rollback']
const REASON_CHARACTERS = 1000

export const rotate: Command = {
  name: 'rotate',
  synopsis: 'data-key [FILE...] | key | status',
  summary:
    'Gives encrypted files new keys. Every value is compared before a file is replaced, and all files change or none.',
  details: `
data-key   a new data key for each file, for the same recipients (without FILE:
           .env.encrypted)
key        a new age identity in the place of yours, in every file that you can
           open and in sealward.yml; the old one opens them too until --finish
status     what the last rotation of a key has come to

After a crash \`rotate key\` goes on with the same key. The new one is written to
-o before the first file needs it, and never over a file that is there.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'key: where the new identity goes (mode 0600)' },
    { name: 'reason', value: 'TEXT', help: 'why, for the ledger' },
    { name: 'environment', value: 'NAME', help: 'key: only files of this environment' },
    { name: 'replace', value: 'RECIPIENT', help: 'key: the recipient to replace, where several of yours are in use' },
    { name: 'pq', help: 'key: a post-quantum hybrid key (default: of the kind of the old one)' },
    { name: 'grace', value: 'PERIOD', help: 'key: how long the old key is promised to work: 7d (default), 2w' },
    { name: 'emergency', help: 'key: the old key is out at once; with --finish, before its time' },
    { name: 'dry-run', help: 'key: say which files; opens and compares them, and changes nothing' },
    { name: 'finish', help: 'key: take the old key away, when its time is over' },
    { name: 'rollback', help: 'key: put back every file as it was before the rotation' },
    IDENTITY,
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const [name = '', ...rest] = call.args
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name]! : null
    if (verb === null || (name !== 'data-key' && rest.length > 0))
      throw new SealwardError('usage', `rotate takes ${rotate.synopsis}`)
    const stray = name === 'key' ? undefined : ONLY_KEY.find((flag) => call.has(flag))
    if (stray !== undefined) throw new SealwardError('usage', `--${stray} goes with rotate key alone`)
    return verb(call)
  },
}

async function dataKey(call: Call): Promise<number> {
  const { rotateDataKey } = await import('../../tasks/rotate-data-key.ts')
  const [, ...named] = call.args
  const files = named.length > 0 ? named : [DEFAULT_FILE]
  const done = await rotateDataKey({ files, ...reasonOf(call) }, await openRotation(call.world))
  for (const path of done) call.world.teller.note(`${printablePath(path)}: new data key`)
  return 0
}

async function key(call: Call): Promise<number> {
  const alone = ['dry-run', 'finish', 'rollback'].filter((flag) => call.has(flag))
  if (alone.length > 1) throw new SealwardError('usage', `--${alone[0]} and --${alone[1]} do not go together`)
  if (call.has('finish')) return finish(call)
  if (call.has('rollback')) return rollBack(call)
  const { planKeyRotation, rotateKey } = await import('../../tasks/rotate-key.ts')
  const request = await requestOf(call)
  const world = await openRotation(call.world)
  if (!call.has('dry-run')) return say(await rotateKey(request, world), call)
  const { old, files } = await planKeyRotation(request, world)
  for (const path of files) call.world.terminal.print(`${printablePath(path)}\n`)
  call.world.teller.note(`${amount(files.length, 'file')} would get a new recipient for ${old}; nothing was changed`)
  return 0
}

async function finish(call: Call): Promise<number> {
  const { finishKeyRotation } = await import('../../tasks/rotate-finish.ts')
  await finishKeyRotation({ early: call.has('emergency') }, await openRotation(call.world))
  call.world.teller.note('the old key opens nothing any more; git history stays readable to it')
  return 0
}

async function rollBack(call: Call): Promise<number> {
  const { rollBackKeyRotation } = await import('../../tasks/rotate-back.ts')
  const { keyFile } = await rollBackKeyRotation(await openRotation(call.world))
  call.world.teller.note(`everything is as it was before; the new key is still in ${printablePath(keyFile)}`)
  return 0
}

async function status({ world }: Call): Promise<number> {
  const { rotationStatus } = await import('../../tasks/rotate-status.ts')
  const { printRotationStatus } = await import('../../core/report/rotation.ts')
  const rotation = await rotationStatus(await openRotation(world))
  if (rotation === null) world.teller.note('this clone knows of no rotation')
  else world.terminal.print(printRotationStatus(rotation))
  return 0
}

async function say(rotation: Rotation, { world }: Call): Promise<number> {
  const { describeRotation, nextStep } = await import('../../core/report/rotation.ts')
  world.teller.note(describeRotation(rotation))
  world.teller.note(`the new key is in ${printablePath(rotation.keyFile)}, its recipient is ${rotation.fresh}`)
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
  const { DURATION, daysOf } = await import('../../core/policy/sections/duration.ts')
  if (!DURATION.test(given)) throw new SealwardError('usage', '--grace takes a period such as 7d, 2w or 1mo')
  return daysOf(given)!
}

function reasonOf({ one }: Call): { readonly reason?: string } {
  const reason = one('reason')
  if (reason === undefined) return {}
  if (reason === '' || reason.length > REASON_CHARACTERS)
    throw new SealwardError('usage', `--reason takes 1 to ${REASON_CHARACTERS} characters`)
  return { reason }
}
