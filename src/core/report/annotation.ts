/** A workflow command's content, as the runner's door takes it. Not escaped: that is for whoever writes it out. */
export interface Annotation {
  readonly type: 'error' | 'warning' | 'notice'
  readonly file?: string
  readonly line?: number
  readonly title: string
  readonly message: string
}

/** GitHub shows no more of each type in a step, and nothing of the others. */
export const MOST_ANNOTATIONS = 10

/**
 * @param all the most urgent of each type first
 * @param countOf the notice that stands for those that have no place, given how many have one
 * @returns errors, then warnings, then notices, at most ten of each; when some have no place, the last notice counts
 */
export function annotationsWithin(all: readonly Annotation[], countOf: (shown: number) => Annotation): Annotation[] {
  const byType = (['error', 'warning', 'notice'] as const).map((type) => all.filter((one) => one.type === type))
  if (byType.every(({ length }) => length <= MOST_ANNOTATIONS)) return byType.flat()
  const [errors = [], warnings = [], notices = []] = byType.map((some) => some.slice(0, MOST_ANNOTATIONS))
  const shown = [...errors, ...warnings, ...notices.slice(0, MOST_ANNOTATIONS - 1)]
  return [...shown, countOf(shown.length)]
}
