import { printable } from '../../printable.ts'
import { shorten } from '../amounts.ts'

/**
 * Text as text in Markdown, whatever it holds. An entity can stand for no structure (CommonMark 2.5), so everything that could be
 * one is written so.
 */
export function escapeMarkdown(text: string): string {
  return shorten(printable(text)).replace(/[^A-Za-z0-9 ]/gu, (character) => `&#${character.codePointAt(0)};`)
}

/** The same in a fixed width. Inside of `<code>` GitHub makes no mentions or links of it either. */
export function codeMarkdown(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`
}
