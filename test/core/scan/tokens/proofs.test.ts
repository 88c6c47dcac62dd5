import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBech32 } from '../../../../src/core/age/bech32.ts'
import { crc32 } from '../../../../src/core/scan/tokens/proofs/crc32.ts'
import { TOKEN_RULES } from '../../../../src/core/scan/tokens/token-rules.ts'
import { fillTemplate, seeded } from '../templates.ts'
import { matchesOf } from './matcher.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const random = seeded(21)

/** Digits of a number in an alphabet, most significant first: the plain way, for every base. */
function digits(value: bigint, alphabet: string, length = 0): string {
  const base = BigInt(alphabet.length)
  let text = ''
  for (let rest = value; rest > 0n; rest /= base) text = alphabet.charAt(Number(rest % base)) + text
  return text.padStart(length, alphabet.charAt(0))
}

const fill = (template: string): string => fillTemplate(template, random)
const base62Sum = (body: string): string => body + digits(BigInt(zlibCrc32(body)), BASE62, 6)
const hexSum = (text: string): string => zlibCrc32(text).toString(16).padStart(8, '0')
const json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function littleEndianSum(text: string): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(zlibCrc32(text))
  return bytes
}

function base58Check(payload: Buffer): string {
  const sum = createHash('sha256').update(createHash('sha256').update(payload).digest()).digest().subarray(0, 4)
  return digits(BigInt(`0x${Buffer.concat([payload, sum]).toString('hex')}`), BASE58)
}

/** CRC-16 XMODEM bit by bit over a string of bits, then base 32 without padding. */
function withCrc16(payload: Buffer): string {
  let sum = 0
  for (const byte of payload) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const carry = ((sum >>> 15) ^ (byte >>> bit)) & 1
      sum = ((sum << 1) & 0xffff) ^ (carry * 0x1021)
    }
  }
  const bits = [...payload, sum & 255, sum >>> 8].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (`${bits}${'0'.repeat((5 - (bits.length % 5)) % 5)}`.match(/.{5}/g) ?? [])
    .map((group) => BASE32.charAt(Number.parseInt(group, 2)))
    .join('')
}

function routable(prefix: string): string {
  const text = `${prefix}${fill('{b64u:40}')}.01.14`
  return text + zlibCrc32(text).toString(36).padStart(7, '0')
}

function pypi(): string {
  const field = (type: number, data: Buffer) => Buffer.concat([Buffer.of(type, data.length), data])
  const bytes = [
    Buffer.of(2),
    field(1, Buffer.from('pypi.org')),
    field(2, Buffer.alloc(36, 'i')),
    Buffer.of(0, 0, 6, 32),
    Buffer.alloc(32, 7),
  ]
  return `pypi-${Buffer.concat(bytes).toString('base64url')}`
}

