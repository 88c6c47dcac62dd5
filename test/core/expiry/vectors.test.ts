import { describe, expect, it } from 'vitest'
import { readExpiries } from '../../../src/core/expiry/read-expiries.ts'
import { type ExpiryVector, expiryVectors } from '../../support/vectors/expiry-vector.ts'

const vectors = expiryVectors()

/** In no order: which of two ends is found first means nothing. */
function found(value: string): unknown[] {
  return sorted(readExpiries('VALUE', value).map(({ what, notBefore, notAfter }) => ({ what, notBefore, notAfter })))
}

function sorted(rows: readonly object[]): unknown[] {
  return [...rows].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

describe('what real tools made', () => {
  it('is there for every kind', () => {
    expect(vectors.length).toBeGreaterThan(40)
  })

  it.each(vectors)('$name ends when $madeBy says', ({ value, expect: expected }) => {
    expect(found(value)).toEqual(sorted(expected))
  })

  it.each([
    ['base64', (value: string) => Buffer.from(value).toString('base64')],
    ['base64 in lines', (value: string) => Buffer.from(value).toString('base64').replace(/.{76}/g, '$&\n')],
    ['a string of JSON', (value: string) => JSON.stringify({ nested: [{ secret: value }] })],
    ['quotes', (value: string) => `'${value}'`],
    ['white space', (value: string) => `\n ${value} \n`],
  ])('is read in %s too', (_, wrap) => {
    for (const { name, value, expect: expected } of vectors.filter(isPlain))
      expect({ name, rows: found(wrap(value)) }).toEqual({ name, rows: sorted(expected) })
  })
})

/** A binary key is base64 already, and others are wrapped twice. */
function isPlain({ name }: ExpiryVector): boolean {
  return !/base64|escaped|binary/.test(name)
}
