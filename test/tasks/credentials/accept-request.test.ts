import { beforeAll, describe, expect, it } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import { LEDGER_FILE, readLedger } from '../../../src/core/ledger/ledger-file.ts'
import { digestOf } from '../../../src/core/ledger/marks.ts'
import { printDispatch, type RequestMessage } from '../../../src/core/request/message.ts'
import { readRunFacts } from '../../../src/core/trust/facts.ts'
import { type AcceptWorld, acceptRequest } from '../../../src/tasks/credentials/accept-request.ts'
import type { RequestMemory } from '../../../src/tasks/world/git/requests.ts'
import { keyOf, NOW, newKeyText, REQUEST, type Sending, signed } from '../../core/request/scene.ts'
import { type FakeBranch, fakeBranch } from '../../fakes/credentials/branch.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { codeOf, type Member, newMember, seal } from '../../support/sealing.ts'

const KEY_TEXT = newKeyText()
const OWNER = { id: 7, login: 'octocat', type: 'User' }

let member: Member
let file: Uint8Array

beforeAll(async () => {
  member = await newMember()
  file = await seal([{ kind: 'entry', name: 'DATABASE_URL', value: 'postgres://a:b@c/d' }], [member])
})

/** What all runs share: the memory and the branch. */
interface Shared {
  readonly memory: RequestMemory & { readonly writes: () => number }
  readonly remote: FakeBranch
  readonly yaml: string
  now: Date
}

function shared(more = '', { ledger = true } = {}): Shared {
  const yaml = `${ledger ? 'ledger: true\n' : ''}rotation:
  credentials:
    - { name: orders-db, path: ${REQUEST.path}, url: DATABASE_URL, strategy: alternating, users: [a, b], admin: { url: ADMIN_URL } }
    - { name: other-db, path: ${REQUEST.path}, url: OTHER_URL, strategy: alternating, users: [a, b], admin: { url: ADMIN_URL } }
${more}`
  let bytes: Uint8Array | null = null
  let tip = 0
  return {
    now: NOW,
    yaml,
    remote: fakeBranch({ [REQUEST.path]: file }, { now: () => NOW }),
    memory: {
      writes: () => tip,
      read: async () => ({ bytes, tip: String(tip) }),
      write: async (fresh, after) => {
        if (after.tip !== String(tip)) return false
        ;[bytes, tip] = [fresh, tip + 1]
        return true
      },
    },
  }
}

function worldOf(shared: Shared, more: Partial<AcceptWorld> = {}): AcceptWorld {
  const memory = memoryWorld({ 'sealward.yml': shared.yaml, [REQUEST.path]: file }, member.identity)
  return {
    ...memory,
    clock: { now: () => shared.now },
    variables: { SEALWARD_REQUEST_KEYS: KEY_TEXT },
    hide: () => {},
    memory: shared.memory,
    deliveries: { open: async () => ({ branch: shared.remote.branch, requests: shared.remote.requests }) },
    actors: { current: async () => ({ via: 'git' as const, name: 'somebody' }) },
    ...more,
  }
}

const message = (change: Parameters<typeof signed>[0] = {}, sending: Sending = {}) =>
  signed({ version: digestOf(file), ...change }, { key: keyOf(KEY_TEXT), ...sending })

function eventOf(message: RequestMessage, { sender = OWNER as object, dryRun = false, ref = REQUEST.ref } = {}) {
  const { client_payload } = JSON.parse(printDispatch('sealward-rotate', message))
  const facts = readRunFacts(
    { GITHUB_EVENT_NAME: 'repository_dispatch', GITHUB_REF: ref, GITHUB_REPOSITORY_ID: REQUEST.repository },
    null,
  )
  return { facts, payload: Buffer.from(JSON.stringify({ action: 'x', client_payload, sender })), dryRun }
}

async function send(to: Shared, message: RequestMessage, how: Parameters<typeof eventOf>[1] = {}, more = {}) {
  return (await acceptRequest(eventOf(message, how), worldOf(to, more)))?.kind ?? null
}

const ledgerOf = ({ remote }: Shared) =>
  readLedger(remote.files.get(LEDGER_FILE) ?? new Uint8Array()).map(({ read }) => ('event' in read ? read.event : null))

const REQUESTS = 'requests: {}\n'

