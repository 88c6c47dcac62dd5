import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Entry, makeEntry } from '../../src/core/ledger/entry.ts'
import { LEDGER_FILE, printLedger } from '../../src/core/ledger/ledger-file.ts'
import { pair } from './paired.ts'

const CLI = resolve('dist/cli.js')
const ENTRIES = 100_000

/** Prints what it costs to verify a ledger of 100,000 entries, and to print its last day. */
export function benchLedger(): void {
  const cwd = mkdtempSync(join(tmpdir(), 'sealward-ledger-'))
  try {
    mkdirSync(join(cwd, '.sealward'))
    const bytes = makeLedger()
    writeFileSync(join(cwd, LEDGER_FILE), bytes)
    const node = process.execPath
    const contenders = [
      { name: 'floor', command: `'${node}' -e 0`, cwd },
      { name: 'audit verify', command: `'${node}' '${CLI}' audit verify`, cwd },
      { name: 'audit log --since', command: `'${node}' '${CLI}' audit log --since 2200-01-01`, cwd },
    ]
    const { cpu, wall } = pair(contenders, { rounds: 3, runs: 1 })
    const size = (bytes.length / 1024 / 1024).toFixed(0)
    console.log(`\nledger: ${ENTRIES} entries, ${size} MiB (goal: verified in at most 3 s)`)
    for (const [at, { name }] of contenders.entries())
      console.log(`  ${name}: ${(cpu[at]! / 1000).toFixed(2)} s CPU, ${(wall[at]! / 1000).toFixed(2)} s wall`)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

function makeLedger(): Uint8Array {
  const lines: string[] = []
  let parents: readonly Entry[] = []
  for (let at = 0; at < ENTRIES; at += 1) {
    const { entry, line } = makeEntry({
      event: {
        kind: 'exported',
        format: 'json',
        files: [{ path: '.env.production.encrypted' }],
        names: ['DATABASE_URL'],
      },
      parents,
      time: new Date(Date.UTC(2026, 0, 1) + at * 1000),
      by: { via: 'git', name: 'Alice Example', email: 'alice@example.com' },
    })
    parents = [entry]
    lines.push(line)
  }
  return printLedger(lines)
}
