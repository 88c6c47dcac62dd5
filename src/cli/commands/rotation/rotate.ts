import { resolve } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import { amount } from '../../../core/report/amount.ts'
import { printablePath } from '../../../core/report/text.ts'
import type { Rotation } from '../../../core/rotation/state.ts'
import { type Call, type Command, DEFAULT_FILE, IDENTITY } from '../../command.ts'
import { openRotation } from '../../rotation/world.ts'

type Verb = (call: Call) => Promise<number>

const VERBS: Readonly<Record<string, Verb>> = { 'data-key': dataKey, key, secret, status }
const HAND_OVER = ['push', 'manifest', 'secret-name', 'namespace']
const BOTH = ['environment', 'emergency', 'dry-run', 'rollback']
/** Which verbs a flag goes with; those that are not here go with all. */
const GOES_WITH: Readonly<Record<string, readonly string[]>> = {
  ...goesWith(['key', 'secret'], BOTH),
  ...goesWith(['key'], ['output', 'replace', 'pq', 'grace', 'finish', ...HAND_OVER]),
  ...goesWith(['secret'], ['all', 'only', 'retry', 'force']),
  ...goesWith(['secret', 'status'], ['json']),
}
const TAKES_NAMES = ['data-key', 'secret']
const REASON_CHARACTERS = 1000

