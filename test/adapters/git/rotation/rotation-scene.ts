import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type MergeableBranch, openRotationBranch } from '../../../../src/adapters/git/rotation/branch.ts'
import { openRotationRepository, type RotationRepository } from '../../../../src/adapters/git/rotation/repository.ts'
import type { DeliveryRule } from '../../../../src/core/policy/sections/rotation.ts'
import type { RotationBranch } from '../../../../src/tasks/world/git/rotation-branch.ts'
import {
  cleanEnv,
  type GitRepository,
  openRepositoryAt,
  runProgram,
  temporaryFolder,
} from '../../../support/git-repository.ts'

export const FILE = 'production/.env.encrypted'
export const RECORD = '.sealward/rotations/orders-db.rotation'
export const OWN = 'sealward/rotation/orders-db'
const PREFIX = 'sealward/rotation/'

export interface SceneOptions {
  readonly format?: 'sha1' | 'sha256'
}

/** A bare repository as a server has it, and a person's clone of it, whose first commit has the file. */
export interface RotationScene {
  readonly remote: GitRepository
  readonly person: GitRepository
  /** `git clone` with these arguments. */
  clone(...args: string[]): GitRepository
  /** The person commits and pushes these to a branch. */
  push(files: Readonly<Record<string, string>>, branch?: string): void
  /** What a branch of the remote has at a path; null for nothing. */
  at(branch: string, path: string): string | null
  /** A script that decides about pushes: `pre-receive`. */
  receive(script: string): void
}

export function openRotationScene({ format = 'sha1' }: SceneOptions = {}): RotationScene {
  const remote = openRepositoryAt(temporaryFolder('remote.git'))
  remote.git('init', '--quiet', '--bare', '--initial-branch=main', `--object-format=${format}`)
  for (const setting of ['uploadpack.allowFilter', 'uploadpack.allowAnySHA1InWant'])
    remote.git('config', setting, 'true')
  const clone = (...args: string[]) => {
    const path = temporaryFolder('clone')
    const { status, stderr } = runProgram('git', ['clone', '--quiet', ...args, pathToFileURL(remote.path).href, path])
    if (status !== 0) throw new Error(stderr)
    return openRepositoryAt(path)
  }
  // A clone of an empty repository is one of SHA-1, whatever the server says.
  const person = openRepositoryAt(temporaryFolder('person'))
  person.git('init', '--quiet', '--initial-branch=main', `--object-format=${format}`)
  person.git('remote', 'add', 'origin', pathToFileURL(remote.path).href)
  const scene: RotationScene = {
    ...{ remote, person, clone },
    push(files, branch = 'main') {
      for (const [path, text] of Object.entries(files)) person.stage(path, text)
      person.git('commit', '--quiet', '--message', 'by a person')
      person.git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`)
    },
    at(branch, path) {
      const { status, stdout } = remote.tryGit(['cat-file', 'blob', `refs/heads/${branch}:${path}`])
      return status === 0 ? stdout : null
    },
    receive(script) {
      const hook = join(remote.path, 'hooks', 'pre-receive')
      writeFileSync(hook, `#!/bin/sh\n${script}\n`)
      chmodSync(hook, 0o755)
    },
  }
  scene.push({ [FILE]: 'one\n', 'README.md': 'x\n' })
  return scene
}

export interface OpenedBranch {
  readonly repository: RotationRepository
  readonly branch: MergeableBranch
  readonly said: string[]
}

/** As a run of Sealward opens it, in somebody's clone. */
export async function openBranch(
  top: string,
  mode: DeliveryRule['mode'],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<OpenedBranch> {
  const delivery = { mode, branch: null, prefix: PREFIX }
  const repository = await openRotationRepository({ top, delivery, env: { ...cleanEnv, ...env }, author: BOT })
  const said: string[] = []
  const branch = openRotationBranch(repository, { name: 'orders-db', teller: { note: (text) => void said.push(text) } })
  return { repository, branch, said }
}

export const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' }

export const bytes = (text: string): Uint8Array => Buffer.from(text)

/** What a branch has, as text. */
export async function textOf(branch: RotationBranch, path: string): Promise<string | null> {
  const found = await branch.read(path)
  return found === null ? null : Buffer.from(found).toString('utf8')
}

/** A change of one file, as a commit of a rotation makes it. */
export function change(path: string, before: string | null, after: string | null) {
  return { path, before: before === null ? null : bytes(before), after: after === null ? null : bytes(after) }
}

/** Hooks that git would run, each of which leaves a mark. @returns the file with the marks */
export function plantHooks({ path }: GitRepository): string {
  const marks = join(temporaryFolder('marks'), 'ran')
  for (const name of ['pre-push', 'reference-transaction', 'post-index-change', 'pre-commit', 'post-commit']) {
    const hook = join(path, '.git', 'hooks', name)
    writeFileSync(hook, `#!/bin/sh\necho ${name} >> '${marks}'\n`)
    chmodSync(hook, 0o755)
  }
  return marks
}
