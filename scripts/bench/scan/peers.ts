import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { findPeer } from '../../../test/peers.ts'
import type { Report } from './score.ts'

/** A scanner that can be asked about a folder. */
export interface Scanner {
  readonly name: string
  /** The command line for a folder, for timing; what it prints goes to `out`. */
  command(folder: string, out: string): readonly string[]
  /** What it reported, from what it wrote to `out`. */
  read(text: string, folder: string): Report[]
}

interface Found {
  readonly file: string
  readonly line: number
}

const relativeTo = (folder: string, found: readonly Found[]): Report[] =>
  found.map(({ file, line }) => ({ path: relative(folder, resolve(folder, file)).replaceAll('\\', '/'), line }))

/** The scanners that are on this machine. Each looks with its own defaults, without asking a provider. */
export function scanners(): Scanner[] {
  const found: (Scanner | null)[] = [
    sealward(),
    gitleaks('gitleaks'),
    gitleaks('betterleaks'),
    kingfisher(),
    detectSecrets(),
    secretlint(),
    ripsecrets(),
  ]
  return found.filter((scanner) => scanner !== null)
}

function sealward(): Scanner {
  const program = resolve('dist/cli.js')
  return {
    name: 'sealward',
    command: (folder, out) => [process.execPath, program, 'scan', '--format', 'json', '--output', out, folder],
    read: (text, folder) =>
      relativeTo(
        folder,
        (JSON.parse(text) as { findings: Found[] }).findings.map(({ file, line }) => ({
          file: resolve(folder, file),
          line,
        })),
      ),
  }
}

function gitleaks(name: string): Scanner | null {
  const program = findPeer(name)
  if (program === null) return null
  return {
    name,
    command: (folder, out) => [program, 'dir', folder, '-f', 'json', '-r', out, '--no-banner', '-l', 'error'],
    read: (text, folder) =>
      relativeTo(
        folder,
        (JSON.parse(text) as { File: string; StartLine: number }[]).map(({ File, StartLine }) => ({
          file: File,
          line: StartLine,
        })),
      ),
  }
}

function kingfisher(): Scanner | null {
  const program = findPeer('kingfisher')
  if (program === null) return null
  interface Row {
    readonly finding: Found & { readonly path: string }
  }
  return {
    name: 'kingfisher',
    command: (folder, out) => [program, 'scan', folder, '--format', 'json', '--no-validate', '--output', out],
    read: (text, folder) =>
      relativeTo(
        folder,
        (JSON.parse(text) as { findings: Row[] }).findings.map(({ finding }) => ({ ...finding, file: finding.path })),
      ),
  }
}

function detectSecrets(): Scanner | null {
  const program = findPeer('detect-secrets')
  if (program === null) return null
  return {
    name: 'detect-secrets',
    command: (folder, out) => ['sh', '-c', `cd '${folder}' && '${program}' scan --all-files . > '${out}'`],
    read: (text, folder) => {
      const { results } = JSON.parse(text) as { results: Record<string, { line_number: number }[]> }
      const rows = Object.entries(results).flatMap(([file, hits]) =>
        hits.map((hit) => ({ file, line: hit.line_number })),
      )
      return relativeTo(folder, rows)
    },
  }
}

function secretlint(): Scanner | null {
  const program = findPeer('secretlint')
  if (program === null) return null
  const config = join(resolve('.cache'), 'secretlintrc.json')
  writeFileSync(config, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }))
  interface Row {
    readonly filePath: string
    readonly messages: readonly { readonly loc: { readonly start: { readonly line: number } } }[]
  }
  return {
    name: 'secretlint',
    command: (folder, out) => [
      'sh',
      '-c',
      `'${process.execPath}' '${program}' --secretlintrc '${config}' --format json --output '${out}' '${folder}/**/*' '${folder}/**/.*'`,
    ],
    read: (text, folder) =>
      relativeTo(
        folder,
        (JSON.parse(text) as Row[]).flatMap(({ filePath, messages }) =>
          messages.map(({ loc }) => ({ file: filePath, line: loc.start.line })),
        ),
      ),
  }
}

function ripsecrets(): Scanner | null {
  const program = findPeer('ripsecrets')
  if (program === null) return null
  return {
    name: 'ripsecrets',
    command: (folder, out) => ['sh', '-c', `'${program}' '${folder}' > '${out}'`],
    read: (text, folder) =>
      relativeTo(
        folder,
        [...text.matchAll(/^(.+?):(\d+):/gm)].map(([, file, line]) => ({ file: file!, line: Number(line) })),
      ),
  }
}

/** No scan that people wait for takes longer. */
const PATIENCE_MS = 120_000

export interface Run {
  readonly reports: Report[]
  readonly milliseconds: number
}

/**
 * Runs a scanner over a folder. A status that says "found something" is no failure; no output is.
 *
 * @returns null for one that takes more than two minutes
 */
export function runScanner(scanner: Scanner, folder: string, out: string): Run | null {
  const [program, ...args] = scanner.command(folder, out)
  const start = performance.now()
  const patience = { timeout: PATIENCE_MS, killSignal: 'SIGKILL', detached: true } as const
  const { stderr, error, pid } = spawnSync(program!, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...patience })
  const milliseconds = performance.now() - start
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') return endGroup(pid)
  if (!existsSync(out)) throw new Error(`${scanner.name} wrote nothing: ${stderr.slice(-500)}`)
  return { reports: scanner.read(readFileSync(out, 'utf8') || '[]', folder), milliseconds }
}

/** Ends all that a slow one has started: what is left of it would slow the next. */
function endGroup(leader: number): null {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
  return null
}
