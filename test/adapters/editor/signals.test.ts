import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runProgram, temporaryFolder } from '../../support/git-repository.ts'
import { type SealedFolder, sealedFolder } from '../../support/sealed-folder.ts'

const cli = resolve('dist/cli.js')

/** `sealward edit` with an editor that is open: it waits for a file called `go`, then writes B=2 below what is there. */
async function openOne() {
  const folder = await sealedFolder({ A: '1' })
  const runtime = temporaryFolder()
  const EDITOR = `f() { printf %s "$1" > seen.new; mv seen.new seen; while [ ! -e go ]; do sleep 0.02; done; echo B=2 >> "$1"; }; f`
  const env = { ...folder.env, EDITOR, XDG_RUNTIME_DIR: runtime }
  const child = spawn(process.execPath, [cli, 'edit'], { cwd: folder.path, env, stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const seen = join(folder.path, 'seen')
  await until(() => existsSync(seen))
  return { folder, child, path: readFileSync(seen, 'utf8') }
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 20_000) throw new Error('it never came')
    await sleep(10)
  }
}

/** Lets the editor of a test end, which the system has handed to another parent by now. */
function endEditor({ path }: SealedFolder): void {
  runProgram('touch', [join(path, 'go')])
}

async function endOf(child: ChildProcess): Promise<unknown> {
  return child.exitCode ?? (await once(child, 'exit'))[0]
}

describe.runIf(process.platform !== 'win32')('while the editor is open', () => {
  it('there is one copy of the text, and the file has its lock', async () => {
    const { folder, child, path } = await openOne()
    expect(readFileSync(path, 'utf8')).toBe('A=1\n')
    expect(existsSync(join(folder.path, '.env.encrypted.lock'))).toBe(true)
    endEditor(folder)
    expect(await endOf(child)).toBe(0)
    expect(existsSync(dirname(path))).toBe(false)
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s removes the copy, changes nothing and leaves the file free for the next', async (signal, status) => {
    const { folder, child, path } = await openOne()
    const before = readFileSync(join(folder.path, '.env.encrypted'))
    child.kill(signal)
    expect(await endOf(child)).toBe(status)
    expect(existsSync(dirname(path))).toBe(false)
    endEditor(folder)
    expect(readFileSync(join(folder.path, '.env.encrypted')).equals(before)).toBe(true)
    const set = runProgram(process.execPath, [cli, 'set', 'A', '2'], { cwd: folder.path, env: folder.env })
    expect([set.status, readdirSync(folder.path).filter((name) => name.includes('lock'))]).toEqual([0, []])
  })

  it('Ctrl-C is for the editor: what it then saves counts', async () => {
    const { folder, child } = await openOne()
    child.kill('SIGINT')
    await sleep(50)
    endEditor(folder)
    expect(await endOf(child)).toBe(0)
    const { stdout } = runProgram(process.execPath, [cli, 'decrypt'], { cwd: folder.path, env: folder.env })
    expect(stdout).toBe('A=1\nB=2\n')
  })
})
