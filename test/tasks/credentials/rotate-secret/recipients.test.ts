import { beforeAll, describe, expect, it } from 'vitest'
import { recordPath } from '../../../../src/core/credential/record/place.ts'
import { readRecord } from '../../../../src/core/credential/record/read-record.ts'
import { ended, moved, newRecord } from '../../../../src/core/credential/record/record.ts'
import { sealRecord } from '../../../../src/core/credential/record/seal-record.ts'
import { parseEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { readToDo } from '../../../../src/core/members/to-do.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { verify } from '../../../../src/tasks/files/verify.ts'
import { removeFromMembers } from '../../../../src/tasks/members/members.ts'
import { syncRecipients } from '../../../../src/tasks/members/recipients-sync.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { documentOf } from '../../../support/documents.ts'
import { membersFixture } from '../../../support/members-world.ts'
import { codeOf, type Member, newMember, open, seal } from '../../../support/sealing.ts'

let [alice, bob, carol]: Member[] = []
beforeAll(async () => {
  ;[alice, bob, carol] = [await newMember(), await newMember(), await newMember()]
})

const FILE = 'production/.env.encrypted'
const RECORD = recordPath('orders')
const policyFor = (...names: string[]) =>
  [
    `recipients:\n  alice: ${alice!.recipient.text}\n  bob: ${bob!.recipient.text}\n  carol: ${carol!.recipient.text}`,
    `files:\n  - path: production/**\n    recipients: [${names.join(', ')}]`,
    `rotation:\n  credentials:\n    - { name: orders, path: ${FILE}, url: DATABASE_URL }\n`,
  ].join('\n')
const begun = () =>
  newRecord({
    ...{ name: 'orders', file: FILE, driver: 'postgres', strategy: 'alternating', target: 'x' },
    ...{ emergency: false, failures: 0, now: new Date('2026-03-04T05:06:07Z') },
    current: { user: 'app_a', password: new Secret('x') },
    pending: { user: 'app_b', password: new Secret('to-come') },
  })

async function contents(policy: string, ...members: Member[]): Promise<Map<string, Uint8Array>> {
  const bytes = await seal(documentOf({ DATABASE_URL: 'postgres://app_a:x@h/d' }), members)
  const record = await sealRecord(begun(), parseEncryptedFile(bytes))
  return new Map([
    [FILE, bytes],
    [RECORD, record],
    ['sealward.yml', Buffer.from(policy)],
  ])
}

describe('what a rotation wrote down', () => {
  it('gets the recipients of the file that it is about, when those change', async () => {
    const files = await contents(policyFor('alice', 'bob'), alice!)
    const { world } = membersFixture(files, { identities: [alice!.identity] })
    const { files: changed } = await syncRecipients({ folder: '', dryRun: false }, world)
    expect(changed.map(({ path }) => path)).toEqual([RECORD, FILE])
    expect(readRecord(await open(files.get(RECORD)!, bob!.identity), RECORD).pending!.password!.reveal()).toBe(
      'to-come',
    )
    expect(await codeOf(() => open(files.get(RECORD)!, carol!.identity))).toBe('no-identity')
  })

  it('is closed to who leaves, who has to be told of nothing in it but what is to come', async () => {
    const files = await contents(policyFor('alice', 'bob'), alice!, bob!)
    const { world } = membersFixture(files, { identities: [alice!.identity] })
    const { toDo } = await removeFromMembers({ folder: '', dryRun: false, name: 'bob' }, world)
    expect(await codeOf(() => open(files.get(RECORD)!, bob!.identity))).toBe('no-identity')
    const secrets = readToDo(files.get(toDo!.path)!, toDo!.path).secrets.map(({ file, name }) => `${file} ${name}`)
    expect(secrets.sort()).toEqual([`${RECORD} PENDING`, `${FILE} DATABASE_URL`])
  })

  it('is verified with the other files, and is in order when its rotation has ended', async () => {
    const files = await contents(policyFor('alice', 'bob'), alice!)
    const judge = async () => {
      const memory = memoryWorld(Object.fromEntries(files))
      return (await verify({ files: [], allowNames: [] }, memory)).findings.map(({ rule, file }) => [rule, file])
    }
    expect(await judge()).toEqual([
      ['recipients-differ', RECORD],
      ['recipients-differ', FILE],
    ])
    const both = await seal(documentOf({ DATABASE_URL: 'postgres://app_a:x@h/d' }), [alice!, bob!])
    const over = ended(moved(begun(), 'rolling-back'), 'rolled-back')
    files.set(FILE, both).set(RECORD, await sealRecord(over, parseEncryptedFile(both)))
    expect(await judge()).toEqual([])
  })
})
