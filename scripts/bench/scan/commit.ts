import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { findPeer } from '../../../test/peers.ts'
import { stageCommit } from '../hook.ts'
import { type Contender, pair } from '../paired.ts'

/** The slowest takes seconds. */
const FEW = { rounds: 5, runs: 1 }
const STAGED = '$(git diff --cached --name-only --diff-filter=ACM)'

/** Prints how long a commit of ten files waits for each scanner that is here, called by git's hook as its manual says. */
export function benchCommit(): void {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-bench-'))
  try {
    const repository = stageCommit(folder)
    const contenders: Contender[] = [
      { name: 'floor', command: `'${process.execPath}' -e 0; git diff --cached`, cwd: repository },
      ...Object.entries({ sealward: installSealward(repository), ...rivals(folder) }).map(([name, line]) => ({
        name,
        command: hookOf(folder, name, line),
        cwd: repository,
      })),
    ]
    const { wall, cpu } = pair(contenders, FEW)
    console.log(`\na commit of ten files, Node ${process.versions.node}: medians of ${FEW.rounds} runs`)
    console.table(
      contenders.map(({ name }, index) => ({
        hook: name,
        'ms wall': wall[index]!.toFixed(1),
        'ms CPU': cpu[index]!.toFixed(1),
        'times the floor': (wall[index]! / wall[0]!).toFixed(2),
      })),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function installSealward(repository: string): string {
  execFileSync(process.execPath, [resolve('dist/cli.js'), 'install'], { cwd: repository, stdio: 'ignore' })
  return 'exec .git/hooks/pre-commit'
}

/** The line of each rival's hook. What asks a provider, or for a newer version, is turned off. */
function rivals(folder: string): Record<string, string> {
  const config = join(folder, 'secretlintrc.json')
  writeFileSync(config, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }))
  const lines: Record<string, (program: string) => string> = {
    ripsecrets: (program) => `exec '${program}' --strict-ignore ${STAGED}`,
    gitleaks: (program) => `exec '${program}' git --pre-commit --staged --no-banner -l error`,
    betterleaks: (program) => `exec '${program}' git --pre-commit --staged --no-banner -l error`,
    kingfisher: (program) => `exec '${program}' scan . --staged --quiet --no-update-check --no-validate`,
    'detect-secrets': (program) => `exec '${join(dirname(realpathSync(program)), 'detect-secrets-hook')}' ${STAGED}`,
    secretlint: (program) => `exec '${process.execPath}' '${program}' --secretlintrc '${config}' ${STAGED}`,
  }
  return Object.fromEntries(
    Object.entries(lines).flatMap(([name, line]) => {
      const program = findPeer(name)
      return program === null ? [] : [[name, line(program)]]
    }),
  )
}

/** A hook of its own for each, because git starts a shell for it. */
function hookOf(folder: string, name: string, line: string): string {
  const file = join(folder, `${name}-hook`)
  writeFileSync(file, `#!/bin/sh\n${line}\n`, { mode: 0o755 })
  return name === 'sealward' ? line.replace('exec ', '') : file
}
