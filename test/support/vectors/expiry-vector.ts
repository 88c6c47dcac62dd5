import { readdirSync, readFileSync } from 'node:fs'

/** A value that some tool made, and what it says about its own end: a file of test/vectors/expiry. */
export interface ExpiryVector {
  readonly name: string
  readonly about: string
  readonly madeBy: string
  readonly expect: readonly { readonly what: string; readonly notBefore: Date | null; readonly notAfter: Date | null }[]
  readonly value: string
}

const FOLDER = 'test/vectors/expiry'

export function expiryVectors(): readonly ExpiryVector[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => parseVector(name.replace('.txt', ''), readFileSync(`${FOLDER}/${name}`, 'utf8')))
}

function parseVector(name: string, text: string): ExpiryVector {
  const end = text.indexOf('\n\n')
  const lines = text.slice(0, end).split('\n')
  const fields = new Map(lines.map((line) => line.split(/: (.*)/s) as [string, string]))
  const { about, 'made-by': madeBy, expect, spelled, ...unknown } = Object.fromEntries(fields)
  if (about === undefined || madeBy === undefined || expect === undefined || Object.keys(unknown).length > 0)
    throw new Error(`${name}: not a vector`)
  const value = text.slice(end + 2, -1)
  return {
    ...{ name, about, madeBy, expect: JSON.parse(expect, (key, one) => (isDate(key, one) ? new Date(one) : one)) },
    value: spelled === 'backwards' ? [...value].reverse().join('') : value,
  }
}

function isDate(key: string, value: unknown): boolean {
  return (key === 'notBefore' || key === 'notAfter') && value !== null
}
