import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readJavaKeystore } from '../../../../src/core/certificate/container/java-keystore.ts'

const folder = new URL('../../../vectors/certificate/', import.meta.url)
const [trusted] = readJavaKeystore(readFileSync(new URL('java.jks', folder)))!.groups
const certificate = trusted!.certificates[0]!.certificate.x509.raw

const word = (number: number) => Buffer.from([number >>> 24, number >>> 16, number >>> 8, number])
const text = (words: string) => Buffer.concat([word(words.length).subarray(2), Buffer.from(words)])
const digest = Buffer.alloc(20)

/** A keystore of one entry, as Java's DataOutputStream writes it. */
function storeOf(magic: number, version: number, ...entry: readonly Uint8Array[]): Buffer {
  return Buffer.concat([word(magic), word(version), word(1), ...entry, digest])
}
const [JKS, JCEKS] = [0xfeedfeed, 0xcececece]
const date = Buffer.alloc(8)
const stored = Buffer.concat([word(certificate.length), certificate])

function readingOf(bytes: Uint8Array): unknown {
  const container = readJavaKeystore(bytes)
  return (
    container && [
      ...container.groups.map(({ name, certificates }) => `${name} ${certificates.length}`),
      ...container.problems.map(() => 'damaged'),
    ]
  )
}

describe('a Java keystore', () => {
  it.each([
    ['of version 2', storeOf(JKS, 2, word(2), text('ca'), date, text('X.509'), stored), ['ca 1']],
    ['of version 1, which does not name the kind', storeOf(JKS, 1, word(2), text('ca'), date, stored), ['ca 1']],
    ['of another version', storeOf(JKS, 3, word(2), text('ca'), date, stored), null],
    [
      'with a certificate of another kind',
      storeOf(JKS, 2, word(2), text('ca'), date, text('PGP'), stored),
      ['damaged'],
    ],
    ['with an entry of no known kind', storeOf(JKS, 2, word(9), text('ca'), date), ['damaged']],
    ['with a chain of no end', storeOf(JKS, 2, word(1), text('k'), date, word(0), word(101)), ['damaged']],
    [
      'with a sealed entry, and a certificate behind it',
      storeOf(JCEKS, 2, word(3), text('k'), date, text('X.509'), stored),
      [' 1'],
    ],
    ['with a sealed entry that breaks off in a name', storeOf(JCEKS, 2, word(3), word(0xffff)), [' 0']],
    [
      'with a sealed entry that breaks off before a length',
      storeOf(JCEKS, 2, word(3), text('k'), date, text('X.509')),
      [' 0'],
    ],
  ])('%s', (_, bytes, expected) => {
    expect(readingOf(bytes)).toEqual(expected)
  })
})
