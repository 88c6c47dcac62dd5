import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'

const MAX_BYTES = 32 * 1024
const LINE_FEED = 0x0a

/**
 * What is said in plaintext before TLS begins. The server may be anybody: it gets 32 KiB in all, and whoever waits for it has a deadline.
 * Errors of the socket come out of the method that waits.
 */
export class Conversation {
  readonly #socket: Socket
  #seen: Buffer = Buffer.alloc(0)
  #total = 0
  #isOver = false
  #wake = (): void => {}
  readonly #onData = (bytes: Buffer): void => {
    this.#total += bytes.length
    this.#seen = Buffer.concat([this.#seen, bytes])
    if (this.#total > MAX_BYTES) this.#onEnd()
    this.#wake()
  }
  readonly #onEnd = (): void => {
    this.#isOver = true
    this.#socket.pause()
    this.#wake()
  }

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('close', this.#onEnd)
  }

  say(bytes: string | Uint8Array): void {
    this.#socket.write(bytes)
  }

  /**
   * Waits until there is enough.
   *
   * @param endOf where what is wanted ends, or 0 for not yet; asked with everything that has come and was not taken
   * @returns null when the server has hung up, or said too much, before that
   */
  async until(endOf: (seen: Buffer) => number): Promise<Buffer | null> {
    for (;;) {
      const end = endOf(this.#seen)
      if (end > 0 && end <= this.#seen.length) {
        const taken = this.#seen.subarray(0, end)
        this.#seen = this.#seen.subarray(end)
        return taken
      }
      if (this.#socket.errored) throw this.#socket.errored
      if (this.#isOver) return null
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  bytes(count: number): Promise<Buffer | null> {
    return this.until(() => count)
  }

  /** @returns a line without its end */
  async line(): Promise<string | null> {
    const line = await this.until((seen) => seen.indexOf(LINE_FEED) + 1)
    return line?.toString('latin1').replace(/\r?\n$/, '') ?? null
  }

  /** @returns everything up to and with the first of some texts */
  async upTo(...texts: readonly string[]): Promise<string | null> {
    const found = await this.until((seen) => {
      const ends = texts.flatMap((text) => (seen.includes(text) ? [seen.indexOf(text) + text.length] : []))
      return ends.length === 0 ? 0 : Math.min(...ends)
    })
    return found?.toString('utf8') ?? null
  }

  /** Leaves the socket to TLS. @returns whether the server has said anything, and whether that is more than was taken */
  close(): { readonly heard: boolean; readonly isMore: boolean } {
    this.#socket.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd).pause()
    return { heard: this.#total > 0, isMore: this.#seen.length > 0 }
  }
}
