import { expandBraces } from './braces.ts'

/** A path pattern, compiled. Each alternative is one way through its `{a,b}` groups. */
export interface Glob {
  readonly alternatives: readonly (readonly Segment[])[]
}

/** Why a text is not a glob, in words that follow "the glob ...". They quote nothing of it. */
export type GlobFault = string

/** What stands between two slashes; wild is `**`. */
export type Segment = typeof WILD | readonly Token[]

/** What stands for one character; wild is `*`. */
export type Token = typeof WILD | ((character: string) => boolean)

/** Takes any number of units, none included. */
export const WILD = 'wild'

const MAX_CHARACTERS = 256
const PARTS = /\[[!^]?\]?[^\]]*\]|./gu

/**
 * Reads a glob: `*` and `?` within a name, `**` for any folders, `[a-z]` and `[!a-z]`, `{a,b}`; dot files are like any other. They mean
 * what they mean to picomatch, with two exceptions: `[!a]` is every character but `a`, and `a/**` is what is in `a`, not `a`.
 *
 * It is not picomatch that reads them, because its regular expressions backtrack: `*a*a*a*a*a*b` takes seconds on a name of a
 * hundred characters, and sealward.yml may come with a pull request. See `matchesGlob`.
 *
 * What tools read in different ways (`!`, `\`, `@(a|b)`, `a**`, a brace or bracket without its partner) is a fault.
 */
export function parseGlob(text: string): Glob | GlobFault {
  const glob = text.replace(/^\.\//, '')
  const fault = faultOf(glob)
  if (fault !== null) return fault
  const expanded = expandBraces(glob)
  if (typeof expanded === 'string') return expanded
  for (const alternative of expanded) {
    const fault = firstFault(alternative.split('/').map(faultOfSegment))
    if (fault !== null) return fault
  }
  return { alternatives: expanded.map((alternative) => compileSegments(alternative.split('/'))) }
}

function faultOf(glob: string): GlobFault | null {
  if (glob === '') return 'is empty'
  if (glob.length > MAX_CHARACTERS) return `is longer than ${MAX_CHARACTERS} characters`
  if (/[\0-\x1f\x7f]/.test(glob)) return 'has a control character'
  if (glob.includes('\\')) return 'has a backslash: the separator is / on every system'
  if (glob.startsWith('!')) return 'starts with !: a glob cannot be negated'
  if (/[@+!?*]\(/.test(glob)) return 'has an extended pattern such as @(a|b): write {a,b}'
  if (/^(?:\/|[A-Za-z]:)/.test(glob)) return 'is absolute: paths are relative to the file they stand in'
  return null
}

function faultOfSegment(segment: string): GlobFault | null {
  if (segment === '') return 'has an empty part: what is in a folder is written folder/**'
  if (segment === '.' || segment === '..') return 'has . or .. as a part'
  if (segment !== '**' && segment.includes('**'))
    return 'has ** beside other characters: it stands alone between slashes'
  return firstFault(partsOf(segment).map(faultOfPart))
}

function faultOfPart(part: string): GlobFault | null {
  if (part === '[') return 'has a [ without its ]'
  if (!isClass(part)) return null
  const { ranges } = readClass(part)
  if (ranges.length === 0) return 'has empty brackets'
  return ranges.some(([from, to]) => to < from) ? 'has a range that runs backwards' : null
}

function firstFault(faults: readonly (GlobFault | null)[]): GlobFault | null {
  return faults.find((fault) => fault !== null) ?? null
}

/** A final `**` takes one name at least: it means what is in a folder, whichever folder the part before it is. */
function compileSegments(segments: readonly string[]): Segment[] {
  const compiled = segments.map(compileSegment)
  return compiled.at(-1) === WILD ? [...compiled, [WILD]] : compiled
}

function compileSegment(segment: string): Segment {
  return segment === '**' ? WILD : partsOf(segment).map(compilePart)
}

function compilePart(part: string): Token {
  if (part === '*') return WILD
  if (part === '?') return () => true
  if (!isClass(part)) return (character) => character === part
  const { ranges, negated } = readClass(part)
  return (character) => {
    const point = character.codePointAt(0)!
    return ranges.some(([from, to]) => from <= point && point <= to) !== negated
  }
}

/** The characters of a segment, each with what stands in brackets as one. */
export function partsOf(segment: string): string[] {
  return [...segment.matchAll(PARTS)].map(([part]) => part)
}

/** Whether a part is one in brackets. */
export function isClass(part: string): boolean {
  return part.length > 1 && part.startsWith('[')
}

/** What stands in brackets: characters as ranges of code points. */
export interface CharacterClass {
  readonly negated: boolean
  readonly ranges: readonly (readonly [number, number])[]
}

/** `[a-z_]`, or with `!` or `^` first for everything else. A `-` at either end is itself, and so is a `]` at the start. */
export function readClass(part: string): CharacterClass {
  const negated = /^\[[!^]/.test(part)
  const inside = part.slice(negated ? 2 : 1, -1)
  const ranges = [...inside.matchAll(/(.)-(.)|./gu)].map(
    ([all, from = all, to = all]) => [from.codePointAt(0)!, to.codePointAt(0)!] as const,
  )
  return { negated, ranges }
}
