import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { refusal } from '../../dotenv/reading.ts'
import { madeUpPrivateKey, madeUpRecipient } from '../recipients.ts'

const KEY = madeUpRecipient()
const OTHER = madeUpRecipient()

const WHOLE = `
recipients:
  alice:
    keys: ${KEY}
    owner: '@octocat'
    roles: [admin]
    since: 2026-05-01
    rotate-every: never
  ci: { keys: [${KEY}, ${OTHER}], rotate-every: 1y }
environments:
  eu:
    paths: [deploy/eu/**]
    kind: production
    rotate-every:
      database: 14d
      api-key: never
secrets:
  - name: A
    expires: never
  - name: [B_*, C]
    path: x/**
    environment: [eu, staging]
    type: database
    owner: ['@octo-org/ops', octo-org/ops, the night shift]
    backup-owner: bob
    rotate-every: 6w
    warn: 3d
    grace: 1d
    expires: 2027-03-01
    exempt: { reason: because, until: 2027-01-31, approved-by: carol }
certificates:
  - path: certs/*.pem
    secret: TLS_*
    hosts: [a.example, 192.0.2.1, '2001:db8::1']
    key: { secret: TLS_KEY, path: x/** }
    password: P12_PASSWORD
    owner: bob
    floor: 2w
    purpose: any
    crl: crl/*.pem
  - { secret: ONE, key: certs/one.key }
endpoints:
  - { host: a.example }
  - { host: b.example, port: 5433, starttls: postgres, servername: c.example, matches: { secret: S }, owner: bob }
  - { host: '2001:db8::1', starttls: smtp, matches: certs/a.pem }
check:
  names: none
  issues: off
  fail-on: never
  probes: [npm, github]
  post-quantum: required
  heartbeat: 1w
  notify:
    webhook: { url: HOOK_URL, key: HOOK_KEY }
    slack: { url: SLACK_URL }
`

