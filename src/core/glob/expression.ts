import { expandBraces } from './braces.ts'
import { isClass, parseGlob, partsOf, readClass } from './glob.ts'

const NAME = '[^/]'
const FOLDERS = `(?:${NAME}+/)*`
const SLASH = 0x2f

/**
 * A glob as an expression in RE2 that finds the same paths, for tools that have no globs.
 *
 * @returns null for what is no glob: it means nothing
 */
export function expressionOf(glob: string): string | null {
  const text = glob.replace(/^\.\//, '')
  const expanded = typeof parseGlob(text) === 'string' ? null : expandBraces(text)
  if (expanded === null || typeof expanded === 'string') return null
  const alternatives = expanded.map((alternative) => pathOf(alternative.split('/')))
  return alternatives.length === 1 ? `^${alternatives[0]}$` : `^(?:${alternatives.join('|')})$`
}

/** A final `**` takes one name at least, as `parseGlob` has it. */
function pathOf(segments: readonly string[]): string {
  const last = segments.length - 1
  return segments
    .map((segment, at) => {
      if (segment === '**') return at === last ? `${FOLDERS}${NAME}+` : FOLDERS
      return partsOf(segment).map(expressionOfPart).join('') + (at === last ? '' : '/')
    })
    .join('')
}

function expressionOfPart(part: string): string {
  if (part === '*') return `${NAME}*`
  if (part === '?') return NAME
  return isClass(part) ? expressionOfClass(part) : escaped(part)
}

/** No character of a name is a slash, whatever stands in the brackets. One is never an end of a range: it would end the segment. */
function expressionOfClass(part: string): string {
  const { negated, ranges } = readClass(part)
  if (negated) return `[^/${ranges.map(rangeText).join('')}]`
  const parts = ranges.flatMap(([from, to]) => withoutSlash(from, to))
  return `[${parts.map(rangeText).join('')}]`
}

function withoutSlash(from: number, to: number): (readonly [number, number])[] {
  if (from > SLASH || to < SLASH) return [[from, to]]
  const pieces = [[from, SLASH - 1] as const, [SLASH + 1, to] as const]
  return pieces.filter(([first, last]) => first <= last)
}

function rangeText([from, to]: readonly [number, number]): string {
  return from === to ? pointText(from) : `${pointText(from)}-${pointText(to)}`
}

function pointText(point: number): string {
  const character = String.fromCodePoint(point)
  return /[A-Za-z0-9]/.test(character) ? character : `\\x{${point.toString(16)}}`
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
}
