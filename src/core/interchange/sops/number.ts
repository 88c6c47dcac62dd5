import type { Leaf } from './tree.ts'

/**
 * A number as sops spells it: an integer in decimal digits, anything else in the shortest decimal digits without an exponent.
 *
 * @param source as it is written
 * @param value what a YAML reader makes of it
 */
export function numberLeaf(source: string, value: number): Leaf {
  const integer = /^[-+]?(?:\d+|0x[0-9A-Fa-f]+|0o[0-7]+)$/.test(source) ? integerOf(source) : null
  // What is too large for 64 bits is a float to Go.
  if (integer !== null && BigInt.asIntN(64, integer) === integer)
    return { kind: 'leaf', type: 'int', text: `${integer}` }
  return { kind: 'leaf', type: 'float', text: positional(value) }
}

function integerOf(source: string): bigint {
  const digits = BigInt(source.replace(/^[-+]/, ''))
  return source.startsWith('-') ? -digits : digits
}

/** JavaScript and Go agree on the shortest digits, and differ in where they begin to write an exponent. */
function positional(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const [, minus = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(
    String(value),
  )!
  if (exponent === undefined) return Object.is(value, -0) ? '-0' : String(value)
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${minus}0.${'0'.repeat(-point)}${digits}`
  return minus + digits.padEnd(point, '0')
}