/** A text, the line of the first problem, and what is said of it. */
const REFUSED: readonly (readonly [text: string, line: number, message: string])[] = [
  [`recipients:\n  a:\n    key: ${KEY}`, 2, 'recipients.a has an unknown key; did you mean keys?'],
  [`recipients:\n  a:\n    keys: ${KEY}\n    onwer: b`, 4, 'recipients.a has an unknown key; did you mean owner?'],
  ['recipients:\n  a: {}', 2, 'recipients.a needs the key keys'],
  ['recipients:\n  a:\n    keys: 5', 3, 'recipients.a.keys must be an age recipient or a list of them'],
  ['recipients:\n  a:\n    keys: []', 3, 'recipients.a.keys must not be empty'],
  ['recipients:\n  a: 5', 2, 'recipients.a must be an age recipient or a list of them, or a map with keys'],
  [
    `recipients:\n  a:\n    keys: ${KEY}\n    since: 2026-02-30`,
    4,
    'recipients.a.since is a date that no calendar has',
  ],
  [`recipients:\n  a:\n    keys: ${KEY}\n    roles: []`, 4, 'recipients.a.roles must not be empty'],
  [`recipients:\n  a:\n    keys: ${KEY}\n    owner: '@'`, 4, 'recipients.a.owner must be 1 to 100 characters'],
  ['signers:\n  a: { kye: x }', 2, 'signers.a has an unknown key; did you mean key?'],
  ['environments:\n  a b: {}', 2, 'environments.* has a name that is not'],
  ['environments:\n  a: { path: [x] }', 2, 'environments.a has an unknown key; did you mean paths?'],
  ['environments:\n  a: { paths: [] }', 2, 'environments.a.paths must not be empty'],
  ['environments:\n  a: { kind: live }', 2, 'environments.a.kind must be one of production, staging'],
  ['environments:\n  a:\n    rotate-every:\n      databse: 3d', 4, 'has an unknown key; did you mean database?'],
  ['environments:\n  a:\n    rotate-every:\n      secret: 30', 4, 'rotate-every.secret must be a duration such as 30d'],
  ['secrets:\n  - type: database', 2, 'secrets[0] needs the key name'],
  ['secrets:\n  - name: []', 2, 'secrets[0].name must not be empty'],
  ['secrets:\n  - name: a\n    rotate_every: 3d', 3, 'secrets[0] has an unknown key; did you mean rotate-every?'],
  ['secrets:\n  - name: a\n    type: databse', 3, 'secrets[0].type must be one of database, api-key'],
  ['secrets:\n  - name: a\n    warn: never', 3, 'secrets[0].warn must be a duration such as 30d, 6w, 3mo or 1y'],
  ['secrets:\n  - name: a\n    warn: 0d', 3, 'secrets[0].warn must be a duration'],
  ['secrets:\n  - name: a\n    grace: 1.5d', 3, 'secrets[0].grace must be a duration'],
  ['secrets:\n  - name: a\n    warn: 5w\n    rotate-every: 1mo', 2, 'has a warn that is as long as its rotate-every'],
  ['secrets:\n  - name: a\n    expires: soon', 3, 'secrets[0].expires must be a date like 2027-01-31'],
  ['secrets:\n  - name: a\n    exempt: { reason: x, until: 2027-01-01 }', 3, 'exempt needs the key approved-by'],
  ['secrets:\n  - name: a\n    exempt: { reason: x, approved-by: y }', 3, 'secrets[0].exempt needs the key until'],
  ['secrets:\n  - name: a\n    exempt: { resaon: x, until: 2027-01-01, approved-by: y }', 3, 'did you mean reason?'],
  [
    'secrets:\n  - name: a\n    environment: produktion',
    3,
    'secrets[0].environment is a name that environments does not have; did you mean production?',
  ],
  [
    'environments: { eu: {} }\nsecrets:\n  - name: a\n    environment:\n      - eu\n      - us-1',
    6,
    'secrets[0].environment[1] is a name that environments does not have',
  ],
  ['certificates:\n  - owner: a', 2, 'certificates[0] needs a path or a secret'],
  ['certificates:\n  - path: a\n    purpose: mail', 3, 'purpose must be one of server, client, ca, any'],
  ['certificates:\n  - path: a\n    hosts: ["https://a"]', 3, 'hosts[0] must be the name of a host or an IP address'],
  [
    'certificates:\n  - path: a\n    key: { secrt: B }',
    3,
    'certificates[0].key has an unknown key; did you mean secret?',
  ],
  ['certificates:\n  - path: a\n    key: 5', 3, 'certificates[0].key must be a path, or a map with secret'],
  ['certificates:\n  - path: a\n    key: { path: b }', 3, 'certificates[0].key needs the key secret'],
  ['endpoints:\n  - port: 443', 2, 'endpoints[0] needs the key host'],
  ['endpoints:\n  - host: "a:443"', 2, 'without scheme, port and brackets'],
  ['endpoints:\n  - host: a\n    port: 65536', 3, 'endpoints[0].port must be 1 to 65535'],
  ['endpoints:\n  - host: a\n    port: "443"', 3, 'endpoints[0].port must be a whole number'],
  ['endpoints:\n  - host: a\n    starttls: postgresql', 3, 'starttls must be one of postgres, mysql'],
  ['endpoints:\n  - host: a\n    matches: { file: b }', 3, 'endpoints[0].matches has an unknown key; known are'],
  ['check:\n  fail_on: due', 2, 'check has an unknown key; did you mean fail-on?'],
  ['check:\n  fail-on: always', 2, 'check.fail-on must be one of never, overdue, due'],
  ['check:\n  issues: false', 2, 'check.issues must be one of dashboard, per-finding, off'],
  ['check:\n  probes: [githb]', 2, 'check.probes[0] must be one of github'],
  ['check:\n  heartbeat: never', 2, 'check.heartbeat must be a duration'],
  ['check:\n  notify:\n    slak: { url: A }', 3, 'check.notify has an unknown key; did you mean slack?'],
  ['check:\n  notify:\n    slack: { ulr: A }', 3, 'check.notify.slack has an unknown key; did you mean url?'],
  [
    'check:\n  notify:\n    slack: { url: "https://hooks.example/x" }',
    3,
    'check.notify.slack.url must be the name of the variable that has it, because it is a secret itself',
  ],
]

const day = (text: string) => new Date(`${text}T00:00:00Z`)

function read(text: string) {
  return parsePolicy(text, '/somewhere/sealward.yml')
}

