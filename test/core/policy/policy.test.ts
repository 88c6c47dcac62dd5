import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { refusal } from '../dotenv/reading.ts'
import { madeUpData, madeUpPrivateKey, madeUpRecipient } from './recipients.ts'

const ALICE = madeUpRecipient()
const CI = madeUpRecipient()
const CI_HYBRID = `age1pq1${madeUpData(1952)}`
const PLUGIN = `age1yubikey1${madeUpData(40)}`

const WHOLE = `
version: 1
recipients:
  alice: ${ALICE}
  ci:
    - ${CI}
    - ${CI_HYBRID}
files:
  - path: .env.production.encrypted
    recipients: [ci, ${PLUGIN}, ci]
    quotes: dotenv
    encryption:
      encrypted-regex: ^SECRET_
      mac-only-encrypted: true
    decrypt-in:
      refs: [refs/heads/main, refs/tags/v*]
      repositories: [octo-org/example, 1296269, '9919']
  - path: '**'
hook:
  allow:
    - path: test/fixtures/**
      rule: private-key
      reason: made-up keys
      expires: 2027-01-31
    - { path: docs/**, reason: examples }
schema:
  PORT: { required: true, type: port }
  KEY: { pattern: ^x, enum: [a], min-length: 1, max-length: 9, not-a-placeholder: true }
`

const NO_SCAN = { allow: [], ignore: [], disable: [], failOn: { severity: 'low', confidence: 'low' }, rules: [] }

const SECTIONS =
  'version, recipients, roles, recovery, files, signers, public, hook, scan, schema, environments, secrets, certificates, endpoints, ledger, rotation, requests, lockdown, check'

/** The sections that `sections.test.ts` is about, when they are not there. */
const NO_CHECK = {
  environments: [],
  secrets: [],
  certificates: [],
  endpoints: [],
  check: {
    names: null,
    issues: 'dashboard',
    failOn: 'overdue',
    probes: [],
    postQuantum: false,
    heartbeat: null,
    notify: { webhook: null, slack: null },
    lines: new Map(),
  },
  ledger: { on: null, names: 'full', reads: false, webhook: null },
  requests: null,
  lockdown: null,
  recovery: null,
  rotation: {
    delivery: { mode: 'pull-request', branch: null, prefix: 'sealward/rotation/' },
    breaker: 3,
    credentials: [],
  },
  roles: ['admin', 'service', 'readonly', 'rotation', 'monitoring'].map((name) =>
    expect.objectContaining({ name, line: null }),
  ),
}
const member = (line: number, name: string, keys: readonly string[]) => ({
  ...{ line, name, keys, owners: [], roles: [], since: null, rotateEvery: 90 },
  decidedBy: 'default: keys of recipients',
})

const nothingAsked = {
  required: false,
  type: null,
  pattern: null,
  enum: null,
  minLength: 0,
  maxLength: Number.POSITIVE_INFINITY,
  notPlaceholder: false,
}

