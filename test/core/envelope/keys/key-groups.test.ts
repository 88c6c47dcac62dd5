import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { combine } from 'shamir-secret-sharing'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Identity } from '../../../../src/core/age/identity.ts'
import { wrapDataKey } from '../../../../src/core/age/wrap.ts'
import { openFile } from '../../../../src/core/envelope/decrypt.ts'
import { encryptNew, encryptOver, wrapKeys } from '../../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { newDataKey, searchDataKey } from '../../../../src/core/envelope/keys/data-key.ts'
import { type KeyGroups, neededBy, readersOf, sameGroups } from '../../../../src/core/envelope/keys/key-groups.ts'
import { withKeys, withShares } from '../../../../src/core/envelope/keys/rewrap.ts'
import { RECIPIENTS } from '../../../../src/core/envelope/limits.ts'
import { keyGroupsOf } from '../../../../src/core/envelope/text/metadata.ts'
import { DEFAULT_RULE } from '../../../../src/core/envelope/values/rule.ts'
import { documentOf, variablesOf } from '../../../support/documents.ts'
import { bytesOf, codeOf, linesOf, type Member, newMember, refusal, seal, textOf } from '../../../support/sealing.ts'

const NOW = new Date('2026-05-05T00:00:00Z')
const VALUES = { A: 'one', B: 'two\nlines' }
const all: Member[] = []
beforeAll(async () => {
  for (let count = 0; count < 6; count += 1) all.push(await newMember(count === 5 ? 'hybrid' : 'x25519'))
})

const text = (index: number) => all[index]!.recipient.text
const groupsOf = (groups: readonly (readonly number[])[], threshold: number): KeyGroups => ({
  groups: groups.map((members) => members.map(text)),
  threshold,
})

async function sealFor(keyGroups: KeyGroups): Promise<Uint8Array> {
  const envelope = { ...readersOf(keyGroups), rule: DEFAULT_RULE, macOnlyEncrypted: false }
  return printEncryptedFile(await encryptNew(documentOf(VALUES), envelope, NOW))
}

/** What somebody with these identities reads; null where they are too few. */
async function read(bytes: Uint8Array, identities: readonly Identity[]): Promise<Record<string, string> | null> {
  const file = parseEncryptedFile(bytes)
  const search = await searchDataKey(file.metadata)
  for (const identity of identities) {
    const dataKey = await search.take(identity)
    if (dataKey !== null) return variablesOf((await openFile(file, dataKey)).document)
  }
  return null
}

const held = (members: readonly number[]) => members.map((index) => all[index]!.identity)

/** The lines of a file, changed by somebody without a key. */
function altered(bytes: Uint8Array, change: (line: string) => string | null): Uint8Array {
  return bytesOf(
    `${linesOf(bytes)
      .flatMap((line) => change(line) ?? [])
      .join('\n')}\n`,
  )
}

