import type { Family } from '../family.ts'
import { replacing, spell, Writers } from '../spelling.ts'
import { Text } from '../text.ts'

const TEXT = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** The spellings of the quotes, and of what some writers escape besides. */
const ENTITIES: readonly Readonly<Record<string, string>>[] = [
  { ...TEXT }, // text nodes
  { ...TEXT, '"': '&quot;' }, // attributes; PHP before 8.1
  { ...TEXT, '"': '&quot;', "'": '&#39;' }, // lodash, Rails
  { ...TEXT, '"': '&#34;', "'": '&#39;' }, // Go, markupsafe, EJS
  { ...TEXT, '"': '&quot;', "'": '&#x27;' }, // Python, Django, React
  { ...TEXT, '"': '&quot;', "'": '&#039;' }, // PHP
  { ...TEXT, '"': '&quot;', "'": '&apos;' }, // XML
  { ...TEXT, '"': '&#x22;', "'": '&#x27;' },
  { ...TEXT, '"': '&quot;', "'": '&#x27;', '/': '&#x2F;' }, // OWASP
  { ...TEXT, '"': '&quot;', "'": '&#x27;', '/': '&#x2F;', '`': '&#96;' }, // validator
  { ...TEXT, '"': '&quot;', "'": '&#x27;', '/': '&#x2F;', '`': '&#x60;', '=': '&#x3D;' },
  { ...TEXT, '"': '&quot;', "'": '&#39;', '/': '&#x2F;', '`': '&#x60;', '=': '&#x3D;' }, // mustache
  { ...TEXT, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '=': '&#x3D;' }, // Handlebars
  { ...TEXT, '"': '&quot;', "'": '&#x27;', '`': '&#x60;' }, // Underscore
  { ...TEXT, '"': '&#34;', "'": '&#39;', '+': '&#43;' }, // Go's templates
  { ...TEXT, '"': '&#34;', "'": '&#39;', '+': '&#43;', '=': '&#61;', '`': '&#96;' }, // Go's unquoted attributes
  { ...TEXT, '"': '&#34;', "'": '&#39;', '+': '&#43;', '=': '&#61;', '`': '&#96;', ' ': '&#32;', '\t': '&#9;' },
  { '&': '&amp;', '"': '&quot;' }, // a browser's attribute
  { '&': '&amp;', '<': '&lt;' }, // what XML demands
  { '&': '&amp;', '<': '&lt;', '"': '&quot;' },
  { '<': '&lt;', '>': '&gt;' },
]
const WRITERS = new Writers(() => ENTITIES.map(replacing))

/** With HTML's or XML's entities, in the common spellings. */
export const html: Family = {
  name: 'HTML',
  leaves: true,
  lines: 'written',
  sparesWords: true,
  forms: (text) => spell(text, WRITERS),
}

/** Escaped twice; line ends and letters beyond ASCII as numbers. */
export const htmlRare: Family = {
  name: 'HTML, rare spellings',
  sparesWords: true,
  *forms(text) {
    for (const once of [text, ...spell(text, WRITERS).map((form) => new Text(form))]) {
      if (once !== text) yield once.plain.replaceAll('&', '&amp;')
      if (text.hasLines) for (const end of LINE_ENDS) yield once.plain.replace(/\r\n|\r|\n/g, end)
      yield* spell(once, NUMBERED)
    }
  },
}

const LINE_ENDS = ['&#10;', '&#xA;', '&#xa;', '<br>', '<br/>', '<br />']

const NUMBERED = new Writers(() =>
  [
    (point: number) => `&#${point};`,
    (point: number) => `&#${String(point).padStart(2, '0')};`,
    (point: number) => `&#x${point.toString(16)};`,
    (point: number) => `&#x${point.toString(16).toUpperCase()};`,
  ].flatMap((write) =>
    [isUnprintable, isBlank, isWide].map(
      (isNumbered) => (character: string) => (isNumbered(character) ? write(character.codePointAt(0)!) : character),
    ),
  ),
)

function isUnprintable(character: string): boolean {
  return character < ' ' || character > '~'
}

/** What attributes of XML cannot hold as it is. */
function isBlank(character: string): boolean {
  return '\t\n\r'.includes(character)
}

function isWide(character: string): boolean {
  return character > '\x7f'
}
