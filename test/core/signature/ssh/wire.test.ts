import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SshReader, sshMpint, sshString, uint32 } from '../../../../src/core/signature/ssh/wire.ts'
import { refusal } from '../../../support/sealing.ts'

describe('the encoding of RFC 4251', () => {
  it('reads what it prints', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(0xffffffff), fc.uint8Array(), (string, number, rest) => {
        const reader = new SshReader(Buffer.concat([sshString(string), uint32(number), rest]))
        expect([reader.string(), reader.uint32(), reader.rest()].map(plain)).toEqual([string, number, rest].map(plain))
        reader.end()
      }),
    )
  })

  it.each([
    // The examples of RFC 4251 section 5.
    [[0x09, 0xa3, 0x78, 0xf9, 0xb2, 0xe3, 0x32, 0xa7], '0000000809a378f9b2e332a7'],
    [[0x80], '000000020080'],
    [[0x00, 0x00, 0x7f], '000000017f'],
    [[0], '00000000'],
  ])('prints the number %j', (magnitude, hex) => {
    expect(sshMpint(Buffer.from(magnitude)).toString('hex')).toBe(hex)
  })

  it('reads a number without the zero of its sign', () => {
    expect(new SshReader(Buffer.from('000000020080', 'hex')).mpint().toString('hex')).toBe('80')
  })

  it.each([
    ['zero', '00000000', 'is not positive'],
    ['a negative one', '0000000180', 'is not positive'],
    ['a zero byte that is not needed', '00000002007f', 'shortest'],
    ['a zero byte alone', '0000000100', 'shortest'],
    ['one that is cut short', '000000027f', 'cut short'],
    ['a giant length', 'ffffffff00', 'cut short'],
    ['a length that is cut short', '000000', 'cut short'],
  ])('refuses as a number: %s', async (_, hex, why) => {
    const error = await refusal(() => new SshReader(Buffer.from(hex, 'hex')).mpint())
    expect(error.message).toContain(why)
  })

  it('reads a part of a larger array, and not what stands beside it', async () => {
    const reader = new SshReader(new Uint8Array([9, 1, 2, 9]).subarray(1, 3))
    expect([reader.byte(), reader.byte()]).toEqual([1, 2])
    expect(await refusal(() => reader.byte())).toMatchObject({ code: 'malformed' })
  })

  it('refuses bytes that nobody read', async () => {
    expect(await refusal(() => new SshReader(Buffer.of(0)).end())).toMatchObject({ code: 'malformed' })
  })
})

function plain(value: Uint8Array | number): unknown {
  return typeof value === 'number' ? value : [...value]
}
