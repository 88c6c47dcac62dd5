import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type ErrorCode, type ErrorDetail, SealwardError } from '../../core/errors.ts'
import type { Look, Lookers } from '../../tasks/world/scan/look.ts'
import type { ScanMark, ScanPlace, ScanStep } from '../../tasks/world/scan/source.ts'

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
      const threads = Array.from({ length: options.threads }, () => new Thread(options))
      const batches = new Batches(steps)
      try {
        const answers = new Channel<Look>()
        const order = new Order(answers)
        Promise.all(threads.map((thread) => drive(thread, batches, order))).then(
          () => answers.end(),
          (error) => answers.fail(error),
        )
        yield* answers.read()
      } finally {
        await Promise.all([...threads.map((thread) => thread.stop()), batches.stop()])
      }
    },
  }
}

async function drive(thread: Thread, batches: Batches, order: Order): Promise<void> {
  for (let batch = await batches.next(); batch !== null; batch = await batches.next()) {
    const { number, places, others, mark } = batch
    const looks = places.length === 0 ? [] : await thread.ask(places)
    order.put(number, [...others, ...looks, ...(mark === null ? [] : [mark])])
  }
}

/** Passes on the answers to batches in the order of the batches: what is said before a mark is what was listed before it. */
class Order {
  readonly #answers: Channel<Look>
  readonly #early = new Map<number, readonly Look[]>()
  #next = 0

  constructor(answers: Channel<Look>) {
    this.#answers = answers
  }

  put(number: number, looks: readonly Look[]): void {
    this.#early.set(number, looks)
    for (let ready = this.#early.get(this.#next); ready !== undefined; ready = this.#early.get(this.#next)) {
      this.#early.delete(this.#next)
      this.#next += 1
      for (const look of ready) this.#answers.put(look)
    }
  }
}

/** What a thread says: what it saw, or why it could not look. */
type Answer = readonly Look[] | { readonly code: ErrorCode; readonly message: string; readonly detail: ErrorDetail }

class Thread {
  readonly #worker: Worker
  /** Never fulfilled. It listens from the start: a thread may end before it is asked anything. */
  readonly #ended: Promise<never>

  constructor({ program, data }: PoolOptions) {
    this.#worker = new Worker(program, { workerData: data })
    // What it threw has a fault of ours in it, and may quote what it read.
    this.#ended = new Promise((_, reject) => {
      this.#worker.on('error', () => reject(new SealwardError('internal', 'a thread of the scanner failed')))
      this.#worker.on('messageerror', () => reject(new SealwardError('internal', 'a thread of the scanner failed')))
      this.#worker.on('exit', () => reject(new SealwardError('internal', 'a thread of the scanner ended')))
    })
    this.#ended.catch(() => {})
  }

  /** @throws SealwardError internal when the thread is gone, or what the thread threw */
  async ask(places: readonly ScanPlace[]): Promise<readonly Look[]> {
    const stop = new AbortController()
    const answered = once(this.#worker, 'message', { signal: stop.signal })
    answered.catch(() => {})
    this.#worker.postMessage(places)
    try {
      const [answer] = (await Promise.race([this.#ended, answered])) as [Answer]
      if ('message' in answer) throw new SealwardError(answer.code, answer.message, answer.detail)
      return answer
    } catch (error) {
      // `once` hands on what the thread threw.
      throw error instanceof SealwardError ? error : new SealwardError('internal', 'a thread of the scanner failed')
    } finally {
      stop.abort()
    }
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }
}

interface Batch {
  /** From 0, in the order of the list. */
  readonly number: number
  readonly places: readonly ScanPlace[]
  /** What stood between them and needs no reading. */
  readonly others: readonly Look[]
  /** What stood behind them, and ended the batch. */
  readonly mark: ScanMark | null
}

/** Hands out a list in pieces, to one asker after the other. */
class Batches {
  readonly #steps: AsyncIterator<ScanStep>
  #turn: Promise<unknown> = Promise.resolve()
  #count = 0

  constructor(steps: AsyncIterable<ScanStep>) {
    this.#steps = steps[Symbol.asyncIterator]()
  }

  /** @returns null when the list has ended */
  next(): Promise<Batch | null> {
    const mine = this.#turn.then(() => this.#take())
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /** Lets go of the list, so that what is behind it (a git process) ends too. */
  async stop(): Promise<void> {
    await this.#steps.return?.()
  }

  async #take(): Promise<Batch | null> {
    const places: ScanPlace[] = []
    const others: Look[] = []
    let mark: ScanMark | null = null
    while (places.length < BATCH && mark === null) {
      const { done, value } = await this.#steps.next()
      if (done) break
      if (value.kind === 'place') places.push(value)
      else if (value.kind === 'unread') others.push(value)
      else mark = value
    }
    if (places.length === 0 && others.length === 0 && mark === null) return null
    const number = this.#count
    this.#count += 1
    return { number, places, others, mark }
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
