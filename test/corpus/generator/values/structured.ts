import { type Context, choose } from '../case.ts'
import { DOMAINS, PEOPLE } from '../vocabulary/words.ts'
import { BASE62, DIGIT } from './alphabets.ts'
import { KEY_FORMS, pem } from './der.ts'
import type { Value } from './passwords.ts'

/** A signed token: header and claims are JSON, the signature is noise. */
export const jwt: Value = (context) => {
  const { random } = context
  const header = random.pick([
    { alg: 'HS256', typ: 'JWT' },
    { typ: 'JWT', alg: 'RS256', kid: random.characters(BASE62, 8) },
    { alg: 'ES256', typ: 'JWT' },
  ])
  const issued = random.integer(1_600_000_000, 1_780_000_000)
  const claims = {
    sub: random.characters(DIGIT, 6),
    name: choose(context, PEOPLE),
    iss: `https://id.${choose(context, DOMAINS)}`,
    iat: issued,
    ...(random.chance(0.6) ? { exp: issued + 3600 } : { role: 'service' }),
  }
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return [...parts, random.bytes(header.alg === 'RS256' ? 256 : 32).toString('base64url')].join('.')
}

/** A whole private key as one string with line feeds, as configuration in JSON carries it. */
export const pemText: Value = ({ random }) => {
  const form = random.pick(KEY_FORMS)
  return `${pem(`${form.label} KEY`, form.body(random)).join('\n')}\n`
}

/** The members of a private JSON Web Key (RFC 7517, RFC 7518 section 6) in order, of a random type. */
export function jwkMembers({ random }: Context): readonly (readonly [string, string])[] {
  const text = (count: number) => random.bytes(count).toString('base64url')
  const kid = ['kid', random.characters(BASE62, 12)] as const
  return random.pick([
    [['kty', 'EC'], kid, ['crv', 'P-256'], ['x', text(32)], ['y', text(32)], ['d', text(32)]],
    [['kty', 'OKP'], ['crv', 'Ed25519'], ['x', text(32)], ['d', text(32)], kid],
    [['kty', 'oct'], kid, ['alg', 'HS256'], ['k', text(random.pick([32, 64]))]],
    [['kty', 'RSA'], kid, ['e', 'AQAB'], ['n', text(256)], ['d', text(256)], ['p', text(128)], ['q', text(128)]],
  ] as const)
}

/** A session or access token without structure, as headers carry it. */
export const opaqueToken: Value = ({ random }) => random.bytes(random.pick([20, 24, 32, 40])).toString('base64url')
