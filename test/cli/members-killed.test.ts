import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Call, Fault } from '../adapters/files/faults.ts'
import { bundleProgram } from '../support/bundle-program.ts'
import { cleanEnv, type GitRepository, makeRepository } from '../support/git-repository.ts'
import { type Member, newMember, open, seal } from '../support/sealing.ts'

/** Takes bob off, by himself or with the policy that brought him, or all classical keys, or locks everything down, in a process that meets a fault; or lets the next command look after what another left. */
const PROGRAM = `
const [what, fault, upgrades] = process.argv.slice(2)
if (fault !== 'none') await (await import('./test/adapters/files/faults.ts')).provoke(JSON.parse(fault))
const { openWorld } = await import('./src/cli/world.ts')
const { openMembers } = await import('./src/cli/members/world.ts')
const { removeFromMembers } = await import('./src/tasks/members/members.ts')
const { upgradeMembers } = await import('./src/tasks/members/members-upgrade.ts')
const { lockDown } = await import('./src/tasks/members/lockdown.ts')
const { rollBackPolicy } = await import('./src/tasks/members/policy-rollback.ts')
const { openStoredFiles } = await import('./src/adapters/git/objects/stored-files.ts')
const { settleWrites } = await import('./src/tasks/steps/writes/write-all.ts')
const { world, folder } = await openMembers(openWorld([]))
const how = { folder, dryRun: false, partial: false, rotateAll: true }
if (what === 'remove') await removeFromMembers({ ...how, name: 'bob' }, world)
else if (what === 'upgrade') await upgradeMembers({ ...how, upgrades: new Map(JSON.parse(upgrades)) }, world)
else if (what === 'lockdown') await lockDown({ ...how, reason: 'x', environments: null, refs: null, renewedFor: null }, world)
else if (what === 'rollback') await rollBackPolicy({ ...how, revision: 'HEAD~1' }, { ...world, stored: openStoredFiles() })
else await settleWrites(world.writes)
`

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const CALLS: readonly Call[] = full ? ['open', 'writeFile', 'sync', 'rename', 'link', 'unlink'] : ['rename']
const FILES = ['.env.encrypted', 'a/.env.encrypted']

interface Setting {
  /** What PROGRAM is in. */
  readonly program: string
  readonly repository: GitRepository
  readonly alice: Member
  readonly bob: Member
  /** The key that alice and bob get by an upgrade. */
  readonly quantum: Member
}

type Change = 'remove' | 'upgrade' | 'rollback' | 'lockdown'

async function prepare(): Promise<Setting> {
  const [alice, bob, quantum] = [await newMember(), await newMember(), await newMember('hybrid')]
  const repository = makeRepository()
  const [own, shared] = [[alice], [alice, bob]].map(
    (members) =>
      `recipients:\n${members.map((member, at) => `  ${at === 0 ? 'alice' : 'bob'}: ${member.recipient.text}\n`).join('')}ledger: true\n`,
  )
  repository.write('sealward.yml', own!)
  repository.git('add', '-A')
  repository.git('commit', '-qm', 'alice alone')
  repository.write('sealward.yml', shared!)
  for (const path of FILES)
    repository.write(path, await seal([{ kind: 'entry', name: 'A', value: path }], [alice, bob]))
  repository.git('add', '-A')
  repository.git('commit', '-qm', 'start')
  return { program: bundleProgram(PROGRAM), repository, alice, bob, quantum }
}

function run(what: Change | 'settle', { program, repository, alice, quantum }: Setting, fault?: Fault) {
  const upgrades = JSON.stringify(['alice', 'bob'].map((name) => [name, [quantum.recipient.text]]))
  const met = fault === undefined ? 'none' : JSON.stringify(fault)
  const args = [program, what, met, upgrades]
  const keys = [alice, quantum].map(({ identity }) => identity.secret.reveal()).join('\n')
  const env = { ...cleanEnv, SEALWARD_KEY: keys } as NodeJS.ProcessEnv
  const { status, signal, stderr } = spawnSync(process.execPath, args, { cwd: repository.path, env, encoding: 'utf8' })
  if (status !== 0 && signal === null) throw new Error(stderr)
  return signal
}

