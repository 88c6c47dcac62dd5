import type { Judged } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import { proseMarkdown } from '../../report/check/prose-markdown.ts'
import { printable } from '../../report/printable.ts'
import { codeMarkdown } from '../../report/scan/markdown/markdown-escape.ts'

/** https://docs.github.com/get-started/signing-up-for-github: letters, digits and single hyphens; a team has its organisation before it. */
const LOGIN = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i
const TEAM = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}\/[a-z\d][\w.-]{0,99}$/i
const LONGEST = 70
const MOST_OWNERS = 10

/** Whether an owner is one whom GitHub could assign. */
export function isLogin(owner: string): boolean {
  return LOGIN.test(owner)
}

/** @returns a thing and where it is, as Markdown: `DB_PASSWORD` (production, `.env.production`) */
export function callMarkdown({ name, environment, place }: Judged): string {
  const parts = [
    ...(environment === null ? [] : [codeMarkdown(environment)]),
    ...(place === null ? [] : [codeMarkdown(place.file)]),
  ]
  return `**${codeMarkdown(name)}**${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`
}

/** The same for a title, which GitHub shows as plain text, and of which it keeps 256 characters. */
export function callPlain({ name, environment }: Judged): string {
  return `${plain(name)}${environment === null ? '' : ` in ${plain(environment)}`}`
}

/** @returns so much of a text that came from elsewhere as fits into a title */
export function plain(text: string): string {
  return [...printable(text.slice(0, 2 * LONGEST))].slice(0, LONGEST).join('')
}

/** @returns the day by which it should be done, or its end; with a space before it */
export function sayBy({ due, end }: Judged): string {
  const day = due ?? end
  return day === null ? '' : ` by ${dayOf(day)}`
}

/** @returns the verdict and the step that mends it, as Markdown that goes on after the thing */
export function sayJudged({ message, advice }: Judged): string {
  return proseMarkdown(advice === '' ? message : `${message}. ${advice}`)
}

/** @returns who looks after it, as Markdown; a mention tells them, and what is no login or team is never one */
export function sayOwners(owners: readonly string[], mentions: boolean): string {
  const shown = owners.slice(0, MOST_OWNERS).map((owner) => {
    const known = LOGIN.test(owner) || TEAM.test(owner)
    return mentions && known ? `@${owner}` : codeMarkdown(owner)
  })
  return shown.join(', ')
}
