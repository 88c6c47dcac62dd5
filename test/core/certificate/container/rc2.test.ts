import { describe, expect, it } from 'vitest'
import { decryptRc2 } from '../../../../src/core/certificate/container/rc2.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')

describe('decryptRc2', () => {
  it.each([
    ['ffffffffffffffff', 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', '1000000000000001', '30649edf9be7d2c2'],
    ['88bca90e90875a7f0f79c384627bafb2', '0000000000000000', '2269552ab0f85ca6'],
  ])('with the key %s of RFC 2268 section 5', (key, plain, encrypted) => {
    // An IV that turns the block into nothing but padding: it is empty exactly when the block was decrypted to what the RFC says.
    const iv = bytes(plain).map((octet) => octet ^ 8)
    expect(decryptRc2(bytes(encrypted), bytes(key), iv)).toHaveLength(0)
    expect(
      decryptRc2(
        bytes(encrypted),
        bytes(key),
        iv.map((octet) => octet ^ 1),
      ),
    ).toBeNull()
  })

  it.each([0, 7, 9])('refuses %i bytes, which are no blocks', (length) => {
    expect(decryptRc2(new Uint8Array(length), bytes('0011223344'), new Uint8Array(8))).toBeNull()
  })
})
