import type { ScanRule } from '../../../core/scan/rule.ts'
import type { Lookers } from '../../world/scan/look.ts'
import type { PlaceReader, ScanStep } from '../../world/scan/source.ts'
import { lookAt } from './look.ts'

/** A second thread costs as much as reading this many files. */
const FEW = 400

/** What this thread looks with. */
interface Here {
  readonly reader: PlaceReader
  readonly rules: readonly ScanRule[]
}

/**
 * Few places are looked at here; threads are started for more.
 *
 * @param pool null for no threads at all
 */
export function fewOrMany({ reader, rules }: Here, pool: Lookers | null): Lookers {
  return {
    async *look(steps) {
      const rest = steps[Symbol.asyncIterator]()
      const first = pool === null ? [] : await take(rest, FEW)
      const all = chained(first, rest)
      if (pool === null || first.length < FEW) yield* hereAndNow(all, { reader, rules })
      else yield* pool.look(all)
    },
  }
}

async function* hereAndNow(steps: AsyncIterable<ScanStep>, here: Here) {
  for await (const step of steps) {
    if (step.kind === 'place') yield* lookAt([step], here)
    else yield step
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
