import type { ProbeAnswer, ProbeQuestion, Probes } from '../world/scan/probe.ts'

/** No more than this many questions are under way at once. */
const ABREAST = 4
/** More secrets than this are a list of them, and asking would take longer than anybody waits. */
export const MOST_ASKED = 200

const UNKNOWN: ProbeAnswer = { state: 'unknown' }

/**
 * Asks about secrets, about each of them once wherever it stands: about one with a half that is missing at one place, what stands beside it
 * at another place is tried.
 *
 * @returns an answer for each question, in their order; null where there is nobody to ask. Of more than `MOST_ASKED` secrets, the rest is
 * unknown without being asked about. Never throws
 */
export async function askIssuers(
  questions: readonly ProbeQuestion[],
  probes: Probes,
): Promise<readonly (ProbeAnswer | null)[]> {
  const bySecret = new Map<string, ProbeQuestion[]>()
  for (const question of questions) {
    const key = keyOf(question)
    bySecret.set(key, [...(bySecret.get(key) ?? []), question])
  }
  const answers = new Map<string, ProbeAnswer | null>()
  const waiting = [...bySecret].slice(0, MOST_ASKED).values()
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      for (const [key, same] of waiting) answers.set(key, await firstAnswer(same, probes))
    }),
  )
  return questions.map((question) => {
    const answer = answers.get(keyOf(question))
    return answer === undefined ? UNKNOWN : answer
  })
}

async function firstAnswer(questions: readonly ProbeQuestion[], probes: Probes): Promise<ProbeAnswer | null> {
  for (const question of questions) {
    const answer = await probes.ask(question)
    if (answer !== null) return answer
  }
  return null
}

function keyOf({ value }: ProbeQuestion): string {
  return value.reveal()
}