describe('a request from outside', () => {
  it('is accepted once, and the ledger has it', async () => {
    const repository = shared(REQUESTS)
    expect(await send(repository, message({ reason: 'leaked' }))).toBe('ok')
    expect(ledgerOf(repository)).toEqual([
      {
        kind: 'request-accepted',
        request: REQUEST.id,
        credential: 'orders-db',
        requester: 'incident-bot',
        reason: 'leaked',
      },
    ])
    expect(repository.remote.messages).toEqual(['Accept a request to rotate orders-db'])
    expect(await send(repository, message({ reason: 'leaked' }))).toBe('replayed')
    expect(repository.remote.messages.length).toBe(1)
  })

  it('is refused by the ledger alone, where the memory was lost', async () => {
    const [repository, fresh] = [shared(REQUESTS), shared(REQUESTS)]
    await send(repository, message())
    expect(await send({ ...fresh, remote: repository.remote }, message())).toBe('replayed')
  })

  it('is refused by the memory alone, where the branch with the ledger was thrown away', async () => {
    const [repository, fresh] = [shared(REQUESTS), shared(REQUESTS)]
    await send(repository, message())
    expect(await send({ ...fresh, memory: repository.memory }, message())).toBe('replayed')
  })

  it('is accepted by one of eight runs that get it in the same moment', async () => {
    const repository = shared(REQUESTS)
    const kinds = await Promise.all(Array.from({ length: 8 }, () => send(repository, message()).catch(() => 'locked')))
    expect(kinds.filter((kind) => kind === 'ok')).toEqual(['ok'])
    expect(ledgerOf(repository).length).toBe(1)
  })

  it('is written down on top of what somebody else pushes meanwhile', async () => {
    const repository = shared(REQUESTS)
    repository.remote.pushBefore('README.md', Buffer.from('x'))
    expect(await send(repository, message())).toBe('ok')
    expect(ledgerOf(repository).length).toBe(1)
  })

  it('changes nothing on a dry run', async () => {
    const repository = shared(REQUESTS)
    expect(await send(repository, message(), { dryRun: true })).toBe('ok')
    expect([repository.memory.writes(), repository.remote.messages]).toEqual([0, []])
  })

  it('is no business of an event that carries none', async () => {
    const facts = readRunFacts({ GITHUB_EVENT_NAME: 'schedule', GITHUB_REF: REQUEST.ref }, null)
    expect(await acceptRequest({ facts, payload: null, dryRun: false }, worldOf(shared()))).toBe(null)
  })
})

type Row = readonly [what: string, kind: string, sent: (to: Shared) => Promise<string | null>, allow?: string]

const REFUSED: readonly Row[] = [
  ['for another file than is committed', 'wrong-version', (to) => send(to, message({ version: '0'.repeat(64) }))],
  ['for a credential that sealward.yml does not have', 'wrong-secret', (to) => send(to, message({ credential: 'x' }))],
  ['for another branch than that of the run', 'wrong-ref', (to) => send(to, message(), { ref: 'refs/heads/x' })],
  ['by another key', 'bad-signature', (to) => send(to, message({}, { key: keyOf(newKeyText()) }))],
  ['with HMAC-SHA1', 'weak-algorithm', (to) => send(to, { ...message(), signatures: 'hmac-sha1,AAAA' })],
  ['by an account that is not listed', 'actor-not-allowed', (to) => send(to, message()), 'actors: [hubot]'],
  [
    'by nobody known, where accounts are listed',
    'actor-not-allowed',
    (to) => send(to, message(), { sender: {} }),
    'actors: [octocat]',
  ],
  ['by a person where apps are listed', 'app-not-allowed', (to) => send(to, message()), 'apps: [bot]'],
  [
    'from no address where they are listed',
    'address-not-allowed',
    (to) => send(to, message()),
    'addresses: [192.0.2.0/24]',
  ],
  [
    'from another address',
    'address-not-allowed',
    (to) => send(to, message({ address: '198.51.100.1' })),
    'addresses: [192.0.2.0/24]',
  ],
]

