import { SealwardError } from '../../../core/errors.ts'
import type { Download } from '../../world/github.ts'
import type { Clock } from '../../world.ts'

export interface RunFetcherWorld {
  readonly clock: Clock
  /** Is told what could not be fetched although it is there: what was found is not the whole answer then. */
  failed(error: SealwardError): void
}

/** So much is looked at of one run. Whoever could make it leave more behind must not keep this job for hours. */
const MOST_BYTES = 1024 * 1024 * 1024
const MOST_MINUTES = 15

/** Fetches until it has been enough. Each answer is what was asked for, or in words why there is none. */
export class RunFetcher {
  readonly #world: RunFetcherWorld
  readonly #started: number
  #bytes = 0
  #spent: string | null = null

  constructor(world: RunFetcherWorld) {
    this.#world = world
    this.#started = world.clock.now().getTime()
  }

  /** A list, or anything else that is small. */
  async ask<T>(question: () => Promise<T>): Promise<T | string> {
    return question().catch((error: unknown) => this.#judge(error))
  }

  async fetch(download: () => Promise<Download>): Promise<Uint8Array | string> {
    this.#spent ??= this.#whySpent()
    if (this.#spent !== null) return this.#spent
    const answer = await this.ask(download)
    if (typeof answer === 'string') return answer
    if (answer.kind === 'gone') return GONE
    if (answer.kind === 'too-large') return sayTooLarge(answer.limit)
    this.#bytes += answer.bytes.length
    return answer.bytes
  }

  #whySpent(): string | null {
    if (this.#bytes > MOST_BYTES) return `not fetched: the run left more than ${sayMiB(MOST_BYTES)} behind`
    const minutes = (this.#world.clock.now().getTime() - this.#started) / 60_000
    return minutes > MOST_MINUTES ? `not fetched: the rest took more than ${MOST_MINUTES} minutes` : null
  }

  /** Asking on where GitHub takes no more would take the other jobs of the repository their turn. */
  #judge(error: unknown): string {
    if (!(error instanceof SealwardError)) throw error
    this.#world.failed(error)
    const why = `not fetched: ${error.message}`
    if (error.code === 'rate-limited') this.#spent = why
    return why
  }
}

export const GONE = 'is gone: deleted, or kept no longer'

export function sayTooLarge(limit: number): string {
  return `has more than ${sayMiB(limit)}, and was not looked at`
}

function sayMiB(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))} MiB`
}
