import { describe, expect, it } from 'vitest'
import { TAG } from '../../../src/core/certificate/der/element.ts'
import { commonNameOf } from '../../../src/core/certificate/distinguished-name.ts'
import { elementOf, made, objectId, sequence } from './der/made.ts'

const BMP_STRING = 0x1e
const UTF8_STRING = 0x0c
const attribute = (id: string, tag: number, bytes: Uint8Array) =>
  made(TAG.set, sequence(objectId(id), made(tag, bytes)))
const common = (text: string) => attribute('2.5.4.3', UTF8_STRING, Buffer.from(text))
const organisation = attribute('2.5.4.10', UTF8_STRING, Buffer.from('Acme'))

describe('the common name of a name', () => {
  it.each([
    ['alone', [common('a.example.org')], 'a.example.org'],
    ['of several the last', [common('first'), organisation, common('last')], 'last'],
    [
      'in the two octets of old tools',
      [attribute('2.5.4.3', BMP_STRING, Buffer.from('\0\u00e4\0b', 'latin1'))],
      '\u00e4b',
    ],
    ['with blanks about it', [common(' a ')], 'a'],
    ['of nothing but blanks', [common('  ')], null],
    ['that is not there', [organisation], null],
    ['without end', [common('x'.repeat(5000))], 'x'.repeat(200)],
  ])('%s', (_, attributes, name) => {
    expect(commonNameOf(elementOf(sequence(...attributes)))).toBe(name)
  })
})