/** Per rule, tokens whose proof holds, made here by other code than the rule's own. */
const TRUE_TOKENS: ReadonlyArray<readonly [string, string]> = [
  ['github-pat', `ghp_${base62Sum(fill('{b62:30}'))}`],
  ['github-oauth', `gho_${base62Sum(fill('{b62:30}'))}`],
  ['github-app-installation', `ghs_${base62Sum(fill('{b62:30}'))}`],
  ['npm-access-token', `npm_${base62Sum(fill('{b62:30}'))}`],
  ['vercel-token', `vcp_${base62Sum(fill('{b62:50}'))}`],
  ['zuplo-key', ((body) => `zpka_${body}_${hexSum(body)}`)(fill('{a36:32}'))],
  ['grafana-service-account', ((body) => `${body}_${littleEndianSum(body).toString('hex')}`)(fill('glsa_{b62:32}'))],
  ['atlassian-api-token', ((body) => body + hexSum(body).toUpperCase())(fill('ATATT3xFfGF0{b64u:171}='))],
  ['bitbucket-access-token', ((body) => body + hexSum(body).toUpperCase())(fill('ATCTT3xFfGN0{b64u:171}='))],
  ['bitbucket-app-password', ((body) => body + hexSum(body).toUpperCase())(fill('ATBB{b62:24}'))],
  ['confluent-secret', ((body) => body + littleEndianSum(body).toString('base64').slice(0, 6))(fill('cflt{b64:54}'))],
  ['gitlab-pat', routable('glpat-')],
  ['gitlab-runner', routable('glrt-t1_')],
  ['gitlab-deploy', routable('gldt-')],
  ['aws-access-key-id', fill('AKIA{b32:16}')],
  ['jwt', `${json({ alg: 'HS256', typ: 'JWT' })}.${json({ sub: '1', name: 'someone' })}.${fill('{b64u:43}')}`],
  [
    'github-app-installation-jwt',
    `ghs_${json({ alg: 'RS256', typ: 'JWT' })}.${json({ iss: 'github', id: fill('{hex:120}') })}.${fill('{b64u:256}')}`,
  ],
  ['pypi-token', pypi()],
  ['age-secret-key', encodeBech32('age-secret-key-', Buffer.from(fill('{hex:64}'), 'hex')).toUpperCase()],
  ['nostr-secret-key', encodeBech32('nsec', Buffer.from(fill('{hex:64}'), 'hex'))],
  ['sui-private-key', encodeBech32('suiprivkey', Buffer.from(fill('00{hex:64}'), 'hex'))],
  ['bitcoin-private-key', base58Check(Buffer.from(fill('80{hex:64}'), 'hex'))],
  ['bip32-extended-key', base58Check(Buffer.from(fill('0488ade4{hex:148}'), 'hex'))],
  ['stellar-seed', withCrc16(Buffer.from(fill('90{hex:64}'), 'hex'))],
  ['nats-seed', withCrc16(Buffer.from(fill('9500{hex:64}'), 'hex'))],
  [
    'sentry-org-token',
    `sntrys_${Buffer.from(JSON.stringify({ iat: 1, url: 'https://sentry.io', region_url: 'https://de.sentry.io', org: 'a-team' })).toString('base64')}_${fill('{b64:43}')}`,
  ],
  [
    'grafana-cloud-token',
    `glc_${Buffer.from(JSON.stringify({ o: '1', n: 'name-of-it', k: fill('{b62:24}'), m: { r: 'eu' } })).toString('base64')}`,
  ],
  ['grafana-api-key', Buffer.from(JSON.stringify({ k: fill('{b62:32}'), n: 'a name', id: 1 })).toString('base64')],
  [
    '1password-service-account',
    `ops_${Buffer.from(JSON.stringify({ signInAddress: 'a.1password.com', secretKey: fill('{b62:200}') })).toString('base64')}`,
  ],
  ['azure-account-key', Buffer.from(fill('{hex:128}'), 'hex').toString('base64')],
  ['azure-shared-access-key', `SharedAccessKey=${Buffer.from(fill('{hex:64}'), 'hex').toString('base64')}`],
  [
    'discord-bot-token',
    `${Buffer.from(fill('1{d:17}')).toString('base64url')}.${fill('{b64u:6}')}.${fill('{b62:38}')}`,
  ],
  ['bitbucket-data-center', `BBDC-${Buffer.from(`123456789012:${fill('{b62:20}')}`).toString('base64')}`],
  ['jfrog-api-key', fill('AKCp{b58:69}')],
  ['jfrog-reference-token', Buffer.from(`reftkn:01:1700000000:${fill('{b62:27}')}`).toString('base64')],
]

const ruleOf = (id: string) => TOKEN_RULES.find((rule) => rule.id === id)!
/** Words that any of the rules with `near` is content with. */
const CONTEXT = 'private_key wallet stellar secret discord accountkey: '

