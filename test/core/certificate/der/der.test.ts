import { describe, expect, it } from 'vitest'
import { contentOf, elementAt, onlyElement, partsOf, TAG } from '../../../../src/core/certificate/der/element.ts'
import { numberOf, objectIdOf, serialOf, timeOf } from '../../../../src/core/certificate/der/values.ts'

const only = (hex: string) => onlyElement(Buffer.from(hex, 'hex'))
const text = (tag: string, value: string) =>
  only(`${tag}${value.length.toString(16).padStart(2, '0')}${Buffer.from(value).toString('hex')}`) ?? undefined

describe('an element of DER', () => {
  it.each([
    ['a short form', '0400', 0],
    ['a long form', `048180${'00'.repeat(128)}`, 128],
  ])('is read in %s', (_, hex, length) => {
    expect(contentOf(only(hex)!, TAG.octetString)).toHaveLength(length)
  })

  it.each([
    ['nothing', ''],
    ['no length', '04'],
    ['a length that reaches past the end', '0402ff'],
    ['an octet behind it', '040000'],
    ['an indefinite length', '30800000'],
    ['a long form where the short one is enough', '04810100'],
    ['a length with a leading zero', `04820080${'00'.repeat(128)}`],
    ['a length of five octets', '04850000000001'],
    ['a tag of more than one octet', '1f8100'],
  ])('is refused with %s', (_, hex) => {
    expect(only(hex)).toBeNull()
  })

  it('has all of its parts or none', () => {
    expect(partsOf(only('3004020101 0500'.replace(' ', ''))).length).toBe(0)
    expect(partsOf(only('30050201010500'))).toHaveLength(2)
    expect(partsOf(undefined)).toEqual([])
  })

  it('does not reach past the element it is in', () => {
    expect(elementAt(Buffer.from('0402ffff', 'hex'), 0, 3)).toBeNull()
  })
})

describe('values in DER', () => {
  it.each([
    ['0603551d11', '2.5.29.17'],
    ['06092a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['060488378801', '2.999.1025'],
    ['060188', ''],
    ['0600', ''],
    ['0401ff', ''],
  ])('the object identifier %s is %s', (hex, id) => {
    expect(objectIdOf(only(hex)!)).toBe(id)
  })

  it.each([
    ['17', '491231235959Z', '2049-12-31T23:59:59.000Z'],
    ['17', '500101000000Z', '1950-01-01T00:00:00.000Z'],
    ['18', '20500101000000Z', '2050-01-01T00:00:00.000Z'],
    ['17', '270230000000Z', undefined],
    ['17', '270101000000+0100', undefined],
    ['17', '2701010000Z', undefined],
    ['18', '20500101000000.5Z', undefined],
    ['04', '20500101000000Z', undefined],
  ])('the time %s %s is %s', (tag, value, iso) => {
    expect(timeOf(text(tag, value))?.toISOString()).toBe(iso)
  })

  it('numbers are small and not negative, serial numbers of any size', () => {
    expect(
      ['020100', '02020100', '0a0105', '0201ff', '0200', '020700ffffffffffff'].map((hex) => numberOf(only(hex)!)),
    ).toEqual([...[0, 256, 5, null, null, null]])
    expect(['020100', '020900ffeeddccbbaa9988'].map((hex) => serialOf(only(hex)!))).toEqual(['00', 'FFEEDDCCBBAA9988'])
  })
})
