import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type ErrorCode, SealwardError } from '../../core/errors.ts'
import type { Look, Lookers } from '../../tasks/world-look.ts'
import type { ScanPlace, ScanStep } from '../../tasks/world-scan.ts'

export interface PoolOptions {
  /** The file of the program that each thread runs: it answers every list of places with a list of looks. */
  readonly program: string
  readonly threads: number
  /** What every thread is told at its start. */
  readonly data: unknown
}

/** So many places are handed over at once: enough to make the message cheap, few enough to keep all threads busy to the end. */
const BATCH = 128

/** Threads that share a list of places. They are there from the first place to the last. */
export function openPool(options: PoolOptions): Lookers {
  return {
    async *look(steps) {
      const workers = Array.from(
        { length: options.threads },
        () => new Worker(options.program, { workerData: options.data }),
      )
      try {
        const batches = new Batches(steps)
        const answers = new Channel<Look>()
        const all = Promise.all(workers.map((worker) => drive(worker, batches, answers)))
        all.then(
          () => answers.end(),
          (error) => answers.fail(error),
        )
        yield* answers.read()
      } finally {
        await Promise.all(workers.map((worker) => worker.terminate()))
      }
    },
  }
}

async function drive(worker: Worker, batches: Batches, answers: Channel<Look>): Promise<void> {
  for (;;) {
    const { places, others } = await batches.next()
    for (const one of others) answers.put(one)
    if (places.length === 0) return
    for (const one of await ask(worker, places)) answers.put(one)
  }
}

/** A thread that ends or throws has a fault of ours in it; what it threw may quote what it read. */
async function ask(worker: Worker, places: readonly ScanPlace[]): Promise<readonly Look[]> {
  const stop = new AbortController()
  const answered = once(worker, 'message', { signal: stop.signal })
  const ended = once(worker, 'exit', { signal: stop.signal }).then(() => {
    throw new SealwardError('internal', 'a thread of the scanner ended')
  })
  worker.postMessage(places)
  try {
    const [answer] = (await Promise.race([answered, ended])) as [Answer]
    if ('message' in answer) throw new SealwardError(answer.code, answer.message)
    return answer
  } catch (error) {
    throw error instanceof SealwardError ? error : new SealwardError('internal', 'a thread of the scanner failed')
  } finally {
    stop.abort()
    ended.catch(() => {})
    answered.catch(() => {})
  }
}

/** What a thread says: what it saw, or why it could not look. */
type Answer = readonly Look[] | { readonly code: ErrorCode; readonly message: string }

interface Batch {
  /** None when the list has ended. */
  readonly places: readonly ScanPlace[]
  /** What stood between them and needs no reading. */
  readonly others: readonly Look[]
}

/** Hands out a list in pieces, to one asker after the other. */
class Batches {
  readonly #steps: AsyncIterator<ScanStep>
  #turn: Promise<unknown> = Promise.resolve()

  constructor(steps: AsyncIterable<ScanStep>) {
    this.#steps = steps[Symbol.asyncIterator]()
  }

  next(): Promise<Batch> {
    const mine = this.#turn.then(() => this.#take())
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #take(): Promise<Batch> {
    const places: ScanPlace[] = []
    const others: Look[] = []
    while (places.length < BATCH) {
      const { done, value } = await this.#steps.next()
      if (done) break
      if (value.kind === 'place') places.push(value)
      else if (value.kind === 'unread') others.push(value)
    }
    return { places, others }
  }
}

/** Puts what several tasks say into one line. */
class Channel<T> {
  readonly #waiting: T[] = []
  #wake: () => void = () => {}
  #ended = false
  #error: unknown

  put(value: T): void {
    this.#waiting.push(value)
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  fail(error: unknown): void {
    this.#error = error
    this.end()
  }

  async *read(): AsyncGenerator<T> {
    for (;;) {
      yield* this.#waiting.splice(0)
      if (this.#waiting.length > 0) continue
      if (this.#error !== undefined) throw this.#error
      if (this.#ended) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