/** A text, the line of the first problem, and what is said of it. */
const REFUSED: readonly (readonly [text: string, line: number, message: string])[] = [
  ['recipents: {}', 1, 'the file has an unknown key; did you mean recipients?'],
  ['version: 1\nzzz: {}', 2, `the file has an unknown key; known are ${SECTIONS}`],
  ['toString: 1', 1, `the file has an unknown key; known are ${SECTIONS}`],
  ['files:\n  - path: a\n    qoutes: x', 3, 'files[0] has an unknown key; did you mean quotes?'],
  ['files:\n  - path: a\n    encryption:\n      encrypted_regex: x', 4, 'did you mean encrypted-regex?'],
  ['version: 2', 1, 'version must be 1'],
  ['- a', 1, 'the file must be a map of names and values'],
  ['a text', 1, 'the file must be a map of names and values'],
  ['hook:', 1, 'hook has no value'],
  ['schema:\n  A: { type: prot }', 2, 'schema.A.type must be one of string, number'],
  ['schema:\n  A: { requred: true }', 2, 'schema.A has an unknown key; did you mean required?'],
  ['\nhook: []', 2, 'hook must be a map of names and values'],
  ['files: {}', 1, 'files must be a list'],
  ['files:\n  - quotes: literal', 2, 'files[0] needs the key path'],
  ['files:\n  - path: 1', 2, 'files[0].path must be text'],
  ['files:\n  - path: a\\b', 2, 'files[0].path has a backslash'],
  ['files:\n  - path: a\n    recipients: []', 3, 'files[0].recipients must not be empty'],
  [
    'files:\n  - path: a\n    recipients: [a b]',
    3,
    'recipients[0] is neither a name from recipients nor an age recipient',
  ],
  ['files:\n  - path: a\n    quotes: both', 3, 'files[0].quotes must be literal or dotenv'],
  ['files:\n  - path: a\n    encryption: { encrypted-regex: "" }', 3, 'encrypted-regex must not be empty'],
  ['files:\n  - path: a\n    encryption: { mac-only-encrypted: 1 }', 3, 'mac-only-encrypted must be true or false'],
  ['files:\n  - path: a\n    encryption: { encrypted-regex: a, encrypted-suffix: b }', 3, 'has more than one rule'],
  [
    'files:\n  - path: a\n    decrypt-in: {}',
    3,
    'files[0].decrypt-in needs refs, events, repositories or environments',
  ],
  ['files:\n  - path: a\n    decrypt-in: { ref: [refs/heads/a] }', 3, 'did you mean refs?'],
  ['files:\n  - path: a\n    decrypt-in: { refs: main }', 3, 'files[0].decrypt-in.refs must be a list'],
  ['files:\n  - path: a\n    decrypt-in: { refs: [] }', 3, 'files[0].decrypt-in.refs must not be empty'],
  ['files:\n  - path: a\n    decrypt-in: { refs: [main] }', 3, 'refs[0] must be a full ref such as refs/heads/main'],
  ['files:\n  - path: a\n    decrypt-in: { refs: ["refs/heads/a**"] }', 3, 'refs[0] has ** beside other characters'],
  ['files:\n  - path: a\n    decrypt-in: { events: [Push] }', 3, 'events[0] is not the name of an event'],
  ['files:\n  - path: a\n    decrypt-in: { repositories: [example] }', 3, 'repositories[0] is neither owner/name nor'],
  ['files:\n  - path: a\n    decrypt-in: { repositories: [-1] }', 3, 'repositories[0] must be positive'],
  ['files:\n  - path: a\n    decrypt-in: { repositories: [true] }', 3, 'repositories[0] must be owner/name or the'],
  ['files:\n  - path: a\n    decrypt-in: { environments: [""] }', 3, 'environments[0] must be 1 to 255 characters'],
  ['recipients:\n  a: []', 2, 'recipients.a must not be empty'],
  ['recipients:\n  a: [1]', 2, 'recipients.a must be an age recipient or a list of them'],
  ['recipients:\n  a: age1short', 2, 'recipients.a is not an age recipient'],
  [`recipients:\n  a: ${ALICE.toUpperCase()}`, 2, 'recipients.a is not an age recipient'],
  [`recipients:\n  a: ${ALICE}q`, 2, 'recipients.a is not an age recipient'],
  [`recipients:\n  a: ${CI_HYBRID}q`, 2, 'recipients.a is not an age recipient'],
  [`recipients:\n  a b: ${ALICE}`, 2, 'recipients.* has a name that is not'],
  [`recipients:\n  ${ALICE}: ${ALICE}`, 2, 'or that starts like a key'],
  ['recipients: {}\nrecipients: {}', 2, 'a key that stands in the same map already'],
  ['hook:\n  allow:\n    - path: a', 3, 'hook.allow[0] needs the key reason'],
  ['hook:\n  allow:\n    - path: a\n      reason: " "', 4, 'hook.allow[0].reason must not be empty'],
  ['hook:\n  allow:\n    - path: a\n      reason: x\n      rule: A B', 5, 'rule is not the name of a rule'],
  [
    'hook:\n  allow:\n    - path: a\n      reason: x\n      expires: tomorrow',
    5,
    'expires must be a date like 2027-01-31',
  ],
  ['hook:\n  allow:\n    - path: a\n      reason: x\n      expires: 2027-02-29', 5, 'is a date that no calendar has'],
]

