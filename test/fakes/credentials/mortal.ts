import { SealwardError } from '../../../src/core/errors.ts'
import { ProcessEnd } from '../mortal-files.ts'

/** How a call of a port goes wrong: the process ends before it or after it, or it throws without or with having been done. */
export const FATES = ['kill-before', 'kill-after', 'error-before', 'error-after'] as const
export type Fate = (typeof FATES)[number]

export interface Mortality {
  /** Of how many calls there were until now. */
  calls(): number
  /** Lets every method of a port go through this. */
  wrap<T extends object>(port: T): T
}

export interface Doom {
  /** Which call, from 0; none where it never comes to that. */
  readonly at: number
  readonly fate: Fate
}

/**
 * One process, whose calls are counted over all of its ports.
 *
 * @param after runs when a call has been made, and before anything else happens
 */
export function mortality(doom: Doom | null, after: () => Promise<void>): Mortality {
  let count = 0
  let dead = false
  return { calls: () => count, wrap }

  function wrap<T extends object>(port: T): T {
    return new Proxy(port, {
      get(target, name) {
        const method = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return (...args: unknown[]) => call(() => Reflect.apply(method, target, args))
      },
    })
  }

  async function call(work: () => unknown): Promise<unknown> {
    if (dead) throw new ProcessEnd()
    const fate = doom !== null && doom.at === count ? doom.fate : null
    count += 1
    if (fate === 'kill-before') return die()
    if (fate === 'error-before') throw new SealwardError('unavailable', 'it did not answer')
    const answer = await work()
    await after()
    if (fate === 'kill-after') return die()
    if (fate === 'error-after') throw new SealwardError('unavailable', 'its answer was lost')
    return answer
  }

  function die(): never {
    dead = true
    throw new ProcessEnd()
  }
}
