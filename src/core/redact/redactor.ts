import type { Filter } from './filter.ts'
import type { Literals } from './literals.ts'

const STARS = Buffer.from('***')
const NOTHING = new Uint8Array(0)

/**
 * A filter that puts `***` in the place of literals, as GitHub's runner does: every hit counts, and hits that overlap or touch
 * become one. A literal that is cut by the end of a piece is found, and nothing is held back but a tail with which one may begin.
 */
export class Redactor implements Filter {
  readonly #literals: Literals
  /** What was held back. */
  #tail: Uint8Array = NOTHING
  /** How many of the next bytes an earlier hit covers. */
  #covered = 0
  /** Whether the stars of a hit that ends here are the last thing passed on. */
  #afterHit = false

  constructor(literals: Literals) {
    this.#literals = literals
  }

  push(chunk: Uint8Array): Uint8Array {
    return this.#process(this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk]), false)
  }

  end(): Uint8Array {
    return this.#process(this.#tail, true)
  }

  #process(text: Uint8Array, final: boolean): Uint8Array {
    const passed: Uint8Array[] = []
    let hidden = this.#covered
    let at = 0
    for (; at < text.length; at += 1) {
      at = this.#literals.nextCandidate(text, at)
      if (at >= text.length) break
      const { length, open } = this.#literals.at(text, at)
      if (open && !final) break
      if (length === 0) continue
      if (at > hidden) this.#pass(passed, text.subarray(hidden, at))
      if (!this.#afterHit) passed.push(STARS)
      this.#afterHit = true
      hidden = Math.max(hidden, at + length)
    }
    if (at > hidden) this.#pass(passed, text.subarray(hidden, at))
    this.#covered = Math.max(0, hidden - at)
    this.#tail = text.subarray(at)
    return joined(passed)
  }

  #pass(passed: Uint8Array[], plain: Uint8Array): void {
    passed.push(plain)
    this.#afterHit = false
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 0) return NOTHING
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
}
