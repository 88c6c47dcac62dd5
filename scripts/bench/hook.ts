import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findPeer } from '../../test/peers.ts'
import { pair } from './paired.ts'

const FILES = 10
const LINES = 60

/** Prints what the installed hook costs on a commit of ten files, against an empty start of Node plus `git diff --cached`. */
export function benchHook(): void {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-bench-'))
  try {
    const repository = stageCommit(folder)
    for (const node of [findPeer('node20'), process.execPath]) if (node !== null) compare(node, repository)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Stages ten new files over a first commit. @returns the repository, below `folder` */
export function stageCommit(folder: string): string {
  const repository = join(folder, 'repository')
  mkdirSync(repository)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, stdio: 'ignore' })
  git('init', '-q')
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-q', '--allow-empty', '-m', 'before')
  for (let file = 0; file < FILES; file += 1)
    writeFileSync(
      join(repository, `file-${file}.ts`),
      Array.from({ length: LINES }, (_, line) => `export const value${line} = ${line * file}\n`).join(''),
    )
  git('add', '.')
  return repository
}

/** Installed by the Node that is measured, because the hook takes the one that installed it. */
function compare(node: string, repository: string): void {
  const version = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim()
  execFileSync(node, [resolve('dist/cli.js'), 'install'], { cwd: repository, stdio: 'ignore' })
  const { wall } = pair([
    { name: 'floor', command: `'${node}' -e 0; git diff --cached`, cwd: repository },
    { name: 'hook', command: '.git/hooks/pre-commit', cwd: repository },
  ])
  console.log(
    `\nnode ${version}: node -e 0 + git diff --cached ${wall[0]!.toFixed(1)} ms; the installed hook ${wall[1]!.toFixed(1)} ms: ${(wall[1]! / wall[0]!).toFixed(2)} times (goal: at most 1.5)`,
  )
}