describe('a file of several key groups', () => {
  it('is opened by members of enough different groups, and by nobody else', async () => {
    const member = fc.nat({ max: 4 })
    const groups = fc.array(fc.uniqueArray(member, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(groups, fc.nat(), fc.uniqueArray(member, { maxLength: 5 }), async (groups, nth, hands) => {
        const threshold = 2 + (nth % (groups.length - 1))
        const file = await sealFor(groupsOf(groups, threshold))
        const open = groups.filter((members) => members.some((one) => hands.includes(one))).length
        expect(await read(file, held(hands))).toEqual(open >= threshold ? VALUES : null)
        expect(keyGroupsOf(parseEncryptedFile(file).metadata)).toEqual(groupsOf(groups, threshold))
      }),
      { numRuns: process.env.CI === 'true' ? 60 : 15 },
    )
  })

  it('has hybrid recipients too', async () => {
    const file = await sealFor(groupsOf([[5], [0], [1]], 2))
    expect(await read(file, held([5]))).toBeNull()
    expect(await read(file, held([1, 5]))).toEqual(VALUES)
  })

  it('is for as many as 255 groups, and no more', async () => {
    const groups = (count: number) =>
      groupsOf(
        Array.from({ length: count }, () => [0]),
        count,
      )
    expect(await read(await sealFor(groups(255)), held([0]))).toEqual(VALUES)
    expect(await codeOf(() => sealFor(groups(256)))).toBe('limit')
    const crowded = { groups: [Array.from({ length: RECIPIENTS }, (_, at) => `${at}`), ['one more']], threshold: 2 }
    expect(
      await codeOf(() =>
        wrapKeys(
          newDataKey(),
          readersOf(crowded, (text) => ({ kind: 'x25519', text })),
        ),
      ),
    ).toBe('limit')
  })

  it.each([
    ['a threshold of one', [[0], [1]], 1],
    ['a threshold of more than there are', [[0], [1]], 3],
    ['a threshold that is no whole number', [[0], [1], [2]], 2.5],
    ['an empty group', [[0], []], 2],
  ])('is not made with %s', async (_, groups, threshold) => {
    expect(await codeOf(() => sealFor(groupsOf(groups, threshold)))).toBe('policy-invalid')
  })

  it('keeps the lines about keys when values are edited', async () => {
    const before = parseEncryptedFile(await sealFor(groupsOf([[0], [1], [2]], 2)))
    const search = await searchDataKey(before.metadata)
    await search.take(all[0]!.identity)
    const opened = await openFile(before, (await search.take(all[2]!.identity))!)
    const after = (await encryptOver(opened, documentOf({ ...VALUES, A: 'three' }), NOW))!
    const keys = (file: typeof before) => file.lines.metadata.filter(({ name }) => /^key_groups|^shamir/.test(name))
    expect(keys(after)).toEqual(keys(before))
    expect(await read(printEncryptedFile(after), held([1, 2]))).toEqual({ ...VALUES, A: 'three' })
  })

  it('gets other shares of the same data key, and not a further wrapped data key', async () => {
    const before = parseEncryptedFile(await sealFor(groupsOf([[0], [1]], 2)))
    const search = await searchDataKey(before.metadata)
    await search.take(all[0]!.identity)
    const dataKey = (await search.take(all[1]!.identity))!
    const { shares, wrappedKeys } = await wrapKeys(dataKey, readersOf(groupsOf([[0], [1, 2]], 2)))
    const after = printEncryptedFile(withShares(before, shares!))
    expect(await read(after, held([2, 0]))).toEqual(VALUES)
    expect(linesOf(after).slice(0, 2)).toEqual(linesOf(printEncryptedFile(before)).slice(0, 2))
    expect(await codeOf(() => withKeys(before, wrappedKeys))).toBe('unsupported')
  })
})

describe('the metadata of key groups', () => {
  it('are read without a threshold as all of them', async () => {
    const file = altered(await sealFor(groupsOf([[0], [1], [2]], 3)), (line) =>
      /^sops_shamir/.test(line) ? null : line,
    )
    expect(parseEncryptedFile(file).metadata.shares!.threshold).toBe(3)
    expect(await read(file, held([0, 1]))).toBeNull()
    expect(await read(file, held([0, 1, 2]))).toEqual(VALUES)
  })

  it.each(['1', '4', '-2', '02', '2.0', 'x', '\u0002', '99999999999'])(
    'are refused with the threshold %j',
    async (threshold) => {
      const file = altered(await sealFor(groupsOf([[0], [1], [2]], 2)), (line) =>
        line.replace(/^(sops_shamir_threshold=).*/, `$1${threshold}`),
      )
      expect(await codeOf(() => parseEncryptedFile(file))).toBe('malformed')
    },
  )

  it('count for nothing beside recipients at the top, as for sops', async () => {
    const [flat, grouped] = [await seal(documentOf(VALUES), [all[3]!]), await sealFor(groupsOf([[0], [1]], 2))]
    const keys = linesOf(grouped).filter((line) => line.startsWith('sops_key_groups'))
    const file = bytesOf(`${textOf(flat)}${keys.join('\n')}\n`)
    expect(parseEncryptedFile(file).metadata.shares).toBeNull()
    expect(await read(file, held([3]))).toEqual(VALUES)
  })

  it('of one group are those of the usual file, and a further key goes to the top with the others', async () => {
    const flat = await seal(documentOf(VALUES), [all[0]!])
    const file = parseEncryptedFile(
      altered(flat, (line) => line.replace(/^sops_age/, 'sops_key_groups__list_0__map_age')),
    )
    expect(await read(printEncryptedFile(file), held([0]))).toEqual(VALUES)
    const dataKey = (await (await searchDataKey(file.metadata)).take(all[0]!.identity))!
    const { wrappedKeys } = await wrapKeys(dataKey, { recipients: [all[1]!.recipient] })
    const both = printEncryptedFile(withKeys(file, wrappedKeys))
    expect(textOf(both)).not.toContain('key_groups')
    for (const index of [0, 1]) expect(await read(both, held([index]))).toEqual(VALUES)
  })

  it('keep recipients of other kinds, which can be missing while enough groups are open', async () => {
    const kms = 'sops_key_groups__list_2__map_kms__list_0__map_arn=arn:aws:kms:eu-west-1:1:key/x'
    const file = altered(await sealFor(groupsOf([[0], [1], [2]], 2)), (line) =>
      line.includes('list_2__map_age__list_0__map_enc') ? kms : line.includes('list_2__map_age') ? null : line,
    )
    const { foreign, shares } = parseEncryptedFile(file).metadata
    expect([foreign, shares!.groups.map((group) => group.foreign)]).toEqual([['kms'], [[], [], ['kms']]])
    expect(await read(file, held([0]))).toBeNull()
    expect(await read(file, held([0, 1]))).toEqual(VALUES)
  })

  it.each([
    ['a group that is no list', 'key_groups__map_x', 'malformed'],
    ['a group with nothing in it but a list', 'key_groups__list_3__list_0', 'malformed'],
    ['a group of nobody', 'key_groups__list_3__map_x__list_0__map_y', 'malformed'],
    ['a group with a recipient without its key', 'key_groups__list_3__map_age__list_0__map_recipient', 'malformed'],
    ['a gap', 'key_groups__list_4__map_age__list_0__map_recipient', 'malformed'],
    ['a group that is a value too', 'key_groups__list_0', 'malformed'],
  ])('are refused with %s', async (_, name, code) => {
    const file = await sealFor(groupsOf([[0], [1], [2]], 2))
    expect(await codeOf(() => parseEncryptedFile(bytesOf(`${textOf(file)}sops_${name}=x\n`)))).toBe(code)
  })

  it('are refused with more recipients in all than one file has', async () => {
    const groups = [0, 1].map((group) =>
      Array.from({ length: RECIPIENTS / 2 + group }, (_, at) => [group, at] as const),
    )
    const rows = groups.flat().flatMap(([group, at]) => {
      const item = `sops_key_groups__list_${group}__map_age__list_${at}__map_`
      return [`${item}recipient=${text(0)}`, `${item}enc=x`]
    })
    const flat = altered(await seal(documentOf(VALUES), [all[0]!]), (line) => (/^sops_age/.test(line) ? null : line))
    const file = (given: readonly string[]) => bytesOf(`${textOf(flat)}${given.join('\n')}\n`)
    expect(await codeOf(() => parseEncryptedFile(file(rows)))).toBe('limit')
    expect(parseEncryptedFile(file(rows.slice(0, -2))).metadata.wrappedKeys).toHaveLength(RECIPIENTS)
  })

  it('are refused past 255 groups before anything of them is opened', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => `sops_key_groups__list_${at}__map_age__list_0__map_recipient=x`)
    const flat = altered(await seal(documentOf(VALUES), [all[0]!]), (line) => (/^sops_age/.test(line) ? null : line))
    expect(await codeOf(() => parseEncryptedFile(bytesOf(`${textOf(flat)}${rows.join('\n')}\n`)))).toBe('limit')
  })
})

