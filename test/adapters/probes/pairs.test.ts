import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { signedHeaders } from '../../../src/adapters/probes/infrastructure/aws-signature.ts'
import { openProbes } from '../../../src/adapters/probes/open-probes.ts'
import { Secret } from '../../../src/core/secret.ts'
import type { ProbeAnswer } from '../../../src/tasks/world/scan/probe.ts'
import { answerAsAws } from '../../fakes/issuers/issuers.ts'
import { type IssuerServer, openServer, type Received, type Said } from '../../fakes/issuers/server.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const ID = `AKIA${'A'.repeat(16)}`

const open: IssuerServer[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function serve(answer: (request: Received) => Said): Promise<IssuerServer> {
  const server = await openServer(answer)
  open.push(server)
  return server
}

/** With lower case, upper case and digits in it, as the scanner asks of one. */
function newSecret(): string {
  return `aA1${randomBytes(40).toString('hex').slice(0, 37)}`
}

interface Question {
  readonly issuer: string
  readonly url: string
  readonly value: string
  readonly rule: string | null
  readonly name?: string
  readonly beside?: readonly string[]
}

function ask({ issuer, url, value, rule, name = '', beside = [] }: Question): Promise<ProbeAnswer | null> {
  const probes = openProbes({ env: {}, now: () => NOW, bases: { [issuer]: url }, only: [issuer], timeoutMs: 2000 })
  return probes.ask({ value: new Secret(value), rule, name, beside: beside.map((text) => new Secret(text)) })
}

describe('the probe of AWS', () => {
  // Made by botocore 1.44 with these very inputs.
  it.each([
    [
      'sts',
      'Action=GetCallerIdentity&Version=2011-06-15',
      '0b8a632256611f85263cad7133af4f6af41352f9290f106748c225fe5d649ed6',
    ],
    [
      'iam',
      'Action=ListAccessKeys&Version=2010-05-08',
      '3214ad34ae3463fa38dc3f8c046a1e336382a3d882e87e77cf2215093809a390',
    ],
  ])('signs a request to %s as the SDK of AWS does', (service, body, signature) => {
    const signable = { host: `${service}.amazonaws.com`, service, region: 'us-east-1', body, now: NOW }
    const { authorization } = signedHeaders({ id: ID, secret: 'b'.repeat(40) }, signable)
    expect(authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=${ID}/20261121/us-east-1/${service}/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=${signature}`,
    )
  })

  it.each(['aws-key-pair', 'aws-secret-access-key'])(
    'tells a key that works, found by %s, and never sends its secret',
    async (rule) => {
      const secret = newSecret()
      const { url, received } = await serve(answerAsAws({ id: ID, secret }, null))
      expect(await ask({ issuer: 'aws', url, value: secret, rule, beside: [`id = ${ID}`] })).toEqual({
        state: 'live',
        expires: null,
      })
      expect(JSON.stringify(received)).not.toContain(secret)
    },
  )

  it('tells since when there is a key that may ask for that', async () => {
    const secret = newSecret()
    const { url } = await serve(answerAsAws({ id: ID, secret }, '2025-02-03T04:05:06Z'))
    const question = { issuer: 'aws', url, value: secret, rule: null, name: 'AWS_SECRET_ACCESS_KEY', beside: [ID] }
    const issued = new Date('2025-02-03T04:05:06Z')
    expect(await ask(question)).toEqual({ state: 'live', expires: null, issued })
  })

  it('tells an id that there is not from a secret that is another\u2019s', async () => {
    const secret = newSecret()
    const { url } = await serve(answerAsAws({ id: ID, secret }, null))
    const question = { issuer: 'aws', url, rule: 'aws-key-pair' }
    expect(await ask({ ...question, value: secret, beside: [`AKIA${'B'.repeat(16)}`] })).toEqual({ state: 'dead' })
    expect(await ask({ ...question, value: newSecret(), beside: [ID] })).toEqual({ state: 'unknown' })
  })

  it.each([
    ['there is no id beside it', []],
    ['there are two', [ID, `AKIA${'B'.repeat(16)}`]],
    ['the id is that of a temporary key', [`ASIA${'A'.repeat(16)}`]],
  ])('asks nothing where %s', async (_, beside) => {
    const { url, received } = await serve(() => ({ status: 500, body: '' }))
    expect(await ask({ issuer: 'aws', url, value: newSecret(), rule: 'aws-key-pair', beside })).toBeNull()
    expect(received).toEqual([])
  })

  it('takes a page that is not from AWS for no answer', async () => {
    const { url } = await serve(() => ({ status: 200, body: '<html>' }))
    const answer = await ask({ issuer: 'aws', url, value: newSecret(), rule: 'aws-key-pair', beside: [ID] })
    expect(answer).toEqual({ state: 'unknown' })
  })
})

describe('the probe of Twilio', () => {
  const account = `AC${randomBytes(16).toString('hex')}`
  const token = randomBytes(16).toString('hex')
  const question = { issuer: 'twilio', value: token, rule: null, name: 'TWILIO_AUTH_TOKEN', beside: [account] }

  function answer({ path, headers }: Received): Said {
    const basic = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`
    if (path === `/2010-04-01/Accounts/${account}.json` && headers.authorization === basic)
      return { status: 200, body: { sid: account, status: 'active' } }
    return { status: 401, body: { code: 20003, message: 'Authenticate', status: 401 } }
  }

  it('tells a token that works from one that is refused', async () => {
    const { url } = await serve(answer)
    expect(await ask({ ...question, url })).toEqual({ state: 'live' })
    expect(await ask({ ...question, url, value: randomBytes(16).toString('hex') })).toEqual({ state: 'dead' })
  })

  it('asks nothing where the account is not known, or is one of two', async () => {
    const { url, received } = await serve(answer)
    expect(await ask({ ...question, url, beside: [] })).toBeNull()
    expect(await ask({ ...question, url, beside: [account, `AC${'0'.repeat(32)}`] })).toBeNull()
    expect(received).toEqual([])
  })
})

describe('the probe of Google', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-google-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const address = 'robot@project-1.iam.gserviceaccount.com'
  const path = `/robot/v1/metadata/x509/${encodeURIComponent(address)}`

  function certificate(...end: string[]): string {
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=1', ...files, ...end], {
      stdio: 'pipe',
    })
    return readFileSync(join(folder, 'cert.pem'), 'utf8')
  }

  function daysUntil(time: number): number {
    return Math.floor((time - Date.now()) / (24 * 60 * 60 * 1000))
  }

  function valueWith(extra: object = {}): string {
    const key = { type: 'service_account', private_key_id: 'k1', private_key: 'secret', client_email: address }
    return JSON.stringify({ ...key, ...extra }, null, 2)
  }

  const question = { issuer: 'gcp', rule: null, name: 'GOOGLE_CREDENTIALS' }

  it('tells a key by the certificate that Google publishes for it, and sends nothing secret', async () => {
    const pem = certificate('-days', '30')
    const { url, received } = await serve((request) =>
      request.path === path ? { status: 200, body: { k1: pem } } : { status: 404, body: '' },
    )
    const answer = await ask({ ...question, url, value: valueWith() })
    expect(answer?.state).toBe('live')
    expect(answer!.expires!.getTime() - answer!.issued!.getTime()).toBe(30 * 24 * 60 * 60 * 1000)
    expect(JSON.stringify(received)).not.toContain('secret')
  })

  it('knows the day that stands for never', async () => {
    const pem = certificate('-days', String(daysUntil(Date.UTC(9999, 11, 31))))
    const { url } = await serve(() => ({ status: 200, body: { k1: pem } }))
    expect(await ask({ ...question, url, value: valueWith() })).toMatchObject({ state: 'live', expires: null })
  })

  it('tells a key that is gone, and an account that is', async () => {
    const pem = certificate('-days', '30')
    const keys = await serve(() => ({ status: 200, body: { k2: pem } }))
    expect(await ask({ ...question, url: keys.url, value: valueWith() })).toEqual({ state: 'dead' })
    const account = await serve(() => ({ status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } }))
    expect(await ask({ ...question, url: account.url, value: valueWith() })).toEqual({ state: 'dead' })
  })

  it.each([
    ['a page', 200, '<html>'],
    ['other JSON', 200, { hello: 'world' }],
    ['a list', 200, []],
    ['a certificate that is none', 200, { k1: 'x' }],
    ['somebody else\u2019s 404', 404, '<html>'],
    ['a broken server', 503, ''],
  ])('takes %s for no answer', async (_, status, body) => {
    const { url } = await serve(() => ({ status, body }))
    expect(await ask({ ...question, url, value: valueWith() })).toEqual({ state: 'unknown' })
  })

  it('goes nowhere that the value names', async () => {
    const { url, received } = await serve(() => ({ status: 404, body: '' }))
    const evil = await serve(() => ({ status: 200, body: {} }))
    await ask({ ...question, url, value: valueWith({ client_x509_cert_url: evil.url, token_uri: evil.url }) })
    expect(evil.received).toEqual([])
    expect(received).toHaveLength(1)
    for (const client_email of ['../../x@a.gserviceaccount.com', 'a@evil.example', 'a@b.gserviceaccount.com/../x'])
      expect(await ask({ ...question, url, value: valueWith({ client_email }) })).toBeNull()
  })
})
