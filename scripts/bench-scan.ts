/**
 * `npm run bench:scan`: the scanner beside others, as far as they are installed (.ci/scan-peers). Figures, never verdicts.
 * `npm run bench:scan -- commit` prints one of its tables alone; `npm run bench:scan -- history [MB]` times a history of so many
 * megabytes, 1000 unless told, and takes a quarter of an hour, so nothing else asks for it.
 */
import { benchAccuracy } from './bench/scan/accuracy.ts'
import { benchCommit } from './bench/scan/commit.ts'
import { benchHistory } from './bench/scan/history.ts'
import { benchTree } from './bench/scan/speed.ts'

const DEFAULT_MB = 1000

const TABLES: Readonly<Record<string, () => void | Promise<void>>> = {
  accuracy: benchAccuracy,
  commit: benchCommit,
  tree: benchTree,
}

const [, , asked, megabytes = String(DEFAULT_MB)] = process.argv
if (asked === 'history') await benchHistory(Number(megabytes))
else if (asked === undefined) for (const print of Object.values(TABLES)) await print()
else if (TABLES[asked] !== undefined) await TABLES[asked]()
else {
  console.error(`bench: there are ${Object.keys(TABLES).join(', ')} and history`)
  process.exitCode = 2
}
