import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findPeer } from '../../test/peers.ts'
import { pair } from './paired.ts'

const CLI = resolve('dist/cli.js')
const [FILES, SECRETS, COMMITS] = [20, 50, 10]
const CERTIFICATES = 200

/** Prints what a check of a large repository costs: 1,000 secrets whose values changed over a year, and 200 certificates, half in values. */
export function benchCheck(): void {
  const openssl = findPeer('openssl')
  if (openssl === null) {
    console.log('\ncheck: openssl is not installed')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'sealward-check-'))
  try {
    const cwd = join(folder, 'repository')
    mkdirSync(cwd)
    const key = prepare(cwd, { key: join(folder, 'key.txt'), certificates: certify(folder, openssl) })
    const node = process.execPath
    const command = `'${node}' '${CLI}' check --fail-on never`
    const contenders = [
      { name: 'floor', command: `'${node}' -e 0`, cwd },
      { name: 'with a key', command: `${command} -i '${key}'`, cwd },
      { name: 'without', command: `${command} -i /dev/null`, cwd },
    ]
    const verdicts = countVerdicts(cwd, key)
    const { cpu, wall } = pair(contenders, { rounds: 3, runs: 1 })
    console.log(
      `\ncheck: ${FILES * SECRETS} secrets, ${COMMITS} commits, ${CERTIFICATES} certificates, ${verdicts} (goal: at most 10 s of CPU)`,
    )
    for (const [at, { name }] of contenders.entries())
      console.log(`  ${name}: ${(cpu[at]! / 1000).toFixed(2)} s CPU, ${(wall[at]! / 1000).toFixed(2)} s wall`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What is timed has to have judged everything. */
function countVerdicts(cwd: string, key: string): string {
  const args = [CLI, 'check', '--fail-on', 'never', '-i', key, '--format', 'json']
  const text = execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 28 })
  const { judged, notes } = JSON.parse(text) as { judged: { kind: string; sinceIsExact: boolean }[]; notes: unknown[] }
  const exact = judged.filter(({ kind, sinceIsExact }) => kind === 'secret' && sinceIsExact).length
  const certificates = judged.filter(({ kind }) => kind === 'certificate').length
  return `${exact} exact ages, ${certificates} verdicts on certificates, ${notes.length} notes`
}

/** Makes PEM certificates of many lifetimes, each of a key of its own. */
function certify(folder: string, openssl: string): readonly string[] {
  return Array.from({ length: CERTIFICATES }, (_, at) =>
    execFileSync(
      openssl,
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-days', String(6 + at * 10), '-subj', `/CN=host-${at}.example.com`, '-keyout', join(folder, 'server.key')],
        ...['-addext', `subjectAltName=DNS:host-${at}.example.com`, '-addext', 'extendedKeyUsage=serverAuth'],
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ),
  )
}

interface Contents {
  readonly key: string
  readonly certificates: readonly string[]
}

/** Commits files in which every secret changed at least once. @returns the file of the key */
function prepare(cwd: string, { key, certificates }: Contents): string {
  const cli = (...args: string[]) =>
    execFileSync(process.execPath, [CLI, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' })
  execFileSync('git', ['init', '--quiet'], { cwd })
  cli('keygen', '-o', key)
  const recipient = cli('keygen', '-y', key).trim()
  mkdirSync(join(cwd, 'certs'))
  for (const [at, pem] of certificates.entries()) if (at % 2 === 0) writeFileSync(join(cwd, 'certs', `${at}.pem`), pem)
  writeFileSync(
    join(cwd, 'sealward.yml'),
    `recipients: { bench: { keys: [${recipient}] } }\ncertificates: [{ path: "certs/*.pem" }]\n`,
  )
  const inValues = certificates.filter((_, at) => at % 2 === 1)
  const files = Array.from({ length: FILES }, (_, file) => ({
    path: `service-${file}/.env.production.encrypted`,
    own: inValues.filter((_, at) => at % FILES === file),
  }))
  const values = files.map(() => Array.from({ length: SECRETS }, random))
  for (let commit = 0; commit < COMMITS; commit += 1) {
    for (const [file, { path, own }] of files.entries()) {
      for (let at = commit; at < SECRETS; at += COMMITS) values[file]![at] = random()
      const secrets = values[file]!.map((value, at) => `API_KEY_${at}=${value}\n`)
      const plain = join(cwd, '..', 'plain.env')
      writeFileSync(plain, [...secrets, ...own.map((pem, at) => `TLS_${at}="${pem}"\n`)].join(''))
      mkdirSync(join(cwd, `service-${file}`), { recursive: true })
      cli('encrypt', plain, '-o', path, ...(commit === 0 ? [] : ['-i', key]))
    }
    save(cwd, `2026-${String(commit + 1).padStart(2, '0')}-01T00:00:00Z`)
  }
  return key
}

function random(): string {
  return randomBytes(24).toString('base64url')
}

function save(cwd: string, date: string): void {
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  execFileSync('git', ['add', '.'], { cwd })
  execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-qm', date], {
    cwd,
    env,
  })
}