describe('a request is refused', () => {
  it.each(REFUSED.map((row) => [row[0], row[1], row] as const))('%s: %s', async (_, kind, [, , sent, allow = '']) => {
    const repository = shared(`requests: { allow: { ${allow} } }\n`)
    expect(await sent(repository)).toBe(kind)
    expect([repository.remote.messages, ledgerOf(repository)]).toEqual([[], []])
  })

  it('where sealward.yml lets nobody ask, has no ledger, or no key is there; and nothing is used up', async () => {
    expect(await codeOf(() => send(shared(), message()))).toBe('untrusted')
    const without = shared(REQUESTS, { ledger: false })
    expect(await codeOf(() => send(without, message()))).toBe('policy-invalid')
    expect(await codeOf(() => send(shared(REQUESTS), message(), {}, { variables: {} }))).toBe('policy-invalid')
    expect(without.memory.writes()).toBe(0)
  })
})

describe('limits', () => {
  const id = (at: number) => `msg_0000000${at}`

  it('keep one credential from being rotated without end, and no other', async () => {
    const repository = shared('requests: { limits: { per-secret: 2 } }\n')
    const kinds = []
    for (const at of [1, 2, 3]) kinds.push(await send(repository, message({ id: id(at) })))
    kinds.push(await send(repository, message({ id: id(4), credential: 'other-db' })))
    expect(kinds).toEqual(['ok', 'ok', 'rate-limited', 'ok'])
  })

  it('keep one account from asking without end, and no other', async () => {
    const repository = shared('requests: { limits: { per-source: 1 } }\n')
    const kinds = [
      await send(repository, message({ id: id(1) })),
      await send(repository, message({ id: id(2), credential: 'other-db' })),
      await send(repository, message({ id: id(3), credential: 'other-db' }), { sender: { ...OWNER, id: 8 } }),
    ]
    expect(kinds).toEqual(['ok', 'rate-limited', 'ok'])
  })

  it('pause an account after bad signatures, cause no commit, and leave every other account alone', async () => {
    const repository = shared(REQUESTS)
    const bad = () => send(repository, message({}, { key: keyOf(newKeyText()) }))
    expect([await bad(), await bad(), await bad(), await bad(), await bad()]).toEqual([
      ...new Array(4).fill('bad-signature'),
      'backed-off',
    ])
    expect([repository.memory.writes(), repository.remote.messages]).toEqual([4, []])
    expect(await send(repository, message())).toBe('backed-off')
    expect(await send(repository, message(), { sender: { ...OWNER, id: 8 } })).toBe('ok')
    repository.now = new Date(NOW.getTime() + 61_000)
    expect(await send(repository, message({ id: id(5) }))).toBe('ok')
  })

  it('remember nothing of whom GitHub does not vouch for: that would be in the way of others', async () => {
    const repository = shared(REQUESTS)
    for (let sent = 0; sent < 9; sent += 1)
      await send(repository, message({}, { key: keyOf(newKeyText()) }), { sender: {} })
    expect(repository.memory.writes()).toBe(0)
    expect(await send(repository, message(), { sender: {} })).toBe('ok')
  })

  it('do not let a request in because what is remembered cannot be written', async () => {
    const repository = shared(REQUESTS)
    const memory = { ...repository.memory, write: () => Promise.reject(new SealwardError('permission', 'no')) }
    expect(await codeOf(() => send(repository, message(), {}, { memory }))).toBe('permission')
    expect(await send(repository, message({}, { key: keyOf(newKeyText()) }), {}, { memory })).toBe('bad-signature')
    expect(repository.remote.messages).toEqual([])
  })
})

describe('keys of senders', () => {
  it('may be in an encrypted file', async () => {
    const path = 'ops/.env.encrypted'
    const repository = shared(`requests: { keys: { path: ${path}, variable: KEYS } }\n`)
    const keys = await seal([{ kind: 'entry', name: 'KEYS', value: `${newKeyText()} ${KEY_TEXT}` }], [member])
    const hidden: string[] = []
    const { files } = memoryWorld({ 'sealward.yml': repository.yaml, [REQUEST.path]: file, [path]: keys })
    const world = { files, variables: {}, hide: (secret: { reveal(): string }) => void hidden.push(secret.reveal()) }
    expect(await send(repository, message(), {}, world)).toBe('ok')
    expect(hidden).toContain(KEY_TEXT)
  })

  it.each(['', 'x', `${newKeyText()} x`, newKeyText(8)])('are refused where one of them is none', async (text) => {
    const world = { variables: { SEALWARD_REQUEST_KEYS: text } }
    expect(await codeOf(() => send(shared(REQUESTS), message(), {}, world))).toBe('policy-invalid')
  })
})
