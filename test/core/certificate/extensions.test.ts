import { describe, expect, it } from 'vitest'
import { TAG } from '../../../src/core/certificate/der/element.ts'
import { namesIn, readExtensions } from '../../../src/core/certificate/extensions.ts'
import { elementOf, made, objectId, sequence } from './der/made.ts'

const dns = (name: string) => made(0x82, Buffer.from(name))
const address = made(0x87, Uint8Array.of(192, 0, 2, 7))
const mail = made(0x81, Buffer.from('a@example.org'))

describe('the alternative names of a certificate', () => {
  it.each([
    ['hosts', [dns('a.example.org'), dns('b.example.org')], { dns: ['a.example.org', 'b.example.org'], any: true }],
    ['an address alone', [address], { dns: [], any: true }],
    ['people alone', [mail], { dns: [], any: false }],
    ['nobody', [], { dns: [], any: false }],
  ])('may be %s', (_, names, expected) => {
    const value = made(TAG.octetString, sequence(...names))
    expect(namesIn(readExtensions(elementOf(sequence(sequence(objectId('2.5.29.17'), value)))))).toEqual(expected)
  })

  it('may not be there', () => {
    expect(namesIn(readExtensions(undefined))).toEqual({ dns: [], any: false })
  })
})