describe('The proof of a token', () => {
  it.each(TRUE_TOKENS)('holds for %s, and the whole token is matched', (id, token) => {
    const rule = ruleOf(id)
    expect(matchesOf(rule, CONTEXT + token).map((match) => match.token)).toEqual([token])
    expect(rule.proof?.(token)).toBe('holds')
  })

  it.each(
    TRUE_TOKENS.filter(
      ([id]) => !/jwt|json|1password|sentry|cloud-token|grafana-api|jfrog-api|data-center|reference|azure|aws/.test(id),
    ),
  )('fails for %s with another character in its body', (id, token) => {
    const at = id === 'discord-bot-token' ? 4 : id === 'pypi-token' ? 5 : token.length - 12
    const other = token.charAt(at) === 'Q' ? 'Z' : 'Q'
    const lower = token === token.toLowerCase() ? other.toLowerCase() : other
    expect(ruleOf(id).proof?.(token.slice(0, at) + lower + token.slice(at + 1))).toBe('fails')
  })

  it.each([
    ['aws-access-key-id', 'AKIA{A:12}0189'],
    ['jwt', 'eyJ{b64u:30}.eyJ{b64u:40}.{b64u:43}'],
    ['sentry-org-token', 'sntrys_eyJ{b62:150}_{b64:43}'],
    ['grafana-cloud-token', 'glc_{b62:60}'],
    ['1password-service-account', 'ops_eyJ{b62:300}'],
    ['azure-account-key', '{b64:85}/=='],
    ['azure-shared-access-key', 'SharedAccessKey={b64:42}/='],
    ['bitbucket-data-center', 'BBDC-{b64:44}'],
    ['jfrog-reference-token', 'cmVmdGtu{b62:56}'],
    ['jfrog-api-key', 'AKCp{b62:69}0'],
  ])('fails for %s made of random characters', (id, template) => {
    expect(ruleOf(id).proof?.(fill(template))).toBe('fails')
  })

  it('says nothing of GitLab tokens that are not routable, and of GitHub tokens of another length', () => {
    expect(ruleOf('gitlab-pat').proof?.(fill('glpat-{b64u:20}'))).toBe('none')
    expect(ruleOf('github-refresh').proof?.(fill('ghr_{b62:76}'))).toBe('none')
  })

  it('counts a header without a signature, cut off by the length of the window', () => {
    const token = `${json({ alg: 'RS256' })}.eyJ${fill('{b64u:900}')}`
    expect(ruleOf('jwt').proof?.(token)).toBe('holds')
  })

  it.each([
    ['jwt', `${json({ alg: 'HS256' })}.${Buffer.from('12').toString('base64url')}.${fill('{b64u:43}')}`],
    ['jwt', `${json({ alg: 'HS256' })}.${Buffer.from('null').toString('base64url')}.${fill('{b64u:43}')}`],
    ['pypi-token', `pypi-${Buffer.of(2, 1).toString('base64url')}`],
    ['bitcoin-private-key', 'z'.repeat(1_000_000)],
  ])('fails for a %s that ends too soon, or goes on for too long', (id, token) => {
    expect(ruleOf(id).proof?.(token)).toBe('fails')
  })

  it('never throws, whatever the text', () => {
    const proofs = TOKEN_RULES.flatMap((rule) => (rule.proof === undefined ? [] : [rule.proof]))
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 1024 }), fc.base64String({ maxLength: 1024 })), (text) => {
        for (const proof of proofs) expect(['holds', 'fails', 'none']).toContain(proof(text))
      }),
    )
  })
})

describe('CRC-32', () => {
  it('is that of zlib', () => {
    fc.assert(fc.property(fc.base64String(), (text) => crc32(text) === zlibCrc32(text)))
  })
})

describe('A Supabase key', () => {
  const key = (payload: object): string => `${json({ alg: 'HS256', typ: 'JWT' })}.${json(payload)}.${fill('{b64u:43}')}`
  const found = (text: string): string[] =>
    TOKEN_RULES.filter((rule) => matchesOf(rule, text).length > 0).map((rule) => rule.id)

  // A name in front of the role of each length modulo 3 shifts it through the three places where base64 can cut it.
  it.each(['a', 'ab', 'abc'])(
    'is public as anon and critical as service_role, however its payload is cut (%s)',
    (ref) => {
      expect(found(key({ iss: 'supabase', ref, role: 'anon', iat: 1700000000, exp: 2000000000 }))).toEqual([])
      expect(found(key({ iss: 'supabase', ref, role: 'service_role', iat: 1700000000, exp: 2000000000 }))).toEqual([
        'supabase-service-role',
      ])
      expect(found(key({ iss: 'somebody', ref, role: 'admin', iat: 1700000000, exp: 2000000000 }))).toEqual(['jwt'])
    },
  )
})
