import { printKey } from '../action.ts'
import { digest } from '../digest.ts'
import type { OwnIssue } from '../own.ts'
import type { Standing } from '../standing.ts'
import { callMarkdown, sayJudged } from './words.ts'

const MOST_LINES = 30

/**
 * What happened since the body was written, in one comment: with it GitHub tells those who follow the issue, which a changed body does
 * not.
 *
 * @param told standings with news: those were looked at
 * @returns the comment and its key, which is the same for the same news after the same body
 */
export function printNews(own: OwnIssue, told: readonly Standing[]): { readonly body: string; readonly key: string } {
  const key = digest([own.marker.hash, told.map(({ id, level, news }) => [id, level, news!.kind])], 16)
  const lines = told.slice(0, MOST_LINES).map(lineOf)
  const rest = told.length > MOST_LINES ? [`- and ${told.length - MOST_LINES} more`] : []
  return { body: `${printKey(key)}\n${[...lines, ...rest].join('\n')}\n`, key }
}

/** GitHub links the two issues by these words. */
export function printDuplicate(of: number): { readonly body: string; readonly key: string } {
  const key = digest(['duplicate', of], 16)
  return { body: `${printKey(key)}\nDuplicate of #${of}\n`, key }
}

function lineOf({ judged, level, news }: Standing): string {
  const { kind, before } = news!
  const words = {
    new: `is **${level}**`,
    worse: `is **${level}** now, and was ${before}`,
    better: `is **${level}**, and was ${before}`,
    woke: `is **${level}**; its snooze is over`,
  }
  return `- ${callMarkdown(judged!)} ${words[kind]}: ${sayJudged(judged!)}`
}
