import type { Identity } from '../../src/core/age/identity.ts'
import type { KeyPlace, Keys } from '../../src/tasks/world.ts'

/** Keys that are at hand as `place 1`, `place 2`, ... A text stands for what a place may hold besides, null for an empty place. */
export function fixedKeys(
  ...found: readonly (Identity | string | null)[]
): Keys & { readonly read: readonly string[] } {
  const read: string[] = []
  const places = found.map((content, index): KeyPlace => {
    const name = `place ${index + 1}`
    return {
      name,
      async read() {
        read.push(name)
        if (content === null) return null
        return { text: typeof content === 'string' ? content : content.secret.reveal() }
      },
    }
  })
  return { read, places: () => places }
}
