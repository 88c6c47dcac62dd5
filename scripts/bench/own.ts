import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ScanText } from '../../src/core/scan/engine/scan-text.ts'
import { printFingerprints } from '../../src/core/scan/own/keyless/fingerprints.ts'
import { compileIndex } from '../../src/core/scan/own/keyless/index-search.ts'
import { makeFingerprints } from '../../src/core/scan/own/keyless/make.ts'
import type { OwnValue } from '../../src/core/scan/own/own-value.ts'
import { compileValues } from '../../src/core/scan/own/value-search.ts'

const COUNTS = [30, 500]
const RUNS = 5
const MEGABYTE = 1_000_000

/** Prints how fast one thread looks for the repository's own values, with a key and by fingerprints, and how large these are. */
export function benchOwn(): void {
  const texts = {
    'source code': sourceCode(),
    'random base64': [Buffer.from(randomBytes(6 * MEGABYTE).toString('base64'))],
  }
  for (const count of COUNTS) {
    const values = drawValues(count)
    const print = (what: string, search: Search) => {
      for (const [name, files] of Object.entries(texts))
        console.log(`own: ${count} values, ${what}, ${name}: ${speedOf(search, files).toFixed(0)} MB/s`)
    }
    console.log('')
    print('with a key', compileValues(values))
    const index = makeFingerprints([{ file: '.env.encrypted', ciphertexts: '0'.repeat(64), values }], randomBytes(32))
    print('by fingerprints', compileIndex(index.fingerprints))
    const indexed = count - index.left.length
    const bytes = printFingerprints(index.fingerprints).length
    console.log(`own: ${count} values, fingerprints: ${(bytes / indexed).toFixed(0)} bytes a value, ${indexed} indexed`)
  }
}

interface Search {
  find(text: ScanText): unknown
}

/** Three of four are as a generator draws them, one is the address of a database. */
function drawValues(count: number): OwnValue[] {
  return Array.from({ length: count }, (_, at) => ({ file: '.env.encrypted', name: `KEY_${at}`, value: drawValue(at) }))
}

function drawValue(at: number): string {
  const token = randomBytes(24 + (at % 16)).toString('base64url')
  if (at % 4 === 0) return randomBytes(32).toString('hex')
  return at % 4 === 1 ? `postgres://app:${token}@db.example.com/main` : token
}

/** The files of this repository's own sources and tests, one by one, as a scan reads them. */
function sourceCode(): Buffer[] {
  return ['src', 'test', 'docs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  )
}

/** @returns megabytes a second, of the best of some runs */
function speedOf(search: Search, files: readonly Buffer[]): number {
  const bytes = files.reduce((sum, { length }) => sum + length, 0)
  const best = Math.min(...Array.from({ length: RUNS }, () => timeOf(() => findInAll(search, files))))
  return bytes / MEGABYTE / (best / 1000)
}

function findInAll(search: Search, files: readonly Buffer[]): void {
  for (const file of files) search.find(new ScanText(file))
}

function timeOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
