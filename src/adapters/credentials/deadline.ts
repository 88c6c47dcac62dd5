/** What took too long: nobody knows whether it is done, or will be. */
export class TooLate extends Error {}

/** Waits so long for work and no longer. What it comes to later is not looked at. @throws TooLate */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate()), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