describe('the sections about time', () => {
  const policy = read(WHOLE)

  it('are read with lines, days as numbers and dates', () => {
    expect(policy.members).toEqual([
      {
        ...{ line: 3, name: 'alice', keys: [KEY], owners: ['octocat'], roles: ['admin'], since: day('2026-05-01') },
        ...{ rotateEvery: null, decidedBy: 'recipients, sealward.yml:8' },
      },
      {
        ...{ line: 9, name: 'ci', keys: [KEY, OTHER], owners: [], roles: [], since: null },
        ...{ rotateEvery: 365, decidedBy: 'recipients, sealward.yml:9' },
      },
    ])
    expect(policy.environments).toEqual([
      {
        ...{ line: 11, name: 'eu', paths: ['deploy/eu/**'], kind: 'production' },
        rotateEvery: new Map([
          ['database', { days: 14, line: 15 }],
          ['api-key', { days: null, line: 16 }],
        ]),
      },
    ])
    expect(policy.secrets).toEqual([
      { line: 18, names: ['A'], paths: null, environments: null, says: { expires: null } },
      {
        ...{ line: 20, names: ['B_*', 'C'], paths: ['x/**'], environments: ['eu', 'staging'] },
        says: {
          ...{ type: 'database', owners: ['octo-org/ops', 'the night shift'], backupOwners: ['bob'] },
          ...{ rotateEvery: 42, warn: 3, grace: 1, expires: day('2027-03-01') },
          exempt: { reason: 'because', until: day('2027-01-31'), approvedBy: 'carol' },
        },
      },
    ])
  })

  it('may warn of what nobody has to change, as of everything else that is longer than its warning', () => {
    const says = (every: string) =>
      parsePolicy(`secrets: [{ name: A, warn: 1y, rotate-every: ${every} }]`, 'f').secrets[0]?.says
    expect([says('never'), says('2y')]).toEqual([
      { rotateEvery: null, warn: 365 },
      { rotateEvery: 730, warn: 365 },
    ])
  })

  it('are read with what is asked of certificates and endpoints, defaults filled in', () => {
    expect(policy.certificates).toEqual([
      {
        ...{ line: 32, at: { path: 'certs/*.pem', secret: 'TLS_*' }, hosts: ['a.example', '192.0.2.1', '2001:db8::1'] },
        ...{ key: { path: 'x/**', secret: 'TLS_KEY' }, password: 'P12_PASSWORD', owners: ['bob'], floor: 14 },
        ...{ purpose: 'any', crl: 'crl/*.pem' },
      },
      {
        ...{ line: 41, at: { path: null, secret: 'ONE' }, hosts: [], key: { path: 'certs/one.key', secret: null } },
        ...{ password: null, owners: [], floor: null, purpose: 'server', crl: null },
      },
    ])
    expect(policy.endpoints).toEqual([
      {
        ...{ line: 43, host: 'a.example', port: 443, starttls: null, servername: 'a.example' },
        ...{ matches: null, owners: [] },
      },
      {
        ...{ line: 44, host: 'b.example', port: 5433, starttls: 'postgres', servername: 'c.example' },
        ...{ matches: { path: null, secret: 'S' }, owners: ['bob'] },
      },
      {
        ...{ line: 45, host: '2001:db8::1', port: 25, starttls: 'smtp', servername: '2001:db8::1' },
        ...{ matches: { path: 'certs/a.pem', secret: null }, owners: [] },
      },
    ])
  })

  it('are read with how to report, and which of it is written', () => {
    const { lines, ...check } = policy.check
    expect(check).toEqual({
      ...{ names: 'none', issues: 'off', failOn: 'never', probes: ['npm', 'github'], postQuantum: true, heartbeat: 7 },
      notify: { webhook: { url: 'HOOK_URL', key: 'HOOK_KEY' }, slack: { url: 'SLACK_URL' } },
    })
    expect([...lines]).toEqual(
      ['names', 'issues', 'fail-on', 'probes', 'post-quantum', 'heartbeat', 'notify'].map((key, at) => [key, 47 + at]),
    )
  })

  it('leave the recipients of files what they were', () => {
    expect(policy.recipients.get('ci')).toEqual([KEY, OTHER])
    const { files } = read(`${WHOLE}files:\n  - path: a\n    recipients: [alice]\n  - path: b\n`)
    expect(files.map(({ recipients }) => recipients)).toEqual([[KEY], [KEY, OTHER]])
  })

  it.each(REFUSED.map(([text, line, message]) => ({ text, line, message })))(
    'are refused at line $line: $message',
    ({ text, line, message }) => {
      const error = refusal(() => read(text))
      expect(error).toMatchObject({ code: 'policy-invalid', message: expect.stringContaining(message) })
      expect(error.line).toBe(line)
    },
  )

  it('refuse a private key in the map of a recipient, and do not repeat it', () => {
    const key = madeUpPrivateKey()
    const { message, line } = refusal(() => read(`recipients:\n  a:\n    keys: ${key}`))
    expect([line, message]).toEqual([3, expect.stringContaining('recipients.a.keys holds a private key')])
    expect(message).not.toContain(key.slice(0, 24))
  })
})
