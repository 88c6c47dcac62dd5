import type { Dice } from './dice.ts'

export interface Value {
  readonly kind: string
  readonly text: string
  /** The text without its content, such as the markers of a PEM block: what no masker should hide. */
  readonly frame: string
  /** Whether it is one of the eight that most repositories have. */
  readonly ordinary: boolean
}

const ORDINARY = [
  'AWS secret key',
  'hex key',
  'base64url token',
  'password with symbols',
  'database URL',
  'JWT',
  'RSA key',
  'service account, pretty',
]

/** Kinds of secrets as .env files hold them. */
export function drawValues(dice: Dice): Value[] {
  const draw = (alphabet: string, length: number) => dice.text(alphabet, length)
  const token = (bytes: number) => dice.bytes(bytes).toString('base64url')
  const rsa = pem(RSA, dice.bytes(1190))
  const values = [
    { kind: 'AWS secret key', text: `${draw(BASE64, 20)}/${draw(BASE64, 12)}+${draw(BASE64, 6)}` },
    { kind: 'hex key', text: dice.bytes(32).toString('hex') },
    { kind: 'base64url token', text: token(32) },
    { kind: 'base64 key', text: dice.bytes(32).toString('base64') },
    { kind: 'GitHub token', text: `ghp_${draw(ALPHANUMERIC, 36)}` },
    { kind: 'UUID', text: dice.uuid() },
    {
      kind: 'password with symbols',
      text: dice.shuffle(`${draw(ALPHANUMERIC, 12)}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`),
    },
    { kind: 'password of twelve', text: `${draw(ALPHANUMERIC, 4)}'${draw(ALPHANUMERIC, 3)}&"${draw(ALPHANUMERIC, 2)}` },
    { kind: 'words with spaces', text: `${draw(LOWER, 7)} ${draw(LOWER, 5)} ${draw(LOWER, 6)} ${draw(LOWER, 8)}` },
    { kind: 'letters beyond ASCII', text: `pä${draw(LOWER, 5)}-ключ-${draw(ALPHANUMERIC, 6)}-🔑-密码` },
    {
      kind: 'database URL',
      text: `postgres://app:${draw(ALPHANUMERIC, 8)}%2F${draw(ALPHANUMERIC, 6)}%40@db-1.internal:5432/app?sslmode=require`,
    },
    {
      kind: 'connection string',
      text: `Server=tcp:db,1433;User ID=app;Password=${draw(ALPHANUMERIC, 14)}!;Encrypt=True;`,
    },
    {
      kind: 'JWT',
      text: `${b64url('{"alg":"HS256","typ":"JWT"}')}.${b64url(`{"sub":"${dice.uuid()}","iat":${dice.integer(1e9, 2e9)}}`)}.${token(32)}`,
    },
    { kind: 'Windows path with a tab', text: `C:\\new\\${draw(ALPHANUMERIC, 10)}\\temp\t${draw(ALPHANUMERIC, 8)}` },
    { kind: 'RSA key', text: rsa },
    { kind: 'Ed25519 key', text: pem(ED25519, dice.bytes(32)) },
    { kind: 'key with \\n for line ends', text: pem(ED25519, dice.bytes(32)).trim().replaceAll('\n', '\\n') },
    { kind: 'service account, pretty', text: JSON.stringify(serviceAccount(rsa, dice), null, 2) },
    {
      kind: 'credentials, one line',
      text: `{"user":"app-${draw(LOWER, 6)}","password":"${draw(ALPHANUMERIC, 10)}\\"<${draw(ALPHANUMERIC, 8)}","port":5432}`,
    },
    { kind: 'base64 of JSON', text: Buffer.from(`{"client_secret":"${token(24)}"}`).toString('base64') },
    {
      kind: '.npmrc',
      text: `registry=https://npm.example.com/\r\n//npm.example.com/:_authToken=npm_${draw(ALPHANUMERIC, 36)}\r\n`,
    },
  ]
  return values.map((value) => ({ ...value, frame: frameOf(value.text), ordinary: ORDINARY.includes(value.kind) }))
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const ALPHANUMERIC = `${LOWER}${LOWER.toUpperCase()}0123456789`
const BASE64 = `${ALPHANUMERIC}+/`

function b64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** What stands before the numbers of a key in PKCS #8: DER of its lengths and its algorithm. A masker sees letters, so any will do. */
const RSA = '308204bc020100300d06092a864886f70d0101010500048204a6'
const ED25519 = '302e020100300506032b657004220420'

function pem(header: string, drawn: Buffer): string {
  const body = Buffer.concat([Buffer.from(header, 'hex'), drawn]).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${body.replace(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----\n`
}

function serviceAccount(key: string, dice: Dice): Record<string, string> {
  return {
    type: 'service_account',
    project_id: `project-${dice.text(LOWER, 6)}`,
    private_key_id: dice.bytes(20).toString('hex'),
    private_key: key,
    client_email: `ci@project-${dice.text(LOWER, 6)}.iam.gserviceaccount.com`,
    client_id: String(dice.integer(0, 2 ** 47)),
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
  }
}

/** Markers of PEM blocks, and the keys of JSON. */
function frameOf(text: string): string {
  const markers = text.match(/-----[A-Z ]+-----/g) ?? []
  return text.startsWith('{"') ? text.replace(/:"(?:[^"\\]|\\.)*"/g, ':""') : markers.join('')
}
