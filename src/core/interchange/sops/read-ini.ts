import { SealwardError } from '../../errors.ts'
import type { Tree } from './tree.ts'

/** What stands above the first section; sops binds its values to this name. */
export const DEFAULT_SECTION = 'DEFAULT'

/**
 * Reads a sops file in INI. Ciphertexts and plain words are read; the quotes and continued lines that the library of sops writes round odd
 * unencrypted values are not.
 *
 * @throws SealwardError malformed, duplicate or unsupported, with the line
 */
export function readIniTree(text: string): Tree {
  const sections = new Map<string, Map<string, Tree>>()
  let section = DEFAULT_SECTION
  for (const [index, raw] of text.split('\n').entries()) {
    const row = raw.trim()
    if (row === '' || row.startsWith(';') || row.startsWith('#')) continue
    if (row.startsWith('[')) section = sectionName(row, index + 1)
    else enter(sections, section, readPair(row, index + 1))
  }
  const entries = [...sections].map(([name, values]): [string, Tree] => [name, { kind: 'map', entries: [...values] }])
  return { kind: 'map', entries }
}

interface Pair {
  readonly name: string
  readonly text: string
  readonly line: number
}

function sectionName(row: string, line: number): string {
  const end = row.lastIndexOf(']')
  if (end < 2 || end !== row.length - 1) throw new SealwardError('malformed', 'a section without its name', { line })
  return row.slice(1, end).trim()
}

function readPair(row: string, line: number): Pair {
  const equals = row.indexOf('=')
  const name = row.slice(0, Math.max(0, equals)).trim()
  if (name === '') throw new SealwardError('malformed', 'a line that is neither a comment nor name = value', { line })
  const text = row.slice(equals + 1).trim()
  const plain = !/^["'`]|\\$/.test(text) && !/^["'`]/.test(name) && (text.startsWith('ENC[') || !/ [;#]/.test(text))
  if (plain) return { name, text, line }
  throw new SealwardError('unsupported', 'an unencrypted value, or a name, in quotes', {
    line,
    hint: 'decrypt the file with sops, and give the variables to `sealward encrypt`',
  })
}

function enter(sections: Map<string, Map<string, Tree>>, section: string, { name, text, line }: Pair): void {
  const values = sections.get(section) ?? new Map<string, Tree>()
  if (values.has(name)) throw new SealwardError('duplicate', 'the same name stands twice in a section', { line })
  values.set(name, { kind: 'leaf', type: 'str', text })
  sections.set(section, values)
}
