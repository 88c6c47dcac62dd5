import { choose } from '../case.ts'
import { DOMAINS, NOUNS, THINGS } from '../vocabulary/words.ts'
import { BASE32, BASE36, BASE62, DIGIT, HEX, UPPER } from './alphabets.ts'
import { pem, publicBody } from './der.ts'
import type { Value } from './passwords.ts'
import { uuid } from './random-keys.ts'

const hex =
  (count: number): Value =>
  ({ random }) =>
    random.characters(HEX, count)

/** Numbers of things: random to look at, and printed on every page. */
export const IDENTIFIERS: readonly Value[] = [
  uuid,
  uuid,
  hex(24),
  hex(16),
  ({ random }) => `01${random.characters('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 24)}`,
  ({ random }) => `cl${random.characters(BASE36, 23)}`,
  ({ random }) => `00-${random.characters(HEX, 32)}-${random.characters(HEX, 16)}-01`,
  (c) => `arn:aws:iam::${c.random.characters(DIGIT, 12)}:role/${choose(c, THINGS)}-worker`,
  ({ random }) => `G-${random.characters(UPPER, 10)}`,
  (c) => `${c.random.characters(DIGIT, 12)}-${c.random.characters(BASE36, 32)}.apps.googleusercontent.com`,
  (c) => `projects/${choose(c, THINGS)}-${c.random.characters(DIGIT, 6)}/topics/${choose(c, THINGS)}`,
  ({ random }) => `vpc-0${random.characters(HEX, 16)}`,
  ({ random }) => `cus_${random.characters(BASE62, 14)}`,
]

export const DIGESTS: readonly Value[] = [
  hex(40),
  hex(40),
  hex(64),
  hex(32),
  ({ random }) => `sha256:${random.characters(HEX, 64)}`,
  ({ random }) => `sha512-${random.bytes(64).toString('base64')}`,
  ({ random }) => `sha384-${random.bytes(48).toString('base64')}`,
  ({ random }) => `h1:${random.bytes(32).toString('base64')}`,
  ({ random }) => `W/"${random.characters(HEX, 8)}-${random.bytes(20).toString('base64').slice(0, 27)}"`,
  (c) => `ghcr.io/${choose(c, THINGS)}/${choose(c, THINGS)}@sha256:${c.random.characters(HEX, 64)}`,
  (c) => `${choose(c, THINGS)}.${c.random.characters(HEX, 8)}.chunk.js`,
]

/** Made to be published. */
export const PUBLIC_KEYS: readonly Value[] = [
  ({ random }) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${random.bytes(32).toString('base64').slice(0, 43)} me@host`,
  ({ random }) => `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${random.bytes(256).toString('base64').slice(0, 340)}`,
  ({ random }) => `age1${random.characters('qpzry9x8gf2tvdw0s3jn54khce6mua7l', 58)}`,
  ({ random }) => `${'pk'}_live_${random.characters(BASE62, 24)}`,
  ({ random }) => `6L${random.characters(BASE62, 38)}`,
  ({ random }) => `SHA256:${random.bytes(32).toString('base64').slice(0, 43)}`,
  ({ random }) =>
    `https://${random.characters(HEX, 32)}@o${random.characters(DIGIT, 6)}.ingest.sentry.io/${random.characters(DIGIT, 7)}`,
  ({ random }) => `${'phc'}_${random.characters(BASE62, 43)}`,
]

/** What tools that encrypt in the repository leave behind. */
export const CIPHERTEXTS: readonly Value[] = [
  ({ random }) =>
    `ENC[AES256_GCM,data:${random.bytes(random.integer(8, 40)).toString('base64')},iv:${random.bytes(32).toString('base64')},tag:${random.bytes(16).toString('base64')},type:str]`,
  ({ random }) => `encrypted:B${random.bytes(120).toString('base64')}`,
  ({ random }) => `AgB${random.bytes(180).toString('base64')}`,
  ({ random }) => `ENC[PKCS7,MIIBeQYJKoZIhvcNAQcDoIIBajCC${random.bytes(150).toString('base64')}]`,
  ({ random }) =>
    `EJ[1:${random.bytes(32).toString('base64')}:${random.bytes(24).toString('base64')}:${random.bytes(40).toString('base64')}]`,
  ({ random }) => `{cipher}${random.characters(HEX, 96)}`,
  ({ random }) => `secure:${random.bytes(40).toString('base64')}`,
]