describe('a process that is killed at any call to the file system', () => {
  it('has taken somebody off everywhere or nowhere, once the next one has looked', async () => {
    expect(await killEverywhere('remove')).toEqual(new Set(['all', 'none']))
  }, 300_000)

  it.skipIf(!full)(
    'has gone back to an older policy everywhere or nowhere, once the next one has looked',
    async () => {
      expect(await killEverywhere('rollback')).toEqual(new Set(['all', 'none']))
    },
    300_000,
  )

  it.skipIf(!full)(
    'has upgraded everywhere or nowhere, once the next one has looked',
    async () => {
      expect(await killEverywhere('upgrade')).toEqual(new Set(['all', 'none']))
    },
    300_000,
  )
})

describe('a lockdown that is killed at any call to the file system', () => {
  it.skipIf(!full)(
    'has closed everything or nothing, once the next one has looked',
    async () => {
      expect(await killEverywhere('lockdown')).toEqual(new Set(['all', 'none']))
    },
    600_000,
  )
})

async function killEverywhere(change: Change): Promise<ReadonlySet<string>> {
  const setting = await prepare()
  const outcomes = new Set<string>()
  for (const at of CALLS) for (const outcome of await killAtEach(at, change, setting)) outcomes.add(outcome)
  return outcomes
}

/** Kills at the first call of this name, at the second, and so on, until one run comes to its end. */
async function killAtEach(at: Call, change: Change, setting: Setting): Promise<ReadonlySet<string>> {
  const outcomes = new Set<string>()
  for (let count = 1; ; count += 1) {
    setting.repository.git('reset', '-q', '--hard')
    setting.repository.git('clean', '-qfdx')
    const signal = run(change, setting, { at, count, what: 'kill' })
    for (const path of FILES) expect((await openWithEither(setting, path)).document).toHaveLength(1)
    run('settle', setting)
    const states = change === 'lockdown' ? statesClosed(setting) : await statesWithout(setting)
    states.push(listsIn(setting) === 0 ? 'none' : 'all')
    expect(new Set(states).size).toBe(1)
    outcomes.add(states[0]!)
    if (signal === null) return outcomes
  }
}

/** Whether bob is off. */
async function statesWithout(setting: Setting): Promise<('all' | 'none')[]> {
  const inPolicy = read(setting, 'sealward.yml').includes(setting.bob.recipient.text) ? 'none' : 'all'
  return [...(await Promise.all(FILES.map((path) => stateOf(setting, path)))), inPolicy]
}

/** Whether files have another data key than the commit's, and sealward.yml is closed. */
function statesClosed(setting: Setting): ('all' | 'none')[] {
  const changed = setting.repository.git('diff', '--name-only').split('\n')
  const files = FILES.map((path) => (changed.includes(path) ? ('all' as const) : ('none' as const)))
  return [...files, read(setting, 'sealward.yml').includes('lockdown:') ? 'all' : 'none']
}

function openWithEither(setting: Setting, path: string) {
  const bytes = read(setting, path)
  return Promise.any([setting.alice, setting.quantum].map(({ identity }) => open(bytes, identity)))
}

async function stateOf(setting: Setting, path: string): Promise<'all' | 'none'> {
  const opened = await open(read(setting, path), setting.bob.identity).catch(() => null)
  return opened === null ? 'all' : 'none'
}

function read({ repository }: Setting, path: string): Buffer {
  return readFileSync(join(repository.path, path))
}

function listsIn({ repository }: Setting): number {
  const names = readdirSync(repository.path, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /to-do\/[^.][^/]*-(?:bob|post-quantum|lockdown)\.json$/.test(name)).length
}
