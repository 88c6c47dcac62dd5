import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Call, Fault } from '../adapters/files/faults.ts'
import { cleanEnv, type GitRepository, makeRepository, packageRoot } from '../support/git-repository.ts'
import { type Member, newMember, open, seal } from '../support/sealing.ts'

/** Takes bob off in a process that meets a fault, or lets the next command look after what another left. */
const PROGRAM = `
const [what, fault] = process.argv.slice(1)
if (fault !== 'none') await (await import('${packageRoot}/test/adapters/files/faults.ts')).provoke(JSON.parse(fault))
const { openWorld } = await import('${packageRoot}/src/cli/world.ts')
const { openMembers } = await import('${packageRoot}/src/cli/members/world.ts')
const { removeFromMembers } = await import('${packageRoot}/src/tasks/members.ts')
const { settleWrites } = await import('${packageRoot}/src/tasks/steps/writes/write-all.ts')
const { world, folder } = await openMembers(openWorld([]))
if (what === 'remove') await removeFromMembers({ folder, dryRun: false, name: 'bob' }, world)
else await settleWrites(world.writes)
`

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const CALLS: readonly Call[] = full ? ['open', 'writeFile', 'sync', 'rename', 'link', 'unlink'] : ['rename']
const FILES = ['.env.encrypted', 'a/.env.encrypted']

interface Setting {
  readonly repository: GitRepository
  readonly alice: Member
  readonly bob: Member
}

async function prepare(): Promise<Setting> {
  const [alice, bob] = [await newMember(), await newMember()]
  const repository = makeRepository()
  const recipients = `recipients:\n  alice: ${alice.recipient.text}\n  bob: ${bob.recipient.text}\nledger: true\n`
  repository.write('sealward.yml', recipients)
  for (const path of FILES)
    repository.write(path, await seal([{ kind: 'entry', name: 'A', value: path }], [alice, bob]))
  repository.git('add', '-A')
  repository.git('commit', '-qm', 'start')
  return { repository, alice, bob }
}

function run(what: 'remove' | 'settle', { repository, alice }: Setting, fault?: Fault) {
  const args = ['--input-type=module', '-e', PROGRAM, what, fault === undefined ? 'none' : JSON.stringify(fault)]
  const env = { ...cleanEnv, SEALWARD_KEY: alice.identity.secret.reveal() } as NodeJS.ProcessEnv
  const { status, signal, stderr } = spawnSync(process.execPath, args, { cwd: repository.path, env, encoding: 'utf8' })
  if (status !== 0 && signal === null) throw new Error(stderr)
  return signal
}

describe('a process that is killed at any call to the file system', () => {
  it('has taken somebody off everywhere or nowhere, once the next one has looked', async () => {
    const setting = await prepare()
    const outcomes = new Set<string>()
    for (const at of CALLS) for (const outcome of await killAtEach(at, setting)) outcomes.add(outcome)
    expect(outcomes).toEqual(new Set(['all', 'none']))
  }, 300_000)
})

/** Kills at the first call of this name, at the second, and so on, until one run comes to its end. */
async function killAtEach(at: Call, setting: Setting): Promise<ReadonlySet<string>> {
  const outcomes = new Set<string>()
  for (let count = 1; ; count += 1) {
    setting.repository.git('reset', '-q', '--hard')
    setting.repository.git('clean', '-qfdx')
    const signal = run('remove', setting, { at, count, what: 'kill' })
    for (const path of FILES) expect((await open(read(setting, path), setting.alice.identity)).document).toHaveLength(1)
    run('settle', setting)
    const states = await Promise.all(FILES.map((path) => stateOf(setting, path)))
    states.push(read(setting, 'sealward.yml').includes('bob') ? 'none' : 'all')
    states.push(listsIn(setting) === 0 ? 'none' : 'all')
    expect(new Set(states).size).toBe(1)
    outcomes.add(states[0]!)
    if (signal === null) return outcomes
  }
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
  return names.filter((name) => /to-do\/[^.][^/]*-bob\.json$/.test(name)).length
}
