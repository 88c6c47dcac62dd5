import { describe, expect, it } from 'vitest'
import { readExpiries } from '../../../src/core/expiry/read-expiries.ts'
import { TOKEN_RULES } from '../../../src/core/scan/tokens/token-rules.ts'
import { fillTemplate } from '../scan/templates.ts'

const END = new Date('2027-05-01T08:30:00Z')
const SECONDS = END.getTime() / 1000

function ends(value: string, name = 'VALUE'): unknown[] {
  return readExpiries(name, value).map(({ kind, notAfter }) => [kind, notAfter?.toISOString() ?? null])
}

function token(claims: unknown, header: unknown = { alg: 'none' }): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return `${parts.join('.')}.c2lnbmF0dXJl`
}

describe('values without an end of their own', () => {
  it.each([
    ['nothing', ''],
    ['a password', 'correct horse battery staple'],
    ['a connection string', 'postgres://app:secret@db.example.org/app?sslmode=require&a=b&c=d'],
    ['JSON', '{"type": "service_account", "private_key_id": "0", "expires": "soon"}'],
    ['a search', 'https://example.org/?expires=1809333000&signature=no&page=2'],
    ['a date in a query', 'https://example.org/?se=2027-05-01&sv=1&page=2'],
    [
      'an OpenPGP block without a key in it',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----',
    ],
  ])('say nothing: %s', (_, value) => {
    expect(readExpiries('VALUE', value)).toEqual([])
  })
})

describe('a JSON Web Token', () => {
  it.each([
    ['a fraction of a second', { exp: SECONDS + 0.5 }, [['jwt', '2027-05-01T08:30:00.500Z']]],
    ['no claim on time', { sub: 'x' }, [['jwt', null]]],
    ['an end that is text, which is no date in it', { exp: String(SECONDS) }, []],
    ['an end beyond all dates', { exp: 1e300 }, []],
    ['an end before 1970', { exp: -1 }, [['jwt', '1969-12-31T23:59:59.000Z']]],
    ['claims that are a list', [SECONDS], [['jwt', null]]],
  ])('with %s', (_, claims, expected) => {
    expect(ends(token(claims))).toEqual(expected)
  })

  it('needs a header with an algorithm', () => {
    expect(ends(token({ exp: SECONDS }, { typ: 'JWT' }))).toEqual([])
  })

  it('is found in a URL, and behind a word and a colon', () => {
    expect(ends(`https://example.org/?access_token=${token({ exp: SECONDS })}`)).toEqual([['jwt', END.toISOString()]])
    expect(ends(`Authorization:${token({ exp: SECONDS })}`)).toEqual([['jwt', END.toISOString()]])
  })

  it('is named once where two begin and end together', () => {
    expect(ends(`${token({ exp: SECONDS, sub: 'a' })} ${token({ exp: SECONDS, sub: 'b' })}`)).toHaveLength(1)
  })
})

describe('a signature in a query', () => {
  const rows: [string, string, unknown[]][] = [
    [
      'Service Bus, in seconds',
      `SharedAccessSignature sr=sb%3a%2f%2fx&sig=c2ln%3d&se=${SECONDS}&skn=send`,
      [['azure-sas', END.toISOString()]],
    ],
    [
      'the end first',
      `Endpoint=x;SharedAccessSignature=se=2027-05-01T08%3A30Z&sv=2022-11-02&sig=c2ln`,
      [['azure-sas', END.toISOString()]],
    ],
    ['a day alone', 'sv=2022-11-02&se=2027-05-01&sig=c2ln', [['azure-sas', '2027-05-01T00:00:00.000Z']]],
    ['a day that no month has', 'sv=2022-11-02&se=2027-02-30&sig=c2ln', []],
    ['an end that a stored policy has', 'sv=2022-11-02&si=policy&sig=c2ln', []],
    [
      'ampersands as in HTML',
      `sv=2022-11-02&amp;se=2027-05-01&amp;sig=c2ln`,
      [['azure-sas', '2027-05-01T00:00:00.000Z']],
    ],
    ['longer than a week', 'X-Amz-Date=20270501T083000Z&X-Amz-Expires=604801&X-Amz-Signature=00', []],
    ['Google, by version 2', `GoogleAccessId=x&Expires=${SECONDS}&Signature=c2ln`, [['gcs-url', END.toISOString()]]],
    ['no signer', `Expires=${SECONDS}&Signature=c2ln&a=b`, []],
  ]
  it.each(rows)('with %s', (_, value, expected) => {
    expect(ends(value)).toEqual(expected)
  })
})

describe('credentials in JSON', () => {
  it.each([
    ['of STS', { Credentials: { SessionToken: 'x', Expiration: '2027-05-01T08:30:00Z' } }, 1],
    ['of a credential process', { Version: 1, SessionToken: 'x', Expiration: '2027-05-01T10:30:00+02:00' }, 1],
    ['of a plugin of kubectl', { status: { token: 'x', expirationTimestamp: '2027-05-01T08:30:00Z' } }, 1],
    ['of OAuth', { access_token: 'x', expires_at: SECONDS }, 1],
    ['of OAuth, which renew themselves', { access_token: 'x', refresh_token: 'y', expires_at: SECONDS }, 0],
    ['without the credentials', { Expiration: '2027-05-01T08:30:00Z' }, 0],
  ])('%s', (_, document, count) => {
    expect(ends(JSON.stringify(document))).toEqual(Array(count).fill(['credentials-json', END.toISOString()]))
  })
})

describe('kinds that live for hours', () => {
  const ids = [
    'github-app-installation',
    'github-app-user',
    'gitlab-ci-job',
    'aws-session-token',
    'aws-bedrock-short-key',
  ]
  const more = [
    'google-oauth-access-token',
    'yandex-iam-token',
    'openshift-token',
    'slack-config-token',
    'slack-workflow-token',
  ]
  const last = ['salesforce-session', 'dropbox-token', 'gitlab-session', 'github-app-installation-jwt']
  it.each([...ids, ...more, ...last])('%s is one, as its rule in the scanner has it', (id) => {
    const rule = TOKEN_RULES.find((one) => one.id === id)
    for (const hit of rule!.hits)
      expect(
        readExpiries('VALUE', fillTemplate(hit, Math.random)).map(({ what, lives }) => [what, lives !== null]),
      ).toContainEqual([rule!.what, true])
  })

  it('a temporary key id of AWS is one, a permanent one is not', () => {
    expect(readExpiries('VALUE', fillTemplate('ASIA{b32:16}', Math.random)).map(({ what }) => what)).toEqual([
      'a temporary AWS access key id',
    ])
    expect(readExpiries('VALUE', fillTemplate('AKIA{b32:16}', Math.random))).toEqual([])
  })

  it('some are known by the name of their variable', () => {
    const value = 'x'.repeat(100)
    expect(readExpiries('CI_JOB_TOKEN', value).map(({ lives }) => lives)).toEqual(['as long as its job'])
    expect(readExpiries('CI_JOB_TOKENS', value)).toEqual([])
    expect(readExpiries('constructor', value)).toEqual([])
  })
})
