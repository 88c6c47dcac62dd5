import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { split } from 'shamir-secret-sharing'
import { describe, expect, it } from 'vitest'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'
import { fingerprintOf } from '../../../src/core/ledger/marks.ts'
import { type Share, SharePart } from '../../../src/core/recovery/share.ts'
import { printShare, readCodeLine, readShare, readShares } from '../../../src/core/recovery/share-text.ts'
import { combineShares, splitIdentity } from '../../../src/core/recovery/split.ts'
import { refusal } from '../../support/sealing.ts'

const identity = await generateIdentity('x25519')
const recipient = await recipientOf(identity)
const quantum = await generateIdentity('hybrid')

describe('a split identity', () => {
  it('comes back of any shares that are enough, in any order, some of them twice', async () => {
    const cases = fc.integer({ min: 2, max: 9 }).chain((of) =>
      fc.record({
        of: fc.constant(of),
        threshold: fc.integer({ min: 2, max: of }),
        order: fc.infiniteStream(fc.nat()),
      }),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ({ of, threshold, order }) => {
        const shares = await splitIdentity(identity, { of, threshold })
        const shuffled = shares.toSorted(() => (order.next().value! % 2 === 0 ? 1 : -1))
        const chosen = shuffled.slice(0, threshold)
        const combined = await combineShares([...chosen, chosen[0]!])
        expect(combined.identity.secret.reveal()).toBe(identity.secret.reveal())
        expect((await combineShares(shares)).recipient).toEqual(recipient)
        const { code, message } = await refusal(() => combineShares(shuffled.slice(0, threshold - 1)))
        expect([code, message]).toEqual(['usage', expect.stringContaining('are needed')])
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    [2, 2],
    [255, 2],
    [255, 255],
  ])('may have %i shares of which %i make it', async (of, threshold) => {
    const shares = await splitIdentity(quantum, { of, threshold })
    expect(new Set(shares.map(({ number }) => number)).size).toBe(of)
    const { identity: back } = await combineShares(shares.slice(-threshold))
    expect(back.secret.reveal()).toBe(quantum.secret.reveal())
  })

  it.each([
    [1, 1],
    [3, 1],
    [2, 3],
    [256, 2],
    [2.5, 2],
    [Number.NaN, 2],
  ])('never has %d shares of which %d make it', async (of, threshold) => {
    expect((await refusal(() => splitIdentity(identity, { of, threshold }))).code).toBe('usage')
  })

  it('leaves every identity possible for who has one share too few', async () => {
    const shares = await splitIdentity(identity, { of: 3, threshold: 3 })
    const [one, two] = [shares[0]!.part.reveal(), shares[1]!.part.reveal()]
    // For whatever key is guessed there is a third share that makes it: two of them rule nothing out.
    for (let round = 0; round < 20; round += 1) {
      const guess = randomBytes(32)
      const third = await shareThatMakes(guess, [one, two])
      const { combine } = await import('shamir-secret-sharing')
      expect(Buffer.from(await combine([one, two, third]))).toEqual(guess)
    }
  })

  it('gives other shares, and another set, each time', async () => {
    const [once, again] = [
      await splitIdentity(identity, { of: 2, threshold: 2 }),
      await splitIdentity(identity, { of: 2, threshold: 2 }),
    ]
    expect(once[0]!.set).not.toBe(again[0]!.set)
    const { code, message } = await refusal(() => combineShares([once[0]!, again[1]!]))
    expect([code, message]).toEqual(['usage', expect.stringContaining('two splits of the same key')])
  })

  it('that is typed line by line is read, and two in one are refused without a line', async () => {
    const shares = await splitIdentity(identity, { of: 2, threshold: 2 })
    const [one, other] = shares.map((share) =>
      printShare(share, recipient)
        .split('\n')
        .filter((line) => /^\s*[1-4]\s/.test(line))
        .map((line, index) => readCodeLine(line, index + 1) as Uint8Array),
    )
    expect(readShare(one!).number).toBe(shares[0]!.number)
    const error = await refusal(() => readShare([...one!.slice(0, 2), ...other!.slice(2)]))
    expect([error.code, error.line]).toEqual(['malformed', undefined])
  })

  it('is not mixed with another one', async () => {
    const other = await splitIdentity(await generateIdentity('x25519'), { of: 3, threshold: 2 })
    const own = await splitIdentity(identity, { of: 3, threshold: 2 })
    expect((await refusal(() => combineShares([own[0]!, other[1]!]))).message).toContain('different keys')
  })

  it('is not made of a forged share, nor of shares at one place', async () => {
    const [one, two] = (await splitIdentity(identity, { of: 2, threshold: 2 })) as [Share, Share]
    const forged = Uint8Array.from(two.part.reveal())
    forged[0]! ^= 1
    for (const part of [forged, one.part.reveal(), new Uint8Array(12)]) {
      const { code } = await refusal(() => combineShares([one, { ...two, part: new SharePart(part) }]))
      expect(code).toBe('identity-invalid')
    }
  })

  it('is none without a share', async () => {
    expect((await refusal(() => combineShares([]))).code).toBe('usage')
  })

  it('shows no part of it by accident', async () => {
    const [share] = await splitIdentity(identity, { of: 2, threshold: 2 })
    const letters = printShare(share!, recipient).match(/^4 {2}(.+)$/m)![1]!
    const bytes = [...share!.part.reveal()].slice(0, 4)
    for (const shown of [inspect(share, { depth: 9 }), JSON.stringify(share), String(share!.part)])
      for (const part of [letters, bytes.join(), bytes.join(', '), Buffer.from(bytes).toString('hex')])
        expect(shown).not.toContain(part)
  })
})

/** The share at a free place that belongs to a guess: GF(256) is linear, so it is found by trying bytes. */
async function shareThatMakes(guess: Uint8Array, known: readonly [Uint8Array, Uint8Array]): Promise<Uint8Array> {
  const { combine } = await import('shamir-secret-sharing')
  const place = [1, 2, 3].find((one) => known.every((share) => share.at(-1) !== one))!
  const zero = await combine([...known, Uint8Array.of(...new Uint8Array(32), place)])
  const unit = (
    await combine([Uint8Array.of(0, known[0].at(-1)!), Uint8Array.of(0, known[1].at(-1)!), Uint8Array.of(1, place)])
  )[0]!
  const table = new Map<number, number>()
  for (let byte = 0; byte < 256; byte += 1) table.set(times(unit, byte), byte)
  return Uint8Array.of(...guess.map((byte, index) => table.get(byte ^ zero[index]!)!), place)
}

/** Multiplication in GF(2^8) by the polynomial x^8 + x^4 + x^3 + x + 1, bit by bit. */
function times(one: number, other: number): number {
  let product = 0
  for (let a = one, b = other; b > 0; b >>= 1) {
    if (b & 1) product ^= a
    a = (a << 1) ^ (a & 0x80 ? 0x11b : 0)
  }
  return product
}

describe('a printed share', () => {
  it('is looked for in linear time, also in long lines of what is none', () => {
    const started = performance.now()
    for (const filler of [' ', '\t', ' a', 'a ', '- '])
      expect(readShares(`1 ${filler.repeat(500_000 / filler.length)}!\n`)).toEqual([])
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('is read without any spaces', async () => {
    const [share] = await splitIdentity(identity, { of: 2, threshold: 2 })
    const text = printShare(share!, recipient).replace(
      /^([1-4]) {2}(.+)$/gm,
      (_, at, code) => `${at} ${code.replaceAll(' ', '')}`,
    )
    expect(text).toMatch(/^4 [a-z0-9]{32}$/m)
    expect(readShares(text)[0]).toMatchObject({ set: share!.set, number: 1 })
  })

  it('is read again, whatever the case, the spaces, the line ends and the words round it', async () => {
    const shares = await splitIdentity(identity, { of: 5, threshold: 3 })
    const printed = shares.map((share) => printShare(share, recipient))
    const changed = printed.map((text, index) =>
      index % 2 === 0
        ? text.toUpperCase().replaceAll('\n', '\r\n')
        : text.replace(/^(\d) {2}(.+)$/gm, (_, n, code: string) =>
            `  ${n}: ${code.replaceAll(' ', '')}`.replace(/(.{8})(?=.)/g, '$1 '),
          ),
    )
    expect(readShares(printed.join('\f\n')).map(plain)).toEqual(shares.map(plain))
    expect(readShares(`my shares\n${changed.join('\n')}`).map(plain)).toEqual(shares.map(plain))
  })

  it('says of which key it is, its number, how many are needed, and how to go on', async () => {
    const [share] = await splitIdentity(identity, { of: 5, threshold: 3 })
    const text = printShare(share!, recipient)
    for (const words of ['version 1', recipient.text, '1 of 5', 'any 3', share!.set, 'sealward keys combine'])
      expect(text).toContain(words)
    const [hybrid] = await splitIdentity(quantum, { of: 2, threshold: 2 })
    const long = printShare(hybrid!, await recipientOf(quantum))
    expect(Math.max(...long.split('\n').map(({ length }) => length))).toBeLessThan(120)
    expect(readShares(long).map(plain)).toEqual([plain(hybrid!)])
  })

  it('finds any letter that was mistyped, and names its line', async () => {
    const [share] = await splitIdentity(identity, { of: 2, threshold: 2 })
    const lines = printShare(share!, recipient).split('\n')
    const first = lines.findIndex((line) => line.startsWith('1  '))
    for (let line = 0; line < 4; line += 1)
      for (let at = 3; at < lines[first]!.length; at += 1) {
        const text = lines[first + line]!
        if (text[at] === ' ') continue
        const wrong = text.slice(0, at) + (text[at] === 'q' ? 'p' : 'q') + text.slice(at + 1)
        const error = await refusal(() => readShares(lines.with(first + line, wrong).join('\n')))
        expect([error.code, error.line]).toEqual(['malformed', first + line + 1])
        expect(error.message).toContain(`line ${line + 1} of the share`)
        expect(error.message).not.toContain(text.slice(3, 12))
      }
  })

  it('finds a line that is missing, twice, in another place, of another share, or too short', async () => {
    const [one, two] = (await splitIdentity(identity, { of: 2, threshold: 2 })).map((share) => codeLines(share))
    const cases: readonly [readonly string[], string][] = [
      [one!.slice(0, 3), 'cut short'],
      [[one![0]!, one![2]!, one![3]!], 'is missing'],
      [[one![0]!, one![0]!, ...one!.slice(1)], 'is missing'],
      [[one![0]!, `2${one![2]!.slice(1)}`, `3${one![1]!.slice(1)}`, one![3]!], 'checksum is wrong'],
      [[one![0]!, one![1]!, one![2]!, two![3]!], 'of different shares'],
      [[one![0]!.slice(0, -2), ...one!.slice(1)], 'letters'],
      [[`${one![0]!.slice(0, -1)}o`, ...one!.slice(1)], 'b, i, o and 1'],
    ]
    for (const [lines, words] of cases)
      expect((await refusal(() => readShares(lines.join('\n')))).message).toContain(words)
  })

  it('is none in a text that holds none, nor in too long a one', async () => {
    expect(readShares('1 file in order\n2  pages, each with a share on it\n')).toEqual([])
    expect((await refusal(() => readShares('x'.repeat(2 ** 21)))).code).toBe('limit')
  })

  it('of a later version is refused as such', async () => {
    const [share] = await splitIdentity(identity, { of: 2, threshold: 2 })
    const later = { ...share!, number: 9 }
    expect((await refusal(() => readShares(printShare(later, recipient)))).code).toBe('unsupported')
  })
})

it('the library that splits is told apart from one that does not', async () => {
  const parts = await split(new Uint8Array(32).fill(7), 3, 2)
  expect(new Set(parts.map((part) => part.at(-1))).size).toBe(3)
  expect(fingerprintOf(recipient.text)).toHaveLength(32)
})

function codeLines(share: Share): string[] {
  return printShare(share, recipient)
    .split('\n')
    .filter((line) => /^[1-4] {2}/.test(line))
}

function plain({ part, ...share }: Share): unknown {
  return { ...share, part: Buffer.from(part.reveal()).toString('hex') }
}
