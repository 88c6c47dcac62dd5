import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pair } from './paired.ts'

const VARIABLES = 30
/** Values like those of a deployment: random, 24 letters. Masks are made for each. */
const LENGTH = 24

/** Prints what a decrypting step of a job costs from start to end, against an empty start of the same Node. */
export function benchStep(): void {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-step-'))
  try {
    const env = prepare(folder)
    const node = process.execPath
    const floor = { name: 'floor', command: `'${node}' -e 0`, cwd: folder }
    const step = { name: 'step', command: `'${node}' '${resolve('dist/action.js')}'`, cwd: folder, env }
    const { wall, cpu } = pair([floor, step])
    const row = (index: number) => `${wall[index]!.toFixed(1)} ms wall, ${cpu[index]!.toFixed(1)} ms CPU`
    const ratio = (wall[1]! / wall[0]!).toFixed(2)
    console.log(`\nnode ${process.versions.node} -e 0: ${row(0)}`)
    console.log(
      `the Action, ${VARIABLES} variables: ${row(1)}: ${ratio} times the floor in wall time (goal: at most 2.5)`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A checkout with a committed file, and the variables that a runner gives. */
function prepare(folder: string): Record<string, string> {
  const cli = (args: readonly string[]) =>
    execFileSync(process.execPath, [resolve('dist/cli.js'), ...args], { cwd: folder, encoding: 'utf8' })
  const random = () => randomBytes(LENGTH).toString('base64url').slice(0, LENGTH)
  const text = Array.from({ length: VARIABLES }, (_, index) => `NAME_${index}=${random()}\n`).join('')
  writeFileSync(join(folder, '.env'), text)
  cli(['keygen', '-o', 'key.txt'])
  cli(['encrypt', '-r', cli(['keygen', '-y', 'key.txt']).trim()])
  const sha = commit(folder)
  mkdirSync(join(folder, 'runner'))
  const file = (name: string): [string, string] => [`GITHUB_${name}`, join(folder, 'runner', name)]
  const files = Object.fromEntries(['ENV', 'OUTPUT', 'STATE', 'STEP_SUMMARY'].map(file))
  return {
    ...files,
    GITHUB_SHA: sha,
    GITHUB_WORKSPACE: folder,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/example',
    GITHUB_REPOSITORY_ID: '1296269',
    RUNNER_TEMP: join(folder, 'runner'),
    SEALWARD_KEY_FILE: join(folder, 'key.txt'),
  }
}

function commit(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
  git('init', '--quiet')
  git('add', '.env.encrypted')
  git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message', 'x')
  return git('rev-parse', 'HEAD').trim()
}