export const rotate: Command = {
  name: 'rotate',
  synopsis: 'data-key [FILE...] | key | secret [NAME...] | status',
  summary:
    'Gives encrypted files new keys, all or none, and databases new passwords that are committed before they count.',
  details: `
data-key   a new data key for each file, for the same recipients (without FILE:
           .env.encrypted)
key        a new age identity in the place of yours, in every file that you can
           open and in sealward.yml; the old one opens them too until --finish
secret     new credentials at the systems that know them (databases, tokens), and in
           the encrypted files that have them: docs/credentials.md
status     what the last rotation of a key has come to, and those of credentials

After a crash \`rotate key\` goes on with the same key. The new one is written to
-o before the first file needs it, and never over a file that is there.

--push takes github:OWNER/REPO:NAME, github:OWNER/REPO/environments/ENV:NAME,
or github:OWNER:NAME of an organisation, and needs GH_TOKEN. Without -o, --push
and --manifest hand over the key of the last rotation.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'key: where the new identity goes (mode 0600)' },
    { name: 'reason', value: 'TEXT', help: 'why, for the ledger' },
    { name: 'environment', value: 'NAME', help: 'key, secret: only what is of this environment' },
    { name: 'replace', value: 'RECIPIENT', help: 'key: the recipient to replace, where several of yours are in use' },
    { name: 'pq', help: 'key: a post-quantum hybrid key (default: of the kind of the old one)' },
    { name: 'grace', value: 'PERIOD', help: 'key: how long the old key is promised to work: 7d (default), 2w' },
    { name: 'emergency', help: 'key, secret: the old one ends at once; with --finish, before its time' },
    { name: 'dry-run', help: 'key, secret: say what would be done; changes nothing, and asks no system' },
    { name: 'finish', help: 'key: take the old key away, when its time is over' },
    { name: 'rollback', help: 'key, secret: put back what was there before the rotation' },
    { name: 'push', value: 'TARGET', repeat: true, help: 'key: put the new key into a secret of GitHub Actions' },
    { name: 'manifest', value: 'FILE|-', help: 'key: write the new key as a Secret of Kubernetes (mode 0600)' },
    { name: 'secret-name', value: 'NAME', help: 'key: of that Secret (default: sealward-key)' },
    { name: 'namespace', value: 'NAME', help: 'key: of that Secret (default: none, as whoever applies it has it)' },
    { name: 'all', help: 'secret: all credentials of sealward.yml' },
    { name: 'only', value: 'due', help: 'secret: those that check says are due, and those that are under way' },
    { name: 'retry', help: 'secret: forget the failures that stopped it' },
    { name: 'force', help: 'secret: where no login works any more, have the admin set what the rotation knows' },
    { name: 'json', help: 'secret, status: what became of credentials, as JSON' },
    IDENTITY,
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const [name = '', ...rest] = call.args
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name]! : null
    if (verb === null || (!TAKES_NAMES.includes(name) && rest.length > 0))
      throw new SealwardError('usage', `rotate takes ${rotate.synopsis}`)
    const stray = Object.entries(GOES_WITH).find(([flag, verbs]) => call.has(flag) && !verbs.includes(name))
    if (stray !== undefined)
      throw new SealwardError('usage', `--${stray[0]} goes with rotate ${stray[1].join(' and rotate ')} alone`)
    return verb(call)
  },
}

async function dataKey(call: Call): Promise<number> {
  const { rotateDataKey } = await import('../../../tasks/keys/rotate-data-key.ts')
  const [, ...named] = call.args
  const files = named.length > 0 ? named : [DEFAULT_FILE]
  const done = await rotateDataKey({ files, ...reasonOf(call) }, await openRotation(call.world))
  for (const path of done) call.world.teller.note(`${printablePath(path)}: new data key`)
  return 0
}

async function key(call: Call): Promise<number> {
  const alone = ['dry-run', 'finish', 'rollback'].filter((flag) => call.has(flag))
  if (alone.length > 1) throw new SealwardError('usage', `--${alone[0]} and --${alone[1]} do not go together`)
  const stray = HAND_OVER.find((flag) => call.has(flag) && (call.has('finish') || call.has('rollback')))
  if (stray !== undefined) throw new SealwardError('usage', `--${stray} does not go with --${alone[0]}`)
  if (call.has('finish')) return finish(call)
  if (call.has('rollback')) return rollBack(call)
  const { planKeyRotation, rotateKey } = await import('../../../tasks/keys/rotate-key.ts')
  const { handOver, planHandOver, readHandOver } = await import('../../rotation/hand-over.ts')
  const wanted = readHandOver(call)
  const request = { ...(await requestOf(call)), ...(wanted !== null && { handOver: wanted.names }) }
  const world = await openRotation(call.world)
  if (call.has('dry-run')) {
    sayPlan(await planKeyRotation(request, world), call)
    await planHandOver(wanted, call)
    return 0
  }
  await planHandOver(wanted, call, 'quiet')
  const rotation = await rotateKey(request, world)
  await sayNew(rotation, call)
  return sayNext(await handOver(wanted, rotation, call), call)
}

function sayPlan({ old, files }: { readonly old: string; readonly files: readonly string[] }, { world }: Call): void {
  for (const path of files) world.terminal.print(`${printablePath(path)}\n`)
  const what =
    files.length === 0 ? 'no file would change' : `${amount(files.length, 'file')} would get a new recipient for ${old}`
  world.teller.note(`${what}; nothing was changed`)
}

async function finish(call: Call): Promise<number> {
  const { finishKeyRotation } = await import('../../../tasks/keys/rotate-finish.ts')
  await finishKeyRotation({ early: call.has('emergency') }, await openRotation(call.world))
  call.world.teller.note('the old key opens nothing any more; git history stays readable to it')
  return 0
}

async function rollBack(call: Call): Promise<number> {
  const { rollBackKeyRotation } = await import('../../../tasks/keys/rotate-back.ts')
  const { keyFile } = await rollBackKeyRotation(await openRotation(call.world))
  call.world.teller.note(`everything is as it was before; the new key is still in ${printablePath(keyFile)}`)
  return 0
}

async function secret(call: Call): Promise<number> {
  reasonOf(call)
  const { rotateSecret } = await import('./rotate-secret.ts')
  return rotateSecret(call)
}

async function status(call: Call): Promise<number> {
  const { rotateStatus } = await import('./rotate-status.ts')
  return rotateStatus(call)
}

function goesWith(verbs: readonly string[], flags: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(flags.map((flag) => [flag, verbs]))
}

async function sayNew(rotation: Rotation, { world }: Call): Promise<void> {
  const { describeRotation } = await import('../../../core/report/rotation.ts')
  world.teller.note(describeRotation(rotation))
  world.teller.note(`the new key is in ${printablePath(rotation.keyFile)}, its recipient is ${rotation.fresh}`)
}

async function sayNext(rotation: Rotation, { world }: Call): Promise<number> {
  const { nextStep } = await import('../../../core/report/rotation.ts')
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
  const { DURATION, daysOf } = await import('../../../core/policy/sections/duration.ts')
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
