import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseIdentities } from '../../src/core/age/identity.ts'
import type { Call, Fault } from '../adapters/files/faults.ts'
import { inCI, itWith } from '../peers.ts'
import {
  cleanEnv,
  type GitRepository,
  makeRepository,
  openRepositoryAt,
  packageRoot,
  type Run,
  runProgram,
  temporaryFolder,
} from '../support/git-repository.ts'
import { valuesFor } from '../support/rotating.ts'

const CLI = join(packageRoot, 'dist', 'cli.js')
const FILES = ['.env.encrypted', 'production/.env.encrypted']
const VALUES = [{ A: 'one', B: 'two\nlines' }, { URL: 'postgres://u:p@h/db?x="1"' }]
const everything = inCI || process.env.SEALWARD_FULL === '1'

interface Scene extends GitRepository {
  readonly oldKey: string
  readonly newKey: string
  sealward(...args: string[]): Run
  commit(): void
  /** What each file says to who has these key files. */
  values(...keyFiles: readonly string[]): Promise<readonly (Record<string, string> | null)[]>
}

/** A repository with a ledger, and two files that one key opens. */
function makeScene(): Scene {
  const repository = makeRepository()
  const scene = sceneIn(repository, temporaryFolder('keys'))
  const recipient = /age1\w+/.exec(scene.sealward('keygen', '-o', scene.oldKey).stderr)![0]
  repository.write('sealward.yml', `recipients:\n  me: ${recipient} # mine\nledger: true\n`)
  repository.write('production/README', '')
  for (const [index, file] of FILES.entries())
    for (const [name, value] of Object.entries(VALUES[index]!)) scene.sealward('set', '-f', file, name, value)
  scene.commit()
  return scene
}

/** The same files and keys in other folders. */
function copyOf({ path, oldKey }: Scene): Scene {
  const [repository, keys] = [temporaryFolder('repository'), temporaryFolder('keys')]
  cpSync(path, repository, { recursive: true })
  cpSync(dirname(oldKey), keys, { recursive: true })
  return sceneIn(openRepositoryAt(repository), keys)
}

function sceneIn(repository: GitRepository, keys: string): Scene {
  const [oldKey, newKey] = [join(keys, 'old.txt'), join(keys, 'new.txt')]
  const env = { SEALWARD_KEY_FILE: oldKey, HOME: keys }
  return {
    ...{ ...repository, oldKey, newKey },
    sealward: (...args) => runProgram(process.execPath, [CLI, ...args], { cwd: repository.path, env }),
    commit() {
      repository.git('add', '--all')
      repository.git('commit', '--quiet', '-m', 'change')
    },
    async values(...keyFiles) {
      const texts = keyFiles.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'))
      const holders = texts.flatMap((text) => parseIdentities(text).identities.map((identity) => ({ identity })))
      return Promise.all(FILES.map((file) => valuesFor(readFileSync(join(repository.path, file)), holders)))
    },
  }
}