function refused(text: string) {
  return refusal(() => parsePolicy(text, 'sealward.yml'))
}

describe('sealward.yml', () => {
  it('is read as a whole, names resolved and defaults filled in', () => {
    expect(parsePolicy(WHOLE, 'sealward.yml')).toEqual({
      file: 'sealward.yml',
      recipients: new Map([
        ['alice', [ALICE]],
        ['ci', [CI, CI_HYBRID]],
      ]),
      members: [member(4, 'alice', [ALICE]), member(5, 'ci', [CI, CI_HYBRID])],
      files: [
        {
          line: 9,
          path: '.env.production.encrypted',
          recipients: [CI, CI_HYBRID, PLUGIN],
          keyGroups: null,
          quotes: 'dotenv',
          encryption: { rule: { kind: 'encrypted_regex', pattern: '^SECRET_' }, macOnlyEncrypted: true },
          decryptIn: {
            refs: ['refs/heads/main', 'refs/tags/v*'],
            events: null,
            repositories: ['octo-org/example', '1296269', '9919'],
            environments: null,
          },
        },
        {
          line: 18,
          path: '**',
          recipients: [ALICE, CI, CI_HYBRID],
          keyGroups: null,
          quotes: 'literal',
          encryption: { rule: null, macOnlyEncrypted: false },
          decryptIn: null,
        },
      ],
      signers: [],
      publicNames: [],
      hook: {
        allow: [
          { line: 21, path: 'test/fixtures/**', rule: 'private-key', reason: 'made-up keys', expires: '2027-01-31' },
          { line: 25, path: 'docs/**', rule: null, reason: 'examples', expires: null },
        ],
      },
      scan: NO_SCAN,
      ...NO_CHECK,
      schema: {
        file: 'sealward.yml',
        rules: new Map([
          ['PORT', { ...nothingAsked, line: 27, required: true, type: 'port' }],
          [
            'KEY',
            { ...nothingAsked, line: 28, pattern: '^x', enum: ['a'], minLength: 1, maxLength: 9, notPlaceholder: true },
          ],
        ]),
      },
    })
  })

  it.each([
    ['nothing', ''],
    ['a comment', '# later\n'],
    ['an empty map', '{}'],
    ['a byte order mark', '\uFEFF'],
    ['empty sections', 'recipients: {}\nfiles: []\nhook: {}\n'],
  ])('that holds %s says nothing', (_, text) => {
    for (const source of [text, new TextEncoder().encode(text)]) {
      const policy = {
        file: 'sealward.yml',
        recipients: new Map(),
        members: [],
        ...NO_CHECK,
        files: [],
        signers: [],
        publicNames: [],
        hook: { allow: [] },
        scan: NO_SCAN,
        schema: null,
      }
      expect(parsePolicy(source, 'sealward.yml')).toEqual(policy)
    }
  })

  it('reads lines that end with CRLF', () => {
    expect(parsePolicy(WHOLE.replaceAll('\n', '\r\n'), 'f')).toEqual(parsePolicy(WHOLE, 'f'))
  })

  it.each([
    'unencrypted-suffix',
    'encrypted-suffix',
    'unencrypted-regex',
    'encrypted-regex',
    'unencrypted-comment-regex',
    'encrypted-comment-regex',
  ])('knows the rule %s', (key) => {
    const { files } = parsePolicy(`files: [{ path: a, encryption: { ${key}: _x } }]`, 'f')
    expect(files[0]?.encryption.rule).toEqual({ kind: key.replaceAll('-', '_'), pattern: '_x' })
  })

  it.each(REFUSED.map(([text, line, message]) => ({ text, line, message })))(
    'is refused at line $line: $message',
    ({ text, line, message }) => {
      expect(refused(text)).toMatchObject({
        code: 'policy-invalid',
        file: 'sealward.yml',
        line,
        message: expect.stringContaining(message),
      })
    },
  )

  it('names a stranger by its place, with the name that was probably meant', () => {
    const text = `recipients:\n  alice: ${ALICE}\nfiles:\n  - path: a\n    recipients:\n      - alice\n      - alcie\n      - mallory`
    expect(refused(text)).toMatchObject({
      line: 7,
      message: [
        '2 problems',
        '  line 7: files[0].recipients[1] is a name that recipients does not have; did you mean alice?',
        '  line 8: files[0].recipients[2] is a name that recipients does not have',
      ].join('\n'),
    })
  })

  it('names all problems at once, in the order of the file, and counts those past twenty', () => {
    const text = `hook:\n  alow: []\nversion: 3\nfiles:\n${'  - pth: a\n'.repeat(12)}`
    const { message, line } = refused(text)
    expect(line).toBe(2)
    expect(message.split('\n').slice(0, 3)).toEqual([
      '26 problems',
      '  line 2: hook has an unknown key; did you mean allow?',
      '  line 3: version must be 1',
    ])
    expect(message.split('\n').slice(-1)).toEqual(['  and 6 more'])
  })

  it.each([
    ['as a recipient', (key: string) => `recipients:\n  bob: ${key}`],
    ['in a list', (key: string) => `recipients:\n  bob: [${key}]`],
    ['as a recipient of a file', (key: string) => `files:\n  - { path: a, recipients: [${key}] }`],
    ['as a name', (key: string) => `recipients:\n  ${key}: ${ALICE}`],
  ])('refuses a private key %s, says so, and does not repeat it', (_, write) => {
    const key = madeUpPrivateKey()
    const { message, hint, line } = refused(write(key))
    expect(message).toContain('private key')
    expect(line).toBe(2)
    expect(`${message}${hint}`).not.toContain(key.slice(0, 24))
  })

  it('never repeats a value or an unknown key, wherever it stands', () => {
    const templates = [
      (secret: string) => `${secret}: 1`,
      (secret: string) => `version: ${secret}`,
      (secret: string) => `recipients: { a: ${secret} }`,
      (secret: string) => `files: [{ path: "!${secret}" }]`,
      (secret: string) => `files: [{ path: a, recipients: [${secret}], quotes: ${secret} }]`,
      (secret: string) => `files: [{ path: a, ${secret}: 1 }]`,
      (secret: string) =>
        `files: [{ path: a, decrypt-in: { refs: [${secret}], events: [${secret}A], repositories: [${secret}] } }]`,
      (secret: string) => `hook: { allow: [{ path: a, reason: x, expires: ${secret}, rule: "${secret} " }] }`,
      (secret: string) => `recipients: { a: { keys: ${secret}, owner: { ${secret}: 1 }, since: ${secret} } }`,
      (secret: string) => `secrets: [{ name: A, environment: ${secret}, type: ${secret}, exempt: { ${secret}: 1 } }]`,
      (secret: string) =>
        `environments: { a: { kind: ${secret}, rotate-every: { ${secret}: 1d, database: ${secret} } } }`,
      (secret: string) => `certificates: [{ path: "!${secret}", key: { ${secret}: 1 }, purpose: ${secret} }]`,
      (secret: string) => `endpoints: [{ host: "${secret}/", port: ${secret}, matches: [${secret}] }]`,
      (secret: string) => `check: { probes: [${secret}], notify: { slack: { url: "https://${secret}" } } }`,
      (secret: string) => `hook: *${secret}`,
      (secret: string) => `hook: !${secret} x`,
      (secret: string) => `hook: "${secret}`,
      (secret: string) => `hook: { ${secret}`,
      (secret: string) => `%${secret}\n---\nhook: {}`,
    ]
    fc.assert(
      fc.property(fc.constantFrom(...templates), fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/), (write, secret) => {
        const { message, hint } = refused(write(`s3${secret}`))
        expect(`${message} ${hint}`).not.toContain(secret)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s everywhere', (key) => {
    for (const text of [`${key}: { a: 1 }`, `recipients: { ${key}: ${ALICE} }`, `hook: { ${key}: [] }`])
      expect(refused(text).message).toBe('a key that is not accepted anywhere')
    expect(({} as { a?: number }).a).toBeUndefined()
  })
})