describe('shares', () => {
  /** A file whose groups hold these shares, whatever they are. */
  async function withRawShares(shares: readonly Uint8Array[]): Promise<Uint8Array> {
    const armored = await Promise.all(shares.map((share, at) => wrapDataKey(share, all[at]!.recipient)))
    return altered(
      await sealFor(
        groupsOf(
          shares.map((_, at) => [at]),
          2,
        ),
      ),
      (line) =>
        line.replace(
          /^(sops_key_groups__list_(\d+)__map_age__list_0__map_enc=).*/,
          (_, start: string, at: string) => start + armored[Number(at)]!.replaceAll('\n', '\\n'),
        ),
    )
  }
  const share = (place: number) => Buffer.concat([randomBytes(32), Buffer.of(place)])

  it.each([
    ['two at one place', [7, 7]],
    ['one at zero, which would be the data key itself', [0, 1]],
  ])('are refused: %s', async (_, places) => {
    const file = await withRawShares(places.map(share))
    expect(await refusal(() => read(file, held([0, 1])))).toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('shares'),
    })
  })

  it('of another length are refused', async () => {
    expect(await codeOf(async () => read(await withRawShares([randomBytes(32), share(1)]), held([0, 1])))).toBe(
      'malformed',
    )
  })

  it('that fit no data key open nothing', async () => {
    expect(await codeOf(async () => read(await withRawShares([share(1), share(2)]), held([0, 1])))).toBe(
      'value-not-authentic',
    )
  })

  it('are new each time, so that those of two times do not fit together', async () => {
    const dataKey = newDataKey()
    const wrap = async () => (await wrapKeys(dataKey, readersOf(groupsOf([[0], [1]], 2)))).shares!
    const [first, second] = [await wrap(), await wrap()]
    const mixed = { shares: { threshold: 2, groups: [first.groups[0]!, second.groups[1]!] }, wrappedKeys: [] }
    const search = await searchDataKey(mixed)
    await search.take(all[0]!.identity)
    const found = await search.take(all[1]!.identity).catch(() => null)
    expect(found === null || !Buffer.from(found).equals(dataKey)).toBe(true)
  })

  it('are what the library makes of a polynomial over GF(2^8) by hand: x^8 + x^4 + x^3 + x + 1, the place last', async () => {
    const times = (a: number, b: number): number => {
      let [product, left, right] = [0, a, b]
      for (; right > 0; right >>= 1) {
        if (right & 1) product ^= left
        left = (left << 1) ^ (left & 0x80 ? 0x11b : 0)
      }
      return product
    }
    const [secret, slope] = [randomBytes(32), randomBytes(32)]
    const at = (place: number) =>
      Uint8Array.of(...secret.map((byte, index) => byte ^ times(slope[index]!, place)), place)
    expect(Buffer.from(await combine([at(3), at(200)]))).toEqual(secret)
  })
})

describe('key groups', () => {
  it.each([
    [[['a'], ['b']], 2, [['b'], ['a']], 2, true],
    [[['a', 'b'], ['c']], 2, [['b', 'a'], ['c']], 2, true],
    [[['a'], ['b']], 2, [['a', 'b']], 1, false],
    [[['a'], ['b'], ['c']], 2, [['a'], ['b'], ['c']], 3, false],
    [[['a', 'b'], ['c']], 2, [['a'], ['b', 'c']], 2, false],
    [[['a']], 1, [['a', 'a']], 0, true],
  ])('%j by %i and %j by %i are the same: %s', (groups, threshold, others, most, same) => {
    expect(sameGroups({ groups, threshold }, { groups: others, threshold: most })).toBe(same)
  })

  it.each([
    [['a'], { needed: 1, others: 2 }],
    [['a', 'b'], { needed: 0, others: 1 }],
    [['x'], null],
  ])('whoever has %j needs %j', (keys, need) => {
    expect(neededBy(new Set(keys), { groups: [['a'], ['b'], ['c']], threshold: 2 })).toEqual(need)
  })
})
