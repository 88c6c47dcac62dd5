import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { judgeEndpoints, type Live } from '../../../../src/tasks/steps/check/endpoints.ts'
import type { Looked } from '../../../../src/tasks/steps/check/looked.ts'
import type { Endpoint, EndpointAnswer, ServedAnswer } from '../../../../src/tasks/world/endpoint.ts'
import { AUTHORITY, type Issued, serverFor, withOpenssl } from '../../../core/certificate/authority.ts'
import { EARLY } from '../../../core/certificate/question.ts'

const derOf = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
const answering = (...answers: EndpointAnswer[]): Live => ({ endpoints: { ask: async () => answers }, lists: null })

function lookedAt(policy: string, more: Partial<Looked> = {}): Looked {
  const policies = [parsePolicy(policy, 'sealward.yml')]
  const ages = { files: new Map(), keys: new Map() } as unknown as Looked['ages']
  return {
    files: [],
    paths: ['tls/a.pem', 'tls/b.pem'],
    named: [],
    environment: null,
    isPartial: false,
    now: EARLY,
    policies,
    ages,
    ...more,
  }
}

const ENDPOINT = `endpoints:
  - {host: a.example.org, owner: ops, matches: tls/a.pem}
`

withOpenssl('asking the endpoints of sealward.yml', (openssl) => {
  const root = openssl.issue({ cn: 'Root', extensions: AUTHORITY })
  const address = 'http://crl.example.org/root.crl'
  const issue = (...more: string[]) =>
    openssl.issue({ cn: 'a.example.org', by: root, extensions: [...serverFor('DNS:a.example.org'), ...more] })
  const leaf = issue(`crlDistributionPoints=URI:${address}`)
  const files = { read: async (path: string) => (path === 'tls/a.pem' ? Buffer.from(leaf.pem + root.pem) : null) }
  const serving = (one: Issued, distrust: string | null = null): ServedAnswer => ({
    ...{ kind: 'served', chain: [derOf(one.pem), derOf(root.pem)], protocol: 'TLSv1.3', distrust },
  })

  it('says what is served, and that it is what the repository has', async () => {
    const { judged, notes } = await judgeEndpoints(lookedAt(ENDPOINT), { files, live: answering(serving(leaf)) })
    expect(notes).toEqual([])
    expect(judged.map(({ rule, level, name, owners }) => [rule, level, name, ...owners])).toEqual([
      ['certificate-lifetime', 'ok', 'a.example.org:443: a.example.org', 'ops'],
      ['not-deployed', 'ok', 'a.example.org:443', 'ops'],
    ])
  })

  it('without the network nothing is asked, and a note says so', async () => {
    expect(await judgeEndpoints(lookedAt(ENDPOINT), { files })).toEqual({
      judged: [],
      notes: [
        {
          message: '1 endpoint of sealward.yml was not asked: that needs the network',
          hint: 'sealward check --endpoints',
        },
      ],
    })
    expect(await judgeEndpoints(lookedAt(''), { files })).toEqual({ judged: [], notes: [] })
  })

  it('asks with the usual port of the protocol, and the name', async () => {
    const asked: Endpoint[] = []
    const live: Live = {
      endpoints: {
        ask: async (endpoints) => {
          asked.push(...endpoints)
          return endpoints.map(() => ({ kind: 'silent', code: '' }))
        },
      },
      lists: null,
    }
    const policy = 'endpoints:\n  - {host: 192.0.2.1, starttls: postgres, servername: db.example.org}\n'
    await judgeEndpoints(lookedAt(policy), { files, live })
    expect(asked).toMatchObject([{ host: '192.0.2.1', port: 5432, starttls: 'postgres', servername: 'db.example.org' }])
  })

  it.each<[EndpointAnswer, string]>([
    [
      { kind: 'unknown-host', code: 'ENOTFOUND' },
      'an endpoint has a name that no address is known for (ENOTFOUND), so',
    ],
    [{ kind: 'refused', code: 'ECONNREFUSED' }, 'an endpoint refuses the connection (ECONNREFUSED), so'],
    [{ kind: 'silent', code: '' }, 'an endpoint did not answer in time, so'],
    [{ kind: 'not-understood', code: '' }, 'an endpoint does not speak the protocol that sealward.yml says, so'],
    [{ kind: 'handshake', code: 'EPROTO' }, 'an endpoint begins TLS and fails (EPROTO), so'],
    [{ kind: 'not-asked', code: '' }, 'an endpoint was not asked: the time for all endpoints was over, so'],
  ])('%j is a note, and no verdict', async (answer, words) => {
    const { judged, notes } = await judgeEndpoints(lookedAt(ENDPOINT), { files, live: answering(answer) })
    expect(judged).toEqual([])
    expect(notes).toEqual([
      { message: `${words} its certificate is not judged`, place: { file: 'sealward.yml', line: 2 } },
    ])
  })

  it.each(['no-tls', 'injected'] as const)('%s is a verdict', async (kind) => {
    const { judged, notes } = await judgeEndpoints(lookedAt(ENDPOINT), { files, live: answering({ kind, code: '' }) })
    expect(notes).toEqual([])
    expect(judged).toMatchObject([{ kind: 'endpoint', level: 'overdue', name: 'a.example.org:443' }])
  })

  it('says when what it should serve cannot be read', async () => {
    const policy = ENDPOINT.replace('a.pem', 'b.pem')
    const { judged, notes } = await judgeEndpoints(lookedAt(policy), { files, live: answering(serving(leaf)) })
    expect(judged.map(({ rule }) => rule)).toEqual(['certificate-lifetime'])
    expect(notes.map(({ message }) => message)).toEqual([
      'endpoints[0].matches means no certificate that can be read, so whether it is in use is not judged',
    ])
  })

  it('who asks about some files means only endpoints that should serve these', async () => {
    const partial = { isPartial: true, paths: ['tls/b.pem'] }
    expect(await judgeEndpoints(lookedAt(ENDPOINT, partial), { files, live: answering() })).toEqual({
      judged: [],
      notes: [],
    })
  })

  describe('revocation lists', () => {
    const options = ['-crl_lastupdate', '20260601000000Z', '-crl_nextupdate', '20260701000000Z']
    const list = openssl.list(root, [leaf], ...options)

    async function look(answers: ServedAnswer[], bytes: Uint8Array | null) {
      const fetched: string[] = []
      const lists = {
        fetch: async (at: string) => {
          fetched.push(at)
          return bytes
        },
      }
      const policy = `endpoints:\n${answers.map((_, index) => `  - {host: a.example.org, port: ${index + 1}}\n`).join('')}`
      const live = { ...answering(...answers), lists }
      const { judged, notes } = await judgeEndpoints(lookedAt(policy), { files, live })
      return { fetched, notes: notes.map(({ message }) => message), rules: judged.map(({ rule }) => rule) }
    }

    it('are fetched once each, and what they name is revoked', async () => {
      const { fetched, rules, notes } = await look([serving(leaf), serving(leaf)], derOf(list))
      expect(fetched).toEqual([address])
      expect(rules.filter((rule) => rule === 'certificate-revoked')).toHaveLength(2)
      expect(notes).toEqual([])
    })

    it('of a server that nobody vouches for are not: it could send this machine anywhere', async () => {
      expect((await look([serving(leaf, 'SELF_SIGNED_CERT_IN_CHAIN')], derOf(list))).fetched).toEqual([])
    })

    it.each([[null], [Buffer.from('<html>')]])('that cannot be had are told of', async (bytes) => {
      expect((await look([serving(leaf)], bytes)).notes).toEqual([
        'no revocation list could be fetched for 1 served certificate, so whether they were revoked is not known',
      ])
    })
  })
})
