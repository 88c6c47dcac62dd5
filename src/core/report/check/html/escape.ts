import { printable } from '../../printable.ts'
import { shorten } from '../../scan/amounts.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '#': '&#35;',
}

/** A text as text in HTML, in an element and in a quoted attribute, whatever it holds; no runner takes any of it for a command. */
export function escapeHtml(text: string): string {
  return printable(shorten(text, 2000).toWellFormed()).replace(
    /[&<>"']|(?<=#)#(?=\[)/g,
    (character) => ENTITIES[character]!,
  )
}
