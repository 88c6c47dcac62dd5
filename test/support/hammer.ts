/** What clients met that went on opening short connections while something was done. */
export interface Hammered<T> {
  readonly result: T
  readonly succeeded: number
  /** In words of the system; empty when nobody noticed anything. */
  readonly failures: readonly string[]
}

/**
 * Knocks from before the start of some work until after its end, with several clients at once, each one connection after the other.
 *
 * @param knock logs in afresh, as an application would at that instant, and hangs up; it throws when that fails
 */
export async function hammer<T>(
  knock: () => Promise<unknown>,
  work: () => Promise<T>,
  { clients = 3, least = 5 }: { readonly clients?: number; readonly least?: number } = {},
): Promise<Hammered<T>> {
  let [succeeded, isOver] = [0, false]
  const failures: string[] = []
  const knockOn = async (): Promise<void> => {
    for (let count = 0; !isOver || count < least; count += 1) {
      try {
        await knock()
        succeeded += 1
      } catch (error) {
        failures.push(error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown')
      }
    }
  }
  const knocking = Array.from({ length: clients }, knockOn)
  try {
    const result = await work()
    isOver = true
    await Promise.all(knocking)
    return { result, succeeded, failures }
  } finally {
    isOver = true
    await Promise.all(knocking)
  }
}
