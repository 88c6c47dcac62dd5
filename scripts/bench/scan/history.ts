import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findPeer } from '../../../test/peers.ts'
import { makeHistory } from './history-repository.ts'

interface Contender {
  readonly name: string
  readonly command: readonly string[]
  /** How many findings it wrote. */
  count(text: string): number
}

const FILES = 400
const PATIENCE_MS = 30 * 60_000

/** Prints how long scanners take for a history of so many megabytes, and how much memory. Takes minutes: each runs once. */
export async function benchHistory(megabytes: number): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'sealward-history-'))
  try {
    const folder = join(parent, 'repository')
    const versions = await makeHistory(folder, { megabytes, files: FILES })
    console.log(`\na history of ${versions} versions of ${FILES} files, ${megabytes} MB of text`)
    const rows = contenders(parent).map((contender) => ({
      name: contender.name,
      ...measure(contender, folder, parent),
    }))
    console.table(
      rows.map(({ name, seconds, megabytes: memory, found }) => ({
        scanner: name,
        seconds: seconds.toFixed(1),
        'MB/s': (megabytes / seconds).toFixed(0),
        'times sealward': (seconds / rows[0]!.seconds).toFixed(2),
        'largest process, MB': memory ?? '?',
        reported: found,
      })),
    )
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

function contenders(parent: string): Contender[] {
  const out = (name: string) => join(parent, `${name}.json`)
  const program = (name: string, args: readonly string[], count: Contender['count']): Contender[] => {
    const path = findPeer(name)
    return path === null ? [] : [{ name, command: [path, ...args], count }]
  }
  const rows = (text: string) => (JSON.parse(text) as unknown[]).length
  const gitleaks = (name: string) => ['git', '.', '-f', 'json', '-r', out(name), '--no-banner', '-l', 'error']
  return [
    {
      name: 'sealward',
      command: [
        process.execPath,
        resolve('dist/cli.js'),
        'scan',
        '--history',
        '--format',
        'json',
        '--output',
        out('sealward'),
      ],
      count: (text) => (JSON.parse(text) as { findings: unknown[] }).findings.length,
    },
    ...program('gitleaks', gitleaks('gitleaks'), rows),
    ...program('betterleaks', gitleaks('betterleaks'), rows),
    ...program(
      'kingfisher',
      ['scan', '.', '--format', 'json', '--no-validate', '--no-update-check', '--output', out('kingfisher')],
      rows,
    ),
  ]
}

/** GNU time says how large the largest process was; without it, the time alone is known. */
function measure({ name, command, count }: Contender, folder: string, parent: string) {
  const time = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', 'KB %M'] : []
  const [program, ...args] = [...time, ...command]
  const start = performance.now()
  const { stderr } = spawnSync(program!, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: 1 << 28,
  })
  const seconds = (performance.now() - start) / 1000
  const [, kilobytes] = /^KB (\d+)$/m.exec(stderr ?? '') ?? []
  const out = join(parent, `${name}.json`)
  if (!existsSync(out)) throw new Error(`${name} wrote nothing: ${stderr?.slice(-500)}`)
  return {
    seconds,
    megabytes: kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1000),
    found: count(readFileSync(out, 'utf8') || '[]'),
  }
}
