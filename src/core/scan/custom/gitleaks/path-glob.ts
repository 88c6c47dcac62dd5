import { parseGlob } from '../../../glob/glob.ts'

/** A path expression without anything but literals, and `.*` at either end: what a glob can say as well. */
const PLAIN = /^(\^|\(\^\|\/\)|\(\?:\^\|\/\))?(?:\.\*\??)?((?:\\[./_-]|[A-Za-z0-9_ @/-])+)(?:\.\*\??)?(\$)?$/

/**
 * A path expression of gitleaks, found anywhere in a path, as a glob that means the same paths.
 *
 * @returns null when no glob means exactly that
 */
export function globOfPath(pattern: string): string | null {
  const [, front = '', literal = '', end = ''] = PLAIN.exec(pattern) ?? []
  if (literal === '') return null
  const openFront = front === '' || pattern.slice(front.length).startsWith('.*')
  const openEnd = end === '' || /\.\*\??\$?$/.test(pattern)
  const text = literal.replace(/\\(.)/g, '$1')
  const before = openFront ? (text.startsWith('/') ? '*/**' : '**/*') : front === '^' ? '' : '**/'
  const behind = openEnd ? (text.endsWith('/') ? '**' : '*{,/**}') : ''
  const glob = `${before}${text}${behind}`
  return typeof parseGlob(glob) === 'string' ? null : glob
}