/** Bytes of pictures and fonts, alphabets, tables and other long strings. */
export const ENCODED_DATA: readonly Value[] = [
  ({ random }) =>
    `data:image/png;base64,iVBORw0KGgoAAAANSUhEUg${random.bytes(random.integer(60, 240)).toString('base64')}`,
  ({ random }) => `data:font/woff2;base64,d09GMgABAAAAA${random.bytes(random.integer(60, 240)).toString('base64')}`,
  ({ random }) => `R0lGODlhAQABA${random.bytes(40).toString('base64')}`,
  () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=',
  ({ random }) =>
    `M${random.integer(1, 24)} ${random.integer(1, 24)}c-1.1 0-2 .9-2 2v${random.integer(3, 14)}h-${random.integer(1, 9)}.${random.integer(10, 99)}z`,
  ({ random }) =>
    `AAAA,SAAS,CAAC,OAAO,CAAC,GAAG,CAAC,MAAM,CAAC,QAAQ,${random.characters('ACEGIKMOQS', 4)},CAAC,${random.characters('ACEGIKMOQS', 4)}`,
  (c) =>
    `Mozilla/5.0 (X11; Linux x86_64) ${choose(c, NOUNS)}/${c.random.integer(90, 140)}.0.${c.random.characters(DIGIT, 4)}.${c.random.characters(DIGIT, 2)}`,
  ({ random }) => random.characters(BASE32, 8).toLowerCase().replace(/(..)/g, '\\x$1'),
]

/** Addresses without credentials, paths and qualified names. */
export const ADDRESSES: readonly Value[] = [
  (c) =>
    `https://${choose(c, THINGS)}.${choose(c, DOMAINS)}/v${c.random.integer(1, 4)}/${choose(c, THINGS)}?page=${c.random.integer(1, 90)}&sort=name`,
  (c) => `postgres://${choose(c, THINGS)}.${choose(c, DOMAINS)}:5432/${choose(c, NOUNS)}`,
  (c) => `git@github.com:${choose(c, NOUNS)}/${choose(c, THINGS)}.git`,
  (c) => `ssh://git@${choose(c, DOMAINS)}:22/${choose(c, THINGS)}.git`,
  (c) => `https://${choose(c, DOMAINS)}:8443/@${choose(c, NOUNS)}/${choose(c, THINGS)}-${c.random.characters(HEX, 12)}`,
  (c) => `jdbc:postgresql://${choose(c, DOMAINS)}/${choose(c, THINGS)}?ssl=true&currentSchema=public`,
  (c) => `redis://${choose(c, DOMAINS)}:6379/${c.random.integer(0, 9)}`,
  (c) => `/opt/${choose(c, THINGS)}/${choose(c, NOUNS)}/current/config/${choose(c, THINGS)}.yaml`,
  (c) => `C:\\Program Files\\${choose(c, NOUNS)}\\${choose(c, THINGS)}.exe`,
  (c) => `com.${choose(c, NOUNS)}.${choose(c, THINGS)}.security.${choose(c, NOUNS)}Filter`,
  (c) => `Server=${choose(c, DOMAINS)};Database=${choose(c, THINGS)};Integrated Security=True;`,
  (c) =>
    `npm:@${choose(c, NOUNS)}/${choose(c, THINGS)}@${c.random.integer(1, 9)}.${c.random.integer(0, 20)}.${c.random.integer(0, 9)}`,
]

/** A certificate or public key block in one string. */
export const publicPemText: Value = ({ random }) => {
  const label = random.pick(['CERTIFICATE', 'PUBLIC KEY', 'CERTIFICATE REQUEST'])
  return `${pem(label, publicBody(random, random.integer(60, 400))).join('\n')}\n`
}
