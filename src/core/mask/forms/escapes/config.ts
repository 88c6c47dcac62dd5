import type { Family } from '../family.ts'
import { backslash, U4, u4 } from './backslash.ts'

/** As configuration files, data files and queries quote it. */
export const config: Family = {
  name: 'configuration and data',
  lines: true,
  *forms(text) {
    yield text.replaceAll("'", "''") // SQL, YAML, Pascal
    yield text.replaceAll('"', '""') // CSV, SQL identifiers
    yield text.replaceAll("'", "''").replaceAll('\\', '\\\\') // SQL with backslashes
    yield text.replaceAll('$', '$$$$') // make, Compose
    yield text.replaceAll('%', '%%') // cmd, systemd, configparser, printf
    yield text.replaceAll('{', '{{').replaceAll('}', '}}') // format strings
    yield workflow(text)
    yield workflow(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
    yield terraform(text)
    yield terraform(backslash(text, { marked: '"', code: u4 }))
    yield terraform(backslash(text, { marked: '"', code: u4, coded: '<>&' }))
    yield text.replace(/[^\w]/g, '\\$&') // Perl's quotemeta, Go's and Rust's cousins below
    for (const marked of MARKED) yield text.replace(marked, '\\$&')
    yield text.replace(/[=\u0080-\u{10ffff}]/gu, quotedPrintable)
    yield text.replace(/[()*\\]/g, (character) => `\\${hex(character)}`) // LDAP filters, RFC 4515
    yield text.replace(/["\\+,;<>= ]/g, (character) => `\\${hex(character)}`) // distinguished names, RFC 4514
    yield text.replaceAll(']]>', ']]]]><![CDATA[>')
  },
}

/** As Java's Properties.store writes it. */
export const properties: Family = {
  name: 'properties',
  *forms(text) {
    for (const code of [U4, u4])
      for (const marked of ['=:#!', '=:#! ', '=:', ':'])
        for (const ascii of [{ ascii: true } as const, {}]) yield backslash(text, { marked, code, ...ascii })
  },
}

const MARKED: readonly RegExp[] = [
  /[.*+?^${}()|[\]\\]/g, // JavaScript, Go
  /[.*+?^${}()|[\]\\/]/g,
  /[.*+?^${}()|[\]\\/-]/g, // PHP, TypeScript's helpers
  /[.*+?^${}()|[\]\\#\s&~-]/g, // Python's re.escape, Rust
  /[.*^$[\]\\/]/g, // sed
  /[.*^$[\]\\/&]/g,
  /[\\`*_{}[\]()#+.!|<>~-]/g, // Markdown
  /[\\`*_[\]<>]/g,
  /[*_]/g,
  /[/]/g,
  /[;#]/g, // INI
  /[;#=\\]/g,
  /["+,;<>=\\]/g, // RFC 4514
  /[%_\\]/g, // LIKE
  /[,:;|\\]/g,
  /[@]/g,
  /[:]/g, // .pgpass
  /[:\\]/g,
  /[ ]/g,
  /[ \\]/g,
  /[$]/g,
  /[&]/g,
  /[{}]/g,
]

/** What a value becomes in a workflow command. */
function workflow(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function terraform(text: string): string {
  return text.replaceAll('${', '$$${').replaceAll('%{', '%%{')
}

/** RFC 2045 section 6.7. */
function quotedPrintable(character: string): string {
  return Array.from(Buffer.from(character, 'utf8'), (byte) => `=${byte.toString(16).toUpperCase()}`).join('')
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0')
}
