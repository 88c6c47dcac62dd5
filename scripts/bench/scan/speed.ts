import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../paired.ts'
import { timeBareSearch } from './bare-search.ts'
import { runScanner, scanners } from './peers.ts'

const ROUNDS = 3
/** No scanner: the search for the same words, which a scan has to do at least. */
const BARE = 'rg -j2, words alone'
/** Slower ones are measured once. */
const SLOW_MS = 20_000

/**
 * Prints how long every scanner that is here takes for a tree: SEALWARD_BENCH_TREE, or else this project's own node_modules. One after the
 * other in each round, so that a machine whose speed drifts is equally unkind to all.
 */
export function benchTree(): void {
  const tree = process.env.SEALWARD_BENCH_TREE ?? 'node_modules'
  const { files, bytes } = sizeOf(tree)
  const out = mkdtempSync(join(tmpdir(), 'sealward-tree-'))
  const times = new Map<string, number[]>()
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const scanner of scanners()) {
        const known = times.get(scanner.name) ?? []
        if (known.length > 0 && known[0]! > SLOW_MS) continue
        const run = runScanner(scanner, tree, join(out, `${scanner.name}-${round}.json`))
        times.set(scanner.name, [...known, run?.milliseconds ?? Number.POSITIVE_INFINITY])
      }
      const bare = timeBareSearch(tree)
      if (bare !== null) times.set(BARE, [...(times.get(BARE) ?? []), bare])
    }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
  const ours = median(times.get('sealward') ?? [1])
  console.log(`\n${tree}: ${files} files, ${(bytes / 1e6).toFixed(0)} MB`)
  console.table(
    [...times].map(([scanner, list]) => ({
      scanner,
      seconds: (median(list) / 1000).toFixed(2),
      'MB/s': (bytes / 1e3 / median(list)).toFixed(0),
      'times sealward': (median(list) / ours).toFixed(2),
    })),
  )
}

function sizeOf(folder: string): { files: number; bytes: number } {
  let [files, bytes] = [0, 0]
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      files += 1
      bytes += statSync(join(entry.parentPath, entry.name)).size
    }
  return { files, bytes }
}
