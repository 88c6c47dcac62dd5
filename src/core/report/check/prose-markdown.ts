import { printable } from '../printable.ts'
import { shorten } from '../scan/amounts.ts'
import { escapeMarkdown } from '../scan/markdown/markdown-escape.ts'

/** escapeMarkdown is for names and cuts off at 200 UTF-16 units; a code point has one or two. */
const PIECE = /.{1,100}/gsu
const MENTIONS = /&#64;|&#35;/g
const REFERENCES = /(GH)(&#45;)/gi

/**
 * A sentence as text in an issue: whatever it holds, it is neither markup nor a mention of anybody nor a reference to another issue.
 * GitHub looks for those after Markdown has become HTML, when an entity is a character again. So a space without width stands behind
 * `@` and `#`, and within `GH-1`.
 */
export function proseMarkdown(text: string): string {
  const pieces = printable(shorten(text, 2000)).match(PIECE) ?? []
  return pieces.map(escapeMarkdown).join('').replace(MENTIONS, '$&&#8203;').replace(REFERENCES, '$1&#8203;$2')
}
