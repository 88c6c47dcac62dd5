import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findPeer } from '../../test/peers.ts'
import { type Contender, pair } from './paired.ts'

const CLI = resolve('dist/cli.js')

/** Prints what `sealward get` costs against an empty start of Node, and against `dotenvx get`. */
export function benchStartUp(): void {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-bench-'))
  try {
    const env = prepare(folder)
    for (const [label, node] of nodes()) compareGet(label, { node, folder, env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function nodes(): [string, string][] {
  const found = ['node20', 'node22'].flatMap((name): [string, string][] => {
    const path = findPeer(name)
    return path === null ? [] : [[name, path]]
  })
  return [...found, [`node${process.versions.node.split('.')[0]}`, process.execPath]]
}

function prepare(folder: string): Record<string, string> {
  const key = join(folder, 'key.txt')
  const variables = Array.from({ length: 30 }, (_, index) => `KEY_${index}=value-${index}-abcdefghijklmnop`).join('\n')
  writeFileSync(join(folder, '.env'), `${variables}\n`)
  execFileSync(process.execPath, [CLI, 'keygen', '-o', key], { stdio: 'ignore' })
  const recipient = execFileSync(process.execPath, [CLI, 'keygen', '-y', key], { encoding: 'utf8' }).trim()
  execFileSync(process.execPath, [CLI, 'encrypt', '-r', recipient], { cwd: folder, stdio: 'ignore' })
  return { SEALWARD_KEY_FILE: key }
}

function compareGet(
  label: string,
  { node, folder, env }: { node: string; folder: string; env: Record<string, string> },
): void {
  const contenders: Contender[] = [
    { name: 'floor', command: `'${node}' -e 0`, cwd: folder },
    { name: 'get', command: `'${node}' '${CLI}' get KEY_3`, cwd: folder, env },
  ]
  const dotenvx = prepareDotenvx(folder, node)
  if (dotenvx !== null) contenders.push(dotenvx)
  const { cpu, wall } = pair(contenders)
  const row = (index: number) => `${cpu[index]!.toFixed(1)} ms CPU, ${wall[index]!.toFixed(1)} ms wall`
  console.log(`\n${label}: node -e 0  ${row(0)}`)
  console.log(
    `${label}: sealward get KEY  ${row(1)}: CPU ${(cpu[1]! / cpu[0]!).toFixed(2)} times the floor (goal: at most 3)`,
  )
  if (dotenvx === null) console.log(`${label}: dotenvx is not installed; .ci/peers installs it`)
  else
    console.log(
      `${label}: dotenvx get KEY   ${row(2)}: sealward takes ${(cpu[1]! / cpu[2]!).toFixed(2)} of its CPU (goal: at most 0.20)`,
    )
}

/** The same 30 values in dotenvx's own encryption, in a folder of its own. */
function prepareDotenvx(folder: string, node: string): Contender | null {
  const program = findPeer('dotenvx')
  if (program === null) return null
  const cwd = join(folder, `dotenvx-${node.split(/[\\/]/).at(-1)}`)
  const quiet = { cwd, stdio: 'ignore' } as const
  execFileSync('sh', ['-c', `mkdir -p '${cwd}' && cp '${folder}/.env' '${cwd}/.env'`])
  execFileSync(process.execPath, [program, 'encrypt'], quiet)
  return { name: 'dotenvx', command: `'${node}' '${program}' get KEY_3`, cwd }
}
