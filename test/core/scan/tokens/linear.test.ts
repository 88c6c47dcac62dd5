import { expect, it } from 'vitest'
import { TOKEN_RULES } from '../../../../src/core/scan/tokens/token-rules.ts'
import { fillTemplate, seeded } from '../templates.ts'

const LENGTH = 100_000
/** A linear shape needs a hundredth of a millisecond for this; one that is quadratic in its input, many seconds. */
const LIMIT_MS = 20
const TRIES = 3

/** Runs that keep the usual classes of characters going for as long as they will. */
const RUNS = ['a', 'A', '0', 'f', '-', '_', 'aA0', 'a-', 'a.', '1/', 'a=', 'eyJ', '%2B']

/** A shape is tried at one place; it must give up, or find an end, in time that does not grow with what follows. */
function longestTry(shape: RegExp, texts: readonly string[]): number {
  const sticky = new RegExp(shape.source, 'y')
  return Math.max(...texts.map((text) => Math.min(...Array.from({ length: TRIES }, () => timeOf(sticky, text)))))
}

/** The best of some tries: the first compiles the expression, and any may be interrupted. */
function timeOf(sticky: RegExp, text: string): number {
  const before = performance.now()
  sticky.lastIndex = 0
  sticky.exec(text)
  return performance.now() - before
}

it.each(TOKEN_RULES.map((rule) => [rule.id, rule] as const))('%s answers in linear time', (_, rule) => {
  const random = seeded(5)
  const starts = [...rule.literals, ...rule.hits.map((hit) => fillTemplate(hit, random)), '']
  const texts = starts.flatMap((start) => RUNS.map((run) => start + run.repeat(LENGTH / run.length)))
  expect(longestTry(rule.shape, texts)).toBeLessThan(LIMIT_MS)
})

it('no shape holds a repeat without an end', () => {
  const open = TOKEN_RULES.filter((rule) =>
    /[^\\][*+](?![^[]*\])|\{\d+,\}/.test(rule.shape.source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')),
  )
  expect(open.map((rule) => rule.id)).toEqual([])
})

it('no shape repeats a group that itself holds a repeat of open length', () => {
  const nested = TOKEN_RULES.filter((rule) => /[{?*+][^()]*\)\{/.test(rule.shape.source))
  // Their groups end in a hyphen that the repeated digits cannot be: one reading only.
  expect(nested.map((rule) => rule.id)).toEqual(['slack-user-token', 'slack-legacy-token', 'slack-client-token'])
})
