import type { Family } from '../family.ts'

type Entities = Readonly<Record<string, string>>

const TEXT: Entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** The spellings of the quotes, and of what some writers escape besides. */
const WRITERS: readonly Entities[] = [
  { ...TEXT }, // text nodes
  { ...TEXT, '"': '&quot;' }, // attributes; PHP before 8.1
  { ...TEXT, '"': '&quot;', "'": '&#39;' }, // lodash, Rails, markupsafe, mustache
  { ...TEXT, '"': '&#34;', "'": '&#39;' }, // Go, Jinja, EJS
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
  { ...TEXT, '"': '&#34;', "'": '&#39;', '+': '&#43;' }, // Go in templates
  { ...TEXT, '"': '&#34;', "'": '&#39;', '+': '&#43;', '=': '&#61;', '`': '&#96;' }, // Go in unquoted attributes
  { '&': '&amp;', '"': '&quot;' }, // a browser's attribute
  { '&': '&amp;', '<': '&lt;' }, // what XML demands
  { '&': '&amp;', '<': '&lt;', '"': '&quot;' },
  { '<': '&lt;', '>': '&gt;' },
]

/** With HTML's or XML's entities, in the common spellings. */
export const html: Family = {
  name: 'HTML',
  leaves: true,
  lines: true,
  forms: (text) => WRITERS.map((writer) => write(text, writer)),
}

/** Escaped twice; line ends and other letters as numbers. */
export const htmlRare: Family = {
  name: 'HTML, rare spellings',
  *forms(text) {
    for (const writer of WRITERS) {
      const once = write(text, writer)
      for (const line of ['&#10;', '&#xA;', '&#xa;', '<br>', '<br />', '<br/>']) yield once.replace(/\r\n|\r|\n/g, line)
      yield once.replaceAll('&', '&amp;')
      yield numbered(once, 10)
      yield numbered(once, 16)
      yield numbered(once, 16).replace(/&#x[0-9a-f]+;/g, (code) => `&#x${code.slice(3).toUpperCase()}`)
    }
  },
}

function write(text: string, entities: Entities): string {
  return text.replace(/["&'+/<=>`]/g, (character) => entities[character] ?? character)
}

function numbered(text: string, radix: 10 | 16): string {
  const sign = radix === 16 ? '&#x' : '&#'
  return text.replace(/[^\0-~]/gu, (character) => `${sign}${character.codePointAt(0)!.toString(radix)};`)
}
