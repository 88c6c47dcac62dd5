import { randomBytes } from 'node:crypto'
import { SealwardError } from '../../src/core/errors.ts'
import { printTarget } from '../../src/core/push/target.ts'
import type { OpenSecrets } from '../../src/tasks/world/github-secrets.ts'
import { boxKeyOf, openBox } from '../support/open-box.ts'

/** Secrets of any place, in memory. */
export interface MemorySecrets {
  readonly open: OpenSecrets
  /** What was put there, by target. */
  readonly values: ReadonlyMap<string, string>
  /** Targets in the order they were written in. */
  readonly written: readonly string[]
  /** Targets that refuse to be written. */
  readonly closed: Set<string>
}

export function memorySecrets(now: () => Date): MemorySecrets {
  const key = boxKeyOf(randomBytes(32))
  const values = new Map<string, string>()
  const written: string[] = []
  const closed = new Set<string>()
  const open: OpenSecrets = async (place) => {
    const target = (name: string) => printTarget({ place, name })
    return {
      publicKey: async () => ({ id: '1', bytes: key.publicKey }),
      find: async (name) => (values.has(target(name)) ? { updatedAt: now(), access: null } : null),
      async put(name, { box }) {
        if (closed.has(target(name)))
          throw new SealwardError('permission', 'the token may not do this', { hint: 'give it another' })
        values.set(target(name), openBox(box, key).toString())
        written.push(target(name))
        return now()
      },
    }
  }
  return { open, values, written, closed }
}
