import { beforeAll, describe, expect } from 'vitest'
import { printIdentityFile } from '../../src/core/age/identity.ts'
import { openFile } from '../../src/core/envelope/decrypt.ts'
import { encryptNew } from '../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../src/core/envelope/file.ts'
import { searchDataKey } from '../../src/core/envelope/keys/data-key.ts'
import { type KeyGroups, readersOf } from '../../src/core/envelope/keys/key-groups.ts'
import { keyGroupsOf } from '../../src/core/envelope/text/metadata.ts'
import { DEFAULT_RULE } from '../../src/core/envelope/values/rule.ts'
import { itWith } from '../peers.ts'
import { documentOf, variablesOf } from '../support/documents.ts'
import { linesOf, type Member, newMember } from '../support/sealing.ts'
import { Sops, shapeOf } from '../support/sops.ts'

const VALUES = { A: 'one', B: 'two words' }
const all: Member[] = []
beforeAll(async () => {
  for (let count = 0; count < 4; count += 1) all.push(await newMember())
})

/** Members by their number, and how many of the groups are needed. */
const CASES: readonly (readonly [groups: readonly (readonly number[])[], threshold: number])[] = [
  [[[0], [1]], 2],
  [[[0], [1], [2]], 2],
  [[[0], [1], [2]], 3],
  [[[0, 3], [1], [2, 3]], 2],
  [[[0], [1], [2], [3]], 3],
]
const HANDS = [[0], [3], [0, 1], [1, 2], [0, 1, 2], [1, 2, 3]]

const withMembers = (groups: readonly (readonly number[])[], threshold: number): KeyGroups => ({
  groups: groups.map((members) => members.map((index) => all[index]!.recipient.text)),
  threshold,
})

function configOf({ groups, threshold }: KeyGroups, isDefault = false): string {
  const lists = groups.map((members) => `      - age: [${members.join(', ')}]`)
  const last = isDefault ? [] : [`    shamir_threshold: ${threshold}`]
  return ['creation_rules:', '  - key_groups:', ...lists, ...last, ''].join('\n')
}

async function ours(keyGroups: KeyGroups): Promise<Uint8Array> {
  const envelope = { ...readersOf(keyGroups), rule: DEFAULT_RULE, macOnlyEncrypted: false }
  return printEncryptedFile(await encryptNew(documentOf(VALUES), envelope, new Date()))
}

async function weRead(bytes: Uint8Array, hands: readonly number[]): Promise<unknown> {
  const file = parseEncryptedFile(bytes)
  const search = await searchDataKey(file.metadata)
  for (const index of hands) {
    const dataKey = await search.take(all[index]!.identity)
    if (dataKey !== null) return variablesOf((await openFile(file, dataKey)).document)
  }
  return null
}

function theyRead(program: string, bytes: Uint8Array, hands: readonly number[]): unknown {
  return withHands(program, hands, (sops) => {
    try {
      return sops.variablesOf(bytes)
    } catch {
      return null
    }
  })
}

function withHands<Found>(program: string, hands: readonly number[], work: (sops: Sops) => Found): Found {
  const texts = hands.map((index) => printIdentityFile(all[index]!.identity, all[index]!.recipient, new Date(0)))
  const sops = new Sops(program, texts.join(''))
  try {
    return work(sops)
  } finally {
    sops.close()
  }
}

/** The shape of a file's lines, without what is wrapped anew each time. */
const shape = (bytes: Uint8Array) => linesOf(bytes).map((line) => shapeOf(line).replace(/(map_enc=).*/, '$1'))

describe('key groups, with the real sops', () => {
  for (const peer of ['sops>=3.11', 'sops-old'])
    itWith(peer, `${peer} opens what we write for exactly those hands that we open it for`, async (program) => {
      for (const [groups, threshold] of CASES) {
        const file = await ours(withMembers(groups, threshold))
        for (const hands of HANDS) {
          const open = groups.filter((members) => members.some((one) => hands.includes(one))).length >= threshold
          const wanted = open ? VALUES : null
          expect(await weRead(file, hands)).toEqual(wanted)
          expect(theyRead(program!, file, hands), `${JSON.stringify(groups)} ${threshold} ${hands}`).toEqual(wanted)
        }
      }
    })

  itWith('sops>=3.11', 'we open what it writes, and write the same lines', async (program) => {
    for (const [groups, threshold] of CASES) {
      const keyGroups = withMembers(groups, threshold)
      const file = withHands(program!, [0], (sops) => sops.encryptUnder(configOf(keyGroups), 'A=one\nB=two words\n'))
      expect(keyGroupsOf(parseEncryptedFile(file).metadata)).toEqual(keyGroups)
      for (const hands of HANDS) {
        const open = groups.filter((members) => members.some((one) => hands.includes(one))).length >= threshold
        expect(await weRead(file, hands)).toEqual(open ? VALUES : null)
      }
      expect(shape(await ours(keyGroups))).toEqual(shape(file))
    }
  })

  itWith('sops>=3.11', 'without a threshold it needs all groups, and so do we', async (program) => {
    const keyGroups = withMembers([[0], [1], [2]], 3)
    const file = withHands(program!, [0], (sops) =>
      sops.encryptUnder(configOf(keyGroups, true), 'A=one\nB=two words\n'),
    )
    expect(keyGroupsOf(parseEncryptedFile(file).metadata)).toEqual(keyGroups)
    expect(await weRead(file, [0, 1])).toBeNull()
    expect(await weRead(file, [0, 1, 2])).toEqual(VALUES)
  })

  itWith('sops>=3.11', 'opens and edits a file of ours, and we open what came of it', async (program) => {
    const file = await ours(withMembers([[0], [1], [2]], 2))
    const edited = withHands(program!, [0, 2], (sops) => {
      sops.write('x.env', file)
      sops.run('set', 'x.env', '["A"]', '"other"')
      return sops.read('x.env')
    })
    expect(await weRead(edited, [1, 2])).toEqual({ ...VALUES, A: 'other' })
    expect(await weRead(edited, [1])).toBeNull()
  })
})
