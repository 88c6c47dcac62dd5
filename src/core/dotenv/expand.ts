import { Buffer } from 'node:buffer'
import { SealwardError } from '../errors.ts'
import { nearest } from '../policy/nearest.ts'
import { LIMITS } from './document.ts'
import { printableName } from './names.ts'
import { checkValueSize } from './values.ts'

/** A value taken apart: its text between references, and the names that are referred to. */
type Piece = { readonly text: string } | { readonly name: string }

/** Nobody writes such a chain by hand; without a bound a long one would exhaust the stack. */
const MAX_DEPTH = 32

/**
 * Puts values in the place of `${NAME}` references, between these variables alone: never from the environment. docs/export.md says
 * what is a reference. A name that a value refers to comes from a value, so errors never repeat it unless it is a variable's.
 *
 * Each variable is resolved once, whatever the order, and the results are bounded: a value as a file bounds it, all of them as a file.
 *
 * @throws SealwardError not-found for a reference to no variable, dotenv-syntax for `${` that is no reference and for a circle, limit
 */
export function expand(variables: ReadonlyMap<string, string>): Map<string, string> {
  const run: Run = { variables, done: new Map(), open: [], bytes: 0 }
  for (const name of variables.keys()) resolve(name, run)
  return new Map([...variables.keys()].map((name) => [name, run.done.get(name)!.value]))
}

interface Run {
  readonly variables: ReadonlyMap<string, string>
  readonly done: Map<string, { readonly value: string; readonly depth: number }>
  /** The variables that wait for the one at hand. */
  readonly open: string[]
  bytes: number
}

function resolve(name: string, run: Run): { readonly value: string; readonly depth: number } {
  const known = run.done.get(name)
  if (known !== undefined) return known
  if (run.open.includes(name)) throw circle([...run.open.slice(run.open.indexOf(name)), name])
  if (run.open.length > MAX_DEPTH) throw tooDeep(run.open[0]!)
  run.open.push(name)
  const pieces = takeApart(name, run.variables)
  const resolved = join(name, pieces, run)
  run.open.pop()
  run.done.set(name, resolved)
  return resolved
}

/** Counts before it joins: a few lines that each hold the one above ten times would be terabytes. */
function join(name: string, pieces: readonly Piece[], run: Run): { readonly value: string; readonly depth: number } {
  let value = ''
  let depth = 0
  for (const piece of pieces) {
    const inner = 'text' in piece ? { value: piece.text, depth: 0 } : resolve(piece.name, run)
    if ('name' in piece) depth = Math.max(depth, inner.depth + 1)
    value += inner.value
    if (value.length > LIMITS.valueBytes) break
  }
  if (depth > MAX_DEPTH) throw tooDeep(name)
  checkValueSize({ name, value })
  run.bytes += Buffer.byteLength(value)
  if (run.bytes > LIMITS.fileBytes)
    throw new SealwardError('limit', `the expanded values together are larger than ${LIMITS.fileBytes} bytes`)
  return { value, depth }
}

/**
 * `${NAME}` is a reference. Backslashes directly before `${` come in pairs, each for one; one that is left makes what follows text.
 * Looks for `${` and then back, because an expression that begins with a run of backslashes takes quadratic time.
 */
function takeApart(holder: string, variables: ReadonlyMap<string, string>): Piece[] {
  const value = variables.get(holder)!
  const pieces: Piece[] = []
  let from = 0
  for (let at = value.indexOf('${'); at >= 0; at = value.indexOf('${', from)) {
    const slashes = backslashesBefore(value, at)
    pieces.push({ text: value.slice(from, at - Math.ceil(slashes / 2)) })
    if (slashes % 2 === 1) {
      pieces.push({ text: '${' })
      from = at + 2
    } else {
      const name = nameAt(value, at + 2)
      if (name === null) throw noReference(holder)
      if (!variables.has(name)) throw unknownName(holder, nearest(name, [...variables.keys()]))
      pieces.push({ name })
      from = at + name.length + 3
    }
  }
  return [...pieces, { text: value.slice(from) }]
}

/** No backslash is counted twice: what comes before the next `${` is behind this one. */
function backslashesBefore(text: string, at: number): number {
  let start = at
  while (text.charAt(start - 1) === '\\') start -= 1
  return at - start
}

const NAME = /([A-Za-z_][A-Za-z0-9_]*)\}/y

function nameAt(text: string, at: number): string | null {
  NAME.lastIndex = at
  return NAME.exec(text)?.[1] ?? null
}

function noReference(holder: string): SealwardError {
  return new SealwardError('dotenv-syntax', `${printableName(holder)} has a \${ that begins no reference`, {
    hint: 'a reference is ${NAME}, without defaults or other operators; \\${ is text',
  })
}

function unknownName(holder: string, guess: string | null): SealwardError {
  const known = guess === null ? '\\${ is text' : `did you mean ${printableName(guess)}? \\\${ is text`
  return new SealwardError('not-found', `${printableName(holder)} refers to a name that is in none of the files`, {
    hint: known,
  })
}

function circle(names: readonly string[]): SealwardError {
  return new SealwardError('dotenv-syntax', `references go round in a circle: ${names.map(printableName).join(' -> ')}`)
}

function tooDeep(name: string): SealwardError {
  return new SealwardError(
    'limit',
    `${printableName(name)} refers to other variables more than ${MAX_DEPTH} levels deep`,
  )
}
