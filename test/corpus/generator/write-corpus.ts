import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Half } from './case.ts'
import { generateHalf, type Label, SEED } from './corpus.ts'

/** Writes the files of one half into a folder, and `labels.jsonl` beside them: a judged place a line. Answers how many files. */
export async function writeCorpus(folder: string, half: Half): Promise<number> {
  const files = generateHalf(SEED, half)
  const labels: string[] = []
  for (const { path, text, secrets, negatives } of files) {
    const target = join(folder, 'files', path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, text)
    labels.push(
      ...secrets.map((label) => labelLine(path, label, true)),
      ...negatives.map((label) => labelLine(path, label, false)),
    )
  }
  await writeFile(join(folder, 'labels.jsonl'), `${labels.join('\n')}\n`)
  return files.length
}

function labelLine(path: string, { line, end, kind }: Label, secret: boolean): string {
  return JSON.stringify({ path, line, end, kind, secret })
}
