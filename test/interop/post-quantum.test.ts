import { spawnSync } from 'node:child_process'
import { describe, expect } from 'vitest'
import { upgradeMembers } from '../../src/tasks/members/members-upgrade.ts'
import { itWith } from '../peers.ts'
import { documentOf } from '../support/documents.ts'
import { membersFixture } from '../support/members-world.ts'
import { bytesOf, type Member, newMember, seal } from '../support/sealing.ts'
import { withSops } from '../support/sops.ts'

const FILE = '.env.encrypted'
const VALUES = { A: 'one', LINES: 'a\nb', EMPTY: '' }
const REQUEST = { folder: '', dryRun: false, rotateAll: false } as const

describe('recipients of both kinds', () => {
  itWith('age>=1.3', 'are refused by age, within one age file', async (program) => {
    const [one, other] = [await newMember(), await newMember('hybrid')]
    const both = [one, other].flatMap(({ recipient }) => ['-r', recipient.text])
    const { status, stderr } = spawnSync(program!, both, { input: 'x', encoding: 'utf8' })
    expect(status, stderr).not.toBe(0)
    for (const { recipient } of [one, other])
      expect(spawnSync(program!, ['-r', recipient.text], { input: 'x' }).status).toBe(0)
  })

  itWith(
    'sops>=3.12',
    'are taken by sops, each in an age file of its own: each of them opens the file',
    async (program) => {
      const [alice, bob, quantum] = [await newMember(), await newMember(), await newMember('hybrid')]
      const contents = await repository({ alice, bob })
      const { world } = membersFixture(contents, { identities: [alice.identity, quantum.identity] })
      const upgrades = new Map([['alice', [quantum.recipient.text]]])
      const { mixed } = await upgradeMembers({ ...REQUEST, partial: true, upgrades }, world)
      expect(mixed).toEqual([FILE])
      for (const member of [bob, quantum]) expect(await sopsReads(program!, member, contents)).toEqual(VALUES)
      await expect(sopsReads(program!, alice, contents)).rejects.toThrow()
    },
  )

  itWith('sops>=3.12', 'give way to post-quantum ones alone, and sops opens the file for those', async (program) => {
    const [alice, bob] = [await newMember(), await newMember()]
    const [quantum, bobs] = [await newMember('hybrid'), await newMember('hybrid')]
    const contents = await repository({ alice, bob })
    const { world } = membersFixture(contents, { identities: [alice.identity, quantum.identity] })
    const upgrades = new Map([
      ['alice', [quantum.recipient.text]],
      ['bob', [bobs.recipient.text]],
    ])
    await upgradeMembers({ ...REQUEST, partial: false, upgrades }, world)
    for (const member of [quantum, bobs]) expect(await sopsReads(program!, member, contents)).toEqual(VALUES)
    for (const member of [alice, bob]) await expect(sopsReads(program!, member, contents)).rejects.toThrow()
  })
})

async function repository(members: Readonly<Record<string, Member>>): Promise<Map<string, Uint8Array>> {
  const entries = Object.entries(members).map(([name, { recipient }]) => `  ${name}: ${recipient.text}\n`)
  return new Map<string, Uint8Array>([
    [FILE, await seal(documentOf(VALUES), Object.values(members))],
    ['sealward.yml', bytesOf(`recipients:\n${entries.join('')}`)],
  ])
}

async function sopsReads(program: string, member: Member, contents: ReadonlyMap<string, Uint8Array>): Promise<unknown> {
  let values: unknown
  await withSops(program, member, async (sops) => {
    values = sops.variablesOf(contents.get(FILE)!)
  })
  return values
}
