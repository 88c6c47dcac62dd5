/** A value written out in a shell script: `export NAME=value`. */
export interface Literal {
  readonly value: string
  readonly line: number
}

interface Word {
  /** What stands in the word itself, without what the shell would put in. */
  readonly literal: string
  readonly expanded: boolean
  readonly end: number
}

/** A comment, or a name at the beginning of a word with its value behind it: after `export`, `then`, `env` or nothing. */
const COMMENT_OR_NAME = /(?:^|[\s;&|(])(?:(#)|[A-Za-z_]\w*\+?=)/g

/**
 * The assignments of a `.envrc` whose value is in the script. Every other line (`use flake`, `PATH_add bin`, `if`), and a value that
 * the shell makes at run time (`$(op read ...)`, `$PWD/bin`) or that is a path, says nothing.
 *
 * Not a shell: a line is read on its own, which is enough, because a value that goes on over several lines begins on one.
 */
export function literalAssignments(script: string): Literal[] {
  return script.split('\n').flatMap((line, index) => valuesOf(line).map((value) => ({ value, line: index + 1 })))
}

function valuesOf(line: string): string[] {
  const values: string[] = []
  COMMENT_OR_NAME.lastIndex = 0
  for (let match = COMMENT_OR_NAME.exec(line); match !== null; match = COMMENT_OR_NAME.exec(line)) {
    if (match[1] === '#') return values
    const word = readWord(line, COMMENT_OR_NAME.lastIndex)
    if (!isHarmless(word)) values.push(word.literal)
    COMMENT_OR_NAME.lastIndex = word.end
  }
  return values
}

/** Nothing but separators between what the shell puts in (`$A:$B`), or a path (`$PWD/bin`, `./bin`, `~/x`, `/opt/x`). */
function isHarmless({ literal, expanded }: Word): boolean {
  if (expanded && /^[\s:;,/.@-]*$/.test(literal)) return true
  return /^(?:~|\.{1,2})?\/[\w./: -]*$/.test(literal)
}

/** Reads one word of a shell line: quotes are removed, expansions left out, their defaults (`${A:-x}`) kept. */
function readWord(line: string, start: number): Word {
  let literal = ''
  let expanded = false
  let quoted = false
  let at = start
  while (at < line.length && (quoted || !/[\s;&|]/.test(line.charAt(at)))) {
    if (line.charAt(at) === '"') {
      quoted = !quoted
      at += 1
    } else {
      const piece = readPiece(line, at, quoted)
      literal += piece.literal
      expanded ||= piece.expanded
      at = piece.end
    }
  }
  return { literal, expanded, end: at }
}

/** An expansion, a text in single quotes, or one character. */
function readPiece(line: string, at: number, quoted: boolean): Word {
  const character = line.charAt(at)
  if (character === '$' || character === '`') return readExpansion(line, at)
  if (character === "'" && !quoted) {
    const close = line.indexOf("'", at + 1)
    const end = close < 0 ? line.length : close
    return { literal: line.slice(at + 1, end), expanded: false, end: end + 1 }
  }
  const from = character === '\\' ? at + 1 : at
  return { literal: line.charAt(from), expanded: false, end: from + 1 }
}

const SIMPLE = /\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/y
const BRACED = /\$\{[#!]?[A-Za-z_]\w*(?:\[[^\]}]*\])?/y

/** `$NAME`, `${NAME...}`, `$(command)` or a backtick command; a `$` before anything else is itself. */
function readExpansion(line: string, at: number): Word {
  if (line.charAt(at) === '`') return { literal: '', expanded: true, end: closing(line, at + 1, '`') }
  if (line.charAt(at + 1) === '(') return { literal: '', expanded: true, end: closing(line, at + 2, ')') }
  SIMPLE.lastIndex = at
  if (SIMPLE.test(line)) return { literal: '', expanded: true, end: SIMPLE.lastIndex }
  BRACED.lastIndex = at
  if (!BRACED.test(line)) return { literal: '$', expanded: false, end: at + 1 }
  const end = closing(line, BRACED.lastIndex, '}')
  const fallback = /^:?[-=+](.*)$/.exec(line.slice(BRACED.lastIndex, end).replace(/\}$/, ''))
  return { literal: fallback?.[1] ?? '', expanded: true, end }
}

const OPENING: Readonly<Record<string, string>> = { ')': '(', '}': '{' }

/** The index behind the bracket that closes one that is open at `from`, or the end of the line. */
function closing(line: string, from: number, close: string): number {
  let depth = 1
  for (let at = from; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (character === close) depth -= 1
    else if (character === OPENING[close]) depth += 1
    if (depth === 0) return at + 1
  }
  return line.length
}
