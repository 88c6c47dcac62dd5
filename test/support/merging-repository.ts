import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type GitRepository,
  makeRepository,
  packageRoot,
  type Run,
  runProgram,
  temporaryFolder,
} from './git-repository.ts'
import { type Member, newMember, open, seal } from './sealing.ts'

const program = join(packageRoot, 'dist', 'cli.js')
if (!existsSync(program)) throw new Error('dist/cli.js is missing: run `npm run build` first')

export const FILE = '.env.encrypted'

/** A repository with `sealward install` done, and somebody who can open its files. */
export interface MergingRepository extends GitRepository {
  readonly alice: Member
  readonly bob: Member
  /** The built command in the repository, as Alice. */
  sealward(...args: string[]): Run
  /** The same, whoever it is, and whatever it reads. */
  run(args: readonly string[], options?: { readonly key?: string | null; readonly input?: string }): Run
  /** git in the repository, as somebody with that key: its driver is a child of git. */
  gitAs(key: string | null, ...args: string[]): Run
  /** Sets variables on disk and commits that; null takes one away. */
  commit(values: Readonly<Record<string, string | null>>, file?: string): void
  /** The variables on disk. */
  values(file?: string): Promise<Record<string, string>>
  bytes(file?: string): Buffer
}

/** @param name of the folder, which may hold what paths can hold */
export async function makeMergingRepository(
  values: Readonly<Record<string, string>>,
  name = 'repository',
): Promise<MergingRepository> {
  const [alice, bob] = [await newMember(), await newMember()]
  const repository = makeRepository(temporaryFolder(name))
  const home = temporaryFolder('home')
  const envOf = (key: string | null) => ({
    ...{ HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home },
    ...{ SEALWARD_KEY: key ?? undefined, GIT_MERGE_AUTOEDIT: 'no', GIT_EDITOR: 'true' },
  })
  const aliceKey = alice.identity.secret.reveal()
  const gitAs = (key: string | null, ...args: string[]) =>
    runProgram('git', args, { cwd: repository.path, env: envOf(key) })
  const merging: MergingRepository = {
    ...{ ...repository, alice, bob, gitAs },
    git(...args) {
      const { status, stdout, stderr } = gitAs(aliceKey, ...args)
      if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stdout}${stderr}`)
      return stdout
    },
    run: (args, { key = aliceKey, input } = {}) =>
      runProgram(process.execPath, [program, ...args], {
        ...{ cwd: repository.path, env: envOf(key) },
        ...(input === undefined ? {} : { input }),
      }),
    sealward: (...args) => merging.run(args),
    commit(changed, file = FILE) {
      for (const [variable, value] of Object.entries(changed)) {
        const args = value === null ? ['unset', variable] : ['set', variable, value]
        const { status, stderr } = merging.sealward(...args, '-f', file)
        if (status !== 0) throw new Error(stderr)
      }
      merging.git('add', '--', file)
      merging.git('commit', '--quiet', '--message', Object.keys(changed).join(' ') || 'a')
    },
    async values(file = FILE) {
      const { document } = await open(merging.bytes(file), alice.identity)
      return Object.fromEntries(document.flatMap((line) => (line.kind === 'entry' ? [[line.name, line.value]] : [])))
    },
    bytes: (file = FILE) => readFileSync(join(repository.path, file)),
  }
  const document = Object.entries(values).map(
    ([variable, value]) => ({ kind: 'entry', name: variable, value }) as const,
  )
  repository.write(FILE, await seal(document, [alice, bob]))
  const installed = merging.sealward('install', '--hooks', 'pre-commit')
  if (installed.status !== 0) throw new Error(installed.stderr)
  merging.git('add', '--force', FILE)
  merging.git('commit', '--quiet', '--message', 'base')
  return merging
}
