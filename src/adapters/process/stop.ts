import type { Stop } from '../../tasks/world.ts'

/**
 * Ctrl-C, or what ends a job that is cancelled: GitHub sends SIGINT, SIGTERM 7.5 seconds later, and SIGKILL after another 2.5. The first of
 * each asks; one more of the same ends the process, as it does everywhere.
 *
 * @param heard is called once, when somebody asks
 */
export function openStop(heard: () => void): Stop {
  let asked = false
  const ask = () => {
    if (!asked) heard()
    asked = true
  }
  process.once('SIGINT', ask)
  process.once('SIGTERM', ask)
  return {
    get asked() {
      return asked
    },
  }
}
