import { describe, expect } from 'vitest'
import { addToMembers, removeFromMembers } from '../../src/tasks/members/members.ts'
import { syncRecipients } from '../../src/tasks/members/recipients-sync.ts'
import { itWith } from '../peers.ts'
import { documentOf } from '../support/documents.ts'
import { membersFixture } from '../support/members-world.ts'
import { bytesOf, newMember, seal } from '../support/sealing.ts'
import { withSops } from '../support/sops.ts'

const FILE = '.env.encrypted'
const VALUES = { A: 'one', QUOTED: '"two"', LINES: 'a\nb', EMPTY: '' }

describe('after every change of members', () => {
  itWith('sops>=3.12', 'sops opens the file for those who are in, and for nobody else', async (program) => {
    const [alice, bob] = [await newMember(), await newMember('hybrid')]
    const contents = new Map<string, Uint8Array>([
      [FILE, await seal(documentOf(VALUES), [alice])],
      ['sealward.yml', bytesOf(`recipients:\n  alice: ${alice.recipient.text}\n`)],
    ])
    const world = () => membersFixture(contents, { identities: [alice.identity] }).world
    const readWith = async (who: typeof alice) => {
      let values: unknown
      await withSops(program!, who, async (sops) => {
        values = sops.variablesOf(contents.get(FILE)!)
      })
      return values
    }
    const request = { folder: '', dryRun: false } as const
    await addToMembers({ ...request, member: { name: 'bob', keys: [bob.recipient.text], rules: [] } }, world())
    expect([await readWith(alice), await readWith(bob)]).toEqual([VALUES, VALUES])
    await removeFromMembers({ ...request, name: 'bob' }, world())
    expect(await readWith(alice)).toEqual(VALUES)
    await expect(readWith(bob)).rejects.toThrow()
    contents.set(
      'sealward.yml',
      bytesOf(`recipients: { alice: ${alice.recipient.text}, bob: ${bob.recipient.text} }\n`),
    )
    await syncRecipients(request, world())
    expect([await readWith(alice), await readWith(bob)]).toEqual([VALUES, VALUES])
  })
})
