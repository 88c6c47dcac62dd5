import { beforeAll, describe, expect, it } from 'vitest'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { type OpenedFile, openFile } from '../../../src/core/envelope/decrypt.ts'
import { encryptNew, encryptOver } from '../../../src/core/envelope/encrypt.ts'
import { type EncryptedFile, parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { searchDataKey } from '../../../src/core/envelope/keys/data-key.ts'
import { type KeyGroups, oneGroup, readersOf } from '../../../src/core/envelope/keys/key-groups.ts'
import { replaceKey } from '../../../src/core/envelope/keys/rewrap.ts'
import { keyGroupsOf } from '../../../src/core/envelope/text/metadata.ts'
import { DEFAULT_RULE } from '../../../src/core/envelope/values/rule.ts'
import { planEnvelope } from '../../../src/core/merge/envelopes.ts'
import { planSeal, sealMerged } from '../../../src/core/merge/seal.ts'
import { mergeWithoutKey } from '../../../src/core/merge/without-key.ts'
import { bytesOf, codeOf, type Member, newMember, textOf } from '../../support/sealing.ts'

const NOW = new Date('2026-05-05T00:00:00Z')
let all: Member[]
beforeAll(async () => {
  all = await Promise.all([newMember(), newMember(), newMember()])
})

const names = () => all.map(({ recipient }) => recipient.text)
const groups = (threshold: number): KeyGroups => ({ groups: names().map((name) => [name]), threshold })

async function reopened(file: EncryptedFile): Promise<OpenedFile> {
  const parsed = parseEncryptedFile(printEncryptedFile(file))
  const search = await searchDataKey(parsed.metadata)
  for (const { identity } of all) {
    const dataKey = await search.take(identity)
    if (dataKey !== null) return openFile(parsed, dataKey)
  }
  throw new Error('three hands do not open it')
}

async function sealed(text: string, keyGroups: KeyGroups): Promise<OpenedFile> {
  const envelope = { ...readersOf(keyGroups), rule: DEFAULT_RULE, macOnlyEncrypted: false }
  return reopened(await encryptNew(parseDotenv(text), envelope, NOW))
}

const edited = async (file: OpenedFile, text: string) => reopened((await encryptOver(file, parseDotenv(text), NOW))!)
const regrouped = async (file: OpenedFile, keyGroups: KeyGroups) =>
  reopened((await replaceKey(file, file.document, { ...readersOf(keyGroups), now: NOW })).file)
const keyGroupsIn = ({ file }: OpenedFile) => keyGroupsOf(file.metadata)
const bytes = ({ file }: OpenedFile) => printEncryptedFile(file)

describe('a merge of files of several key groups', () => {
  it('keeps the groups, the data key and every line about keys', async () => {
    const base = await sealed('A=1\nB=1\n', groups(2))
    const [ours, theirs] = [await edited(base, 'A=2\nB=1\n'), await edited(base, 'A=1\nB=2\n')]
    const sides = { base, ours, theirs }
    expect(planSeal(sides, planEnvelope(sides)).introduced).toEqual([])
    const merged = await reopened(
      await sealMerged(sides, planEnvelope(sides), { document: parseDotenv('A=2\nB=2\n'), now: NOW }),
    )
    expect([keyGroupsIn(merged), merged.dataKey]).toEqual([groups(2), base.dataKey])
  })

  it('takes the groups of the side that changed them, and refuses where both did', async () => {
    const base = await sealed('A=1\n', oneGroup(names()))
    const [two, three] = [await regrouped(base, groups(2)), await regrouped(base, groups(3))]
    const other = await edited(base, 'A=2\n')
    for (const sides of [
      { base, ours: two, theirs: other },
      { base, ours: other, theirs: two },
    ]) {
      const merged = await reopened(
        await sealMerged(sides, planEnvelope(sides), { document: other.document, now: NOW }),
      )
      expect([keyGroupsIn(merged), merged.dataKey]).toEqual([groups(2), two.dataKey])
    }
    expect(await codeOf(() => planEnvelope({ base, ours: two, theirs: three }))).toBe('unsupported')
  })

  it('makes shares of a new data key where both sides drew one', async () => {
    const base = await sealed('A=1\n', groups(2))
    const small = {
      groups: names()
        .slice(0, 2)
        .map((name) => [name]),
      threshold: 2,
    }
    const sides = { base, ours: await regrouped(base, small), theirs: await edited(base, 'A=2\n') }
    const merged = await reopened(
      await sealMerged(sides, planEnvelope(sides), { document: parseDotenv('A=2\n'), now: NOW }),
    )
    expect(keyGroupsIn(merged)).toEqual(small)
  })

  it('goes without a key while nobody changed the groups', async () => {
    const base = await sealed('A=1\n', groups(2))
    const theirs = await edited(base, 'A=2\n')
    const merged = mergeWithoutKey({ base: bytes(base), ours: bytes(base), theirs: bytes(theirs) })
    expect(merged.kind === 'merged' && printEncryptedFile(merged.file)).toEqual(bytes(theirs))
    const other = await regrouped(base, groups(3))
    expect(mergeWithoutKey({ base: bytes(base), ours: bytes(other), theirs: bytes(theirs) }).kind).toBe('cannot')
    const more = bytesOf(textOf(bytes(base)).replace('sops_shamir_threshold=2', 'sops_shamir_threshold=3'))
    for (const sides of [
      { ours: more, theirs: bytes(theirs) },
      { ours: bytes(theirs), theirs: more },
    ])
      expect(mergeWithoutKey({ base: bytes(base), ...sides })).toEqual({
        kind: 'cannot',
        why: 'a side changed its key groups',
      })
  })
})
