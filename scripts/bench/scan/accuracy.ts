import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCorpus, generateHalf, SEED } from '../../../test/corpus/generator/corpus.ts'
import { writeCorpus } from '../../../test/corpus/generator/write-corpus.ts'
import { runScanner, scanners } from './peers.ts'
import { scoreOf } from './score.ts'

const HALVES = ['open', 'hidden'] as const

/** Prints precision, recall and F1 of every scanner that is here, on the two halves of the labelled corpus. */
export async function benchAccuracy(): Promise<void> {
  const hash = createHash('sha256')
    .update(JSON.stringify(generateCorpus(SEED)))
    .digest('hex')
  console.log(`\nthe corpus: seed ${SEED}, sha256 ${hash.slice(0, 16)}`)
  for (const half of HALVES) {
    const folder = mkdtempSync(join(tmpdir(), 'sealward-corpus-'))
    try {
      await writeCorpus(folder, half)
      console.log(`the ${half} half`)
      console.table(scanners().map((scanner) => row(scanner, half, folder)))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function row(scanner: ReturnType<typeof scanners>[number], half: (typeof HALVES)[number], folder: string) {
  const reports = runScanner(scanner, join(folder, 'files'), join(folder, `${scanner.name}.json`))?.reports ?? []
  const { found, missed, falseAlarms, precision, recall, f1 } = scoreOf(generateHalf(SEED, half), reports)
  const shown = (figure: number) => figure.toFixed(3)
  return {
    scanner: scanner.name,
    found,
    missed,
    'false alarms': falseAlarms,
    precision: shown(precision),
    recall: shown(recall),
    F1: shown(f1),
  }
}
