import { RULES } from '../../core/scan/rules.ts'
import { lookAt } from '../../tasks/steps/look.ts'
import type { Lookers } from '../../tasks/world-look.ts'
import type { PlaceReader, ScanStep } from '../../tasks/world-scan.ts'

/** A second thread costs as much as reading this many files. */
const FEW = 400

/**
 * Few places are looked at here; threads are started for more.
 *
 * @param threads 0 for none at all
 */
export function fewOrMany(reader: PlaceReader, pool: Lookers, threads: number | null): Lookers {
  return {
    async *look(steps) {
      const rest = steps[Symbol.asyncIterator]()
      const first = threads === 0 ? [] : await take(rest, FEW)
      const all = chained(first, rest)
      if (first.length < FEW) yield* hereAndNow(all, reader)
      else yield* pool.look(all)
    },
  }
}

async function* hereAndNow(steps: AsyncIterable<ScanStep>, reader: PlaceReader) {
  for await (const step of steps) {
    if (step.kind === 'unread') yield step
    else if (step.kind === 'place') yield* lookAt([step], { reader, rules: RULES })
  }
}

async function take<T>(from: AsyncIterator<T>, most: number): Promise<T[]> {
  const taken: T[] = []
  while (taken.length < most) {
    const { done, value } = await from.next()
    if (done) break
    taken.push(value)
  }
  return taken
}

/** Whoever stops early lets go of the rest too: there may be a git process behind it. */
async function* chained<T>(first: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield* first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
