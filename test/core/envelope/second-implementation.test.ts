import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { wrapDataKey } from '../../../src/core/age/wrap.ts'
import { openFile } from '../../../src/core/envelope/decrypt.ts'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { unwrapWith } from '../../../src/core/envelope/keys/data-key.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { document, rule } from '../../support/documents.ts'
import { Refusal } from '../../support/plain-sops/bytes.ts'
import { readPlainSops, splitPlainSops } from '../../support/plain-sops/read.ts'
import { writePlainSops } from '../../support/plain-sops/write.ts'
import { type Member, newMember, open, seal } from '../../support/sealing.ts'

let member: Member
const dataKey = randomBytes(32)
let wrapped: { recipient: string; armored: string }
beforeAll(async () => {
  member = await newMember()
  wrapped = { recipient: member.recipient.text, armored: await wrapDataKey(dataKey, member.recipient) }
})

const numRuns = process.env.CI === 'true' ? 500 : 150

describe('a slow implementation, written from docs/format.md alone', () => {
  it('reads our files', async () => {
    await fc.assert(
      fc.asyncProperty(document.map(storable), rule, fc.boolean(), async (given, rule, macOnlyEncrypted) => {
        const bytes = await seal(given, [member], { rule, macOnlyEncrypted })
        const key = await unwrapWith(splitPlainSops(bytes).metadata.keys, member.identity)
        expect(readPlainSops(bytes, key!)).toEqual(given)
      }),
      { numRuns },
    )
  })

  it('writes files that we read, with any length of IV and either form of the default rule', async () => {
    const ivBytes = fc.integer({ min: 12, max: 64 })
    await fc.assert(
      fc.asyncProperty(
        document.map(storable),
        fc.option(rule),
        fc.boolean(),
        ivBytes,
        async (lines, rule, only, ivBytes) => {
          const file = { lines, rule, macOnlyEncrypted: only, ivBytes, keys: [wrapped] }
          const opened = await open(writePlainSops(file, dataKey), member.identity)
          expect(opened.document).toEqual(lines)
          expect(opened.file.metadata.macOnlyEncrypted).toBe(only)
        },
      ),
      { numRuns },
    )
  })

  it('judges damaged files as we do: the same document, or the same code', async () => {
    await fc.assert(
      fc.asyncProperty(document.map(storable), rule, damage, async (lines, rule, damage) => {
        const whole = writePlainSops({ lines, rule, keys: [wrapped] }, dataKey)
        const bytes = damage(whole)
        expect(await verdict(async () => (await openFile(parseEncryptedFile(bytes), dataKey)).document)).toEqual(
          await verdict(() => readPlainSops(bytes, dataKey)),
        )
      }),
      { numRuns: numRuns * 4 },
    )
  })
})

/** Plain values that the format holds; the writer's refusals have their own test. */
function storable(lines: readonly { kind: string; value?: string }[]): Parameters<typeof seal>[0] {
  return lines.map((line) =>
    line.value === undefined ? line : { ...line, value: line.value.replaceAll('\r', '').replaceAll('\\n', '\\') },
  ) as Parameters<typeof seal>[0]
}

type Damage = (bytes: Uint8Array) => Uint8Array

/** One change that an editor, a merge or an attacker might make. */
const damage: fc.Arbitrary<Damage> = fc
  .tuple(
    fc.constantFrom('drop', 'double', 'swap', 'insert', 'flip', 'cut', 'crlf', 'label'),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(
      'X=',
      'X=1',
      '#',
      '# plain',
      '# secret',
      '',
      'A=',
      'x_unencrypted=',
      'sops_x=1',
      'sops_=',
      'junk',
      '\r',
    ),
  )
  .map(([what, first, second, text]) => (bytes) => {
    const lines = Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1)
    const [one, other] = [first % lines.length, second % lines.length]
    if (what === 'drop') lines.splice(one, 1)
    if (what === 'double') lines.splice(one, 0, lines[one]!)
    if (what === 'swap') [lines[one], lines[other]] = [lines[other]!, lines[one]!]
    if (what === 'insert') lines.splice(one, 0, text)
    if (what === 'label') lines[one] = lines[one]!.replace(/type:\w+\]$/, `type:${TYPES[second % TYPES.length]}]`)
    const damaged = Buffer.from(lines.map((line) => `${line}${what === 'crlf' ? '\r\n' : '\n'}`).join(''), 'latin1')
    if (what === 'flip') damaged[first % damaged.length]! ^= 1 << (second % 8)
    return what === 'cut' ? damaged.subarray(0, first % damaged.length) : damaged
  })

const TYPES = ['str', 'int', 'float', 'bool', 'bytes', 'time', 'comment', 'other']

async function verdict(read: () => unknown): Promise<unknown> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SealwardError || error instanceof Refusal) return error.code
    throw error
  }
}