describe('sealward rotate', () => {
  itWith(
    'sops',
    'gives new keys that real sops opens the files with, and the ledger is in order all the while',
    async (sops) => {
      const scene = makeScene()
      const opens = (keyFile: string) =>
        FILES.map((file) => {
          const args = ['decrypt', '--input-type', 'dotenv', '--output-type', 'dotenv', file]
          const { status } = runProgram(sops!, args, {
            cwd: scene.path,
            env: { SOPS_AGE_KEY_FILE: keyFile, HOME: '/nowhere' },
          })
          return status === 0
        })
      const inOrder = () => {
        scene.commit()
        expect(scene.sealward('audit', 'verify')).toMatchObject({ status: 0 })
      }
      expect(scene.sealward('rotate', 'data-key', ...FILES)).toMatchObject({ status: 0 })
      inOrder()
      expect(opens(scene.oldKey)).toEqual([true, true])
      expect(scene.sealward('rotate', 'key', '-o', scene.newKey, '--reason', 'yearly')).toMatchObject({ status: 0 })
      inOrder()
      expect(statSync(scene.newKey).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
      expect([opens(scene.oldKey), opens(scene.newKey)]).toEqual([
        [true, true],
        [true, true],
      ])
      expect(scene.sealward('rotate', 'status').stdout).toMatch(/^phase {7}completed\n/)
      expect(scene.sealward('rotate', 'key', '--finish').stderr).toContain('was promised until')
      expect(scene.sealward('rotate', 'key', '--finish', '--emergency')).toMatchObject({ status: 0 })
      inOrder()
      expect([opens(scene.oldKey), opens(scene.newKey)]).toEqual([
        [false, false],
        [true, true],
      ])
      expect(await scene.values(scene.newKey)).toEqual(VALUES)
    },
  )

  it('puts everything back on request', async () => {
    const scene = makeScene()
    scene.sealward('rotate', 'key', '-o', scene.newKey, '--emergency')
    expect(await scene.values(scene.oldKey)).toEqual([null, null])
    expect(scene.sealward('rotate', 'key', '--rollback')).toMatchObject({ status: 0 })
    expect(scene.git('status', '--short')).toBe(' M .sealward/ledger.jsonl\n')
  })

  it('refuses what it does not know, and says nothing of a key that was given where a recipient belongs', () => {
    const scene = makeScene()
    const refuses = (...args: string[]) => expect(scene.sealward('rotate', ...args)).toMatchObject({ status: 2 })
    refuses('keys')
    refuses('key', 'extra')
    refuses('data-key', '--emergency')
    refuses('key', '--finish', '--rollback')
    refuses('key', '-o', scene.newKey, '--grace', 'never')
    refuses('key', '-o', scene.newKey, '--grace', '7d', '--emergency')
    refuses('data-key', '../elsewhere')
    refuses('key', '-o', scene.newKey, '--reason', '')
    const secret = readFileSync(scene.oldKey, 'utf8').trim().split('\n').at(-1)!
    const { stdout, stderr } = scene.sealward('rotate', 'key', '-o', scene.newKey, '--replace', secret)
    expect(stdout + stderr).not.toContain(secret)
    expect(existsSync(scene.newKey)).toBe(false)
  })
})

/** Runs a command in a process that is killed at a call to the operating system. */
const PROGRAM = `
const fault = process.argv[1]
await (await import('${packageRoot}/test/adapters/files/faults.ts')).provoke(JSON.parse(fault))
await import('${packageRoot}/dist/cli.js')
`

function runKilled(scene: Scene, fault: Fault, args: readonly string[]): boolean {
  const command = ['--input-type=module', '-e', PROGRAM, '--', JSON.stringify(fault), ...args]
  const env = { ...cleanEnv, SEALWARD_KEY_FILE: scene.oldKey, HOME: '/nowhere' } as NodeJS.ProcessEnv
  const { status, signal, stderr } = spawnSync(process.execPath, command, { cwd: scene.path, env, encoding: 'utf8' })
  if (signal === null && status !== 0) throw new Error(stderr)
  return signal !== null
}

describe('a rotation that is killed', () => {
  const calls: readonly Call[] = ['open', 'chmod', 'writeFile', 'sync', 'link', 'rename', 'unlink']
  /** All of them, or in a quick run one of each kind where it matters most: among the files that are being replaced. */
  const counts = (call: Call) => {
    if (everything) return Array.from({ length: 500 }, (_, index) => index + 1)
    return call === 'rename' ? [6, 7] : call === 'writeFile' ? [14] : []
  }

  it.each(calls.filter((call) => counts(call).length > 0))(
    'at any call of %s leaves every file to be opened by a key that is there, and goes on',
    async (at) => {
      let killed = 0
      const template = makeScene()
      for (const count of counts(at)) {
        const scene = copyOf(template)
        const args = ['rotate', 'key', '-o', scene.newKey, '--emergency']
        const isKilled = runKilled(scene, { at, count, what: 'kill' }, args)
        expect(await scene.values(scene.oldKey, scene.newKey)).toEqual(VALUES)
        if (!isKilled) break
        killed += 1
        expect(scene.sealward(...args)).toMatchObject({ status: 0 })
        expect(await scene.values(scene.newKey)).toEqual(VALUES)
      }
      expect(killed).toBeGreaterThanOrEqual(everything ? 1 : counts(at).length)
    },
    300_000,
  )
})
