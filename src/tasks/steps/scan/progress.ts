import type { Clock, Teller } from '../../world.ts'

const EVERY_MS = 3000

/** A line for people who wait, every few seconds: how much, how fast and, in a history, how long yet. */
export class Progress {
  readonly #what: string
  readonly #world: { readonly clock: Clock; readonly teller: Pick<Teller, 'note'> }
  readonly #start: number
  #last: number
  #count = 0
  #bytes = 0
  #part = ''

  /** @param what is counted, in the plural */
  constructor(what: string, world: { readonly clock: Clock; readonly teller: Pick<Teller, 'note'> }) {
    this.#what = what
    this.#world = world
    this.#start = world.clock.now().getTime()
    this.#last = this.#start
  }

  /** So many commits of how many have been listed. */
  mark({ done, total }: { readonly done: number; readonly total: number }): void {
    const seconds = (this.#world.clock.now().getTime() - this.#start) / 1000
    const left = done === 0 ? '' : `, about ${Math.ceil((seconds / done) * (total - done))} s left`
    this.#part = `, ${done} of ${total} commits${left}`
  }

  /** So much more was looked at. Says a line when it is time for one. */
  add({ count, bytes }: { readonly count: number; readonly bytes: number }): void {
    this.#count += count
    this.#bytes += bytes
    const now = this.#world.clock.now().getTime()
    if (now - this.#last < EVERY_MS) return
    this.#last = now
    const rate = (this.#bytes / 1e6 / ((now - this.#start) / 1000)).toFixed(0)
    this.#world.teller.note(`${this.#count} ${this.#what}, ${rate} MB/s${this.#part}`)
  }
}
