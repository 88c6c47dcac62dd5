import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { passwordsOf } from '../../../../src/core/certificate/container/passwords.ts'
import { readPkcs12 } from '../../../../src/core/certificate/container/pkcs12.ts'
import { TAG } from '../../../../src/core/certificate/der/element.ts'
import { made, objectId, sequence } from '../der/made.ts'

const BAGS = '1.2.840.113549.1.12.10.1'
const DATA = '1.2.840.113549.1.7.1'
const explicit = (content: Uint8Array) => made(0xa0, content)
const bag = (kind: number, content: Uint8Array) => sequence(objectId(`${BAGS}.${kind}`), explicit(content))
const data = (...parts: readonly Uint8Array[]) =>
  sequence(objectId(DATA), explicit(made(TAG.octetString, sequence(...parts))))
const fileOf = (...infos: readonly Uint8Array[]) => sequence(made(TAG.integer, Uint8Array.of(3)), data(...infos))

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const keyBag = bag(1, privateKey.export({ type: 'pkcs8', format: 'der' }))
const nested = (depth: number): Uint8Array => (depth === 0 ? keyBag : bag(6, sequence(nested(depth - 1))))

describe('the bags of a PKCS#12 file', () => {
  it.each([
    [0, 1],
    [1, 1],
    [4, 1],
    [5, 0],
  ])('may lie in others: a key %i deep is found %i times', (depth, found) => {
    const groups = readPkcs12(fileOf(data(nested(depth))), passwordsOf([]))?.groups ?? []
    expect(groups.flatMap(({ keys }) => keys)).toHaveLength(found)
    for (const { keys } of groups) expect(publicKey.equals(keys[0]!) || privateKey.equals(keys[0]!)).toBe(true)
  })

  it('of an unknown kind are left out, and damaged keys are told', () => {
    const container = readPkcs12(fileOf(data(bag(5, sequence()), bag(1, sequence()), keyBag)), passwordsOf([]))
    expect(container?.groups[0]?.keys).toHaveLength(1)
    expect(container?.problems).toHaveLength(1)
  })

  it('that nobody can open are one problem', () => {
    const sealed = sequence(
      objectId('1.2.840.113549.1.7.6'),
      explicit(sequence(made(TAG.integer, Uint8Array.of(0)), sequence())),
    )
    const container = readPkcs12(fileOf(sealed, sealed), passwordsOf(['x']))
    expect(container).toMatchObject({ groups: [], problems: [{ line: null }] })
    expect(container?.problems).toHaveLength(1)
  })
})
