import { planMasks } from '../../core/mask/plan.ts'
import { rememberKeys } from '../../tasks/steps/keys/remember-keys.ts'
import type { Keys } from '../../tasks/world.ts'
import type { Runner } from '../world.ts'

/** Hides secrets in the log at the moment they come into being, in the forms that `mode: decrypt` hides. docs/masking.md. */
export interface Hider {
  hide(secrets: readonly string[]): void
  /** Keys that are hidden as soon as they are read. */
  over(keys: Keys): Keys
}

/** A password may be shorter than what a workflow lets be hidden; one that is given to a database is hidden in any case. */
export function openHider(runner: Pick<Runner, 'mask'>): Hider {
  const hidden = new Set<string>()
  const hide = (secrets: readonly string[]) => {
    const fresh = secrets.filter((value) => !hidden.has(value))
    for (const value of fresh) hidden.add(value)
    const { masks } = planMasks({ secrets: fresh.map((value) => ({ name: '', value })), short: 'mask' })
    if (masks.length > 0) runner.mask(masks)
  }
  return {
    hide,
    over(keys) {
      const remembered = rememberKeys(keys)
      const places = remembered.keys.places().map(({ name, read }) => ({
        name,
        async read() {
          const found = await read()
          hide(remembered.secrets())
          return found
        },
      }))
      return { places: () => places }
    },
  }
}
