import { generateKeyPairSync, randomBytes, randomInt, randomUUID } from 'node:crypto'

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

/** Kinds of secrets as .env files hold them, new at every run. */
export function drawValues(): Value[] {
  const token = (bytes: number) => randomBytes(bytes).toString('base64url')
  const rsa = pem('rsa')
  const values = [
    { kind: 'AWS secret key', text: `${draw(BASE64, 20)}/${draw(BASE64, 12)}+${draw(BASE64, 6)}` },
    { kind: 'hex key', text: randomBytes(32).toString('hex') },
    { kind: 'base64url token', text: token(32) },
    { kind: 'base64 key', text: randomBytes(32).toString('base64') },
    { kind: 'GitHub token', text: `ghp_${draw(ALPHANUMERIC, 36)}` },
    { kind: 'UUID', text: randomUUID() },
    { kind: 'password with symbols', text: shuffle(`${draw(ALPHANUMERIC, 12)}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`) },
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
      text: `${b64url('{"alg":"HS256","typ":"JWT"}')}.${b64url(`{"sub":"${randomUUID()}","iat":${randomInt(1e9, 2e9)}}`)}.${token(32)}`,
    },
    { kind: 'Windows path with a tab', text: `C:\\new\\${draw(ALPHANUMERIC, 10)}\\temp\t${draw(ALPHANUMERIC, 8)}` },
    { kind: 'RSA key', text: rsa },
    { kind: 'Ed25519 key', text: pem('ed25519') },
    { kind: 'key with \\n for line ends', text: pem('ed25519').trim().replaceAll('\n', '\\n') },
    { kind: 'service account, pretty', text: JSON.stringify(serviceAccount(rsa), null, 2) },
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

function draw(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

function shuffle(text: string): string {
  return Array.from(text, (character) => ({ character, at: randomInt(2 ** 32) }))
    .sort((one, other) => one.at - other.at)
    .map(({ character }) => character)
    .join('')
}

function b64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function pem(kind: 'rsa' | 'ed25519'): string {
  const { privateKey } =
    kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

function serviceAccount(key: string): Record<string, string> {
  return {
    type: 'service_account',
    project_id: `project-${draw(LOWER, 6)}`,
    private_key_id: randomBytes(20).toString('hex'),
    private_key: key,
    client_email: `ci@project-${draw(LOWER, 6)}.iam.gserviceaccount.com`,
    client_id: String(randomInt(2 ** 47)),
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
  }
}

/** Markers of PEM blocks, and the keys of JSON. */
function frameOf(text: string): string {
  const markers = text.match(/-----[A-Z ]+-----/g) ?? []
  return text.startsWith('{"') ? text.replace(/:"(?:[^"\\]|\\.)*"/g, ':""') : markers.join('')
}
