import { type Case, type Context, choose, judged, type Production, type Split } from '../case.ts'
import { expand, placed } from '../render.ts'
import { pem, publicBody } from '../values/der.ts'
import {
  ADDRESSES,
  CIPHERTEXTS,
  DIGESTS,
  ENCODED_DATA,
  IDENTIFIERS,
  PUBLIC_KEYS,
  publicPemText,
} from '../values/harmless.ts'
import type { Value } from '../values/passwords.ts'
import { ADDRESS_NAMES, DATA_NAMES, DIGEST_NAMES, IDENTITY_NAMES } from '../vocabulary/names.ts'
import { LABELS } from '../vocabulary/stand-ins.ts'
import { inBlock } from './keys.ts'
import { composedName, secretName } from './names.ts'

/** Values that look random or secret, under names that promise nothing. */
export const LOOKALIKES: readonly Production[] = [
  valued('identifier', 12, IDENTITY_NAMES, IDENTIFIERS),
  valued('digest', 10, DIGEST_NAMES, DIGESTS),
  valued('address', 9, ADDRESS_NAMES, ADDRESSES),
  valued('encoded-data', 6, DATA_NAMES, ENCODED_DATA),
  { kind: 'public-key', weight: 4, make: (context) => publicKey(context, context.random.pick(PUBLIC_KEYS)) },
  { kind: 'public-key', weight: 1, make: (context) => publicKey(context, publicPemText) },
  { kind: 'public-key', weight: 2, make: certificate },
  { kind: 'public-key', weight: 100, trait: 'armour', make: certificate },
  { kind: 'ciphertext', weight: 9, make: ciphertext },
  { kind: 'ciphertext', weight: 5, trait: 'ansible', make: ansibleVault },
  { kind: 'pattern', weight: 3, make: pattern },
  { kind: 'prose', weight: 5, make: prose },
  { kind: 'translation', weight: 75, trait: 'translations', make: translation },
  { kind: 'mention', weight: 40, trait: 'minified', make: minified },
  { kind: 'digest', weight: 75, trait: 'lock', make: lockEntry },
  { kind: 'encoded-data', weight: 30, trait: 'mappings', make: mappings },
  { kind: 'encoded-data', weight: 6, trait: 'bytes', hidden: true, make: byteTable },
  { kind: 'digest', weight: 8, trait: 'pinned', hidden: true, make: pinned },
]

const PATTERNS: Split = {
  both: ['%n\\s*[:=]\\s*(\\S+)', '^(?=.*[A-Z])(?=.*\\d).{8,}$'],
  open: ['[A-Za-z0-9_-]{20,64}', '(?i)%n=([^&\\s]+)', '^[a-f0-9]{64}$', 'Bearer\\s+([\\w.-]+)', '^\\$2[aby]\\$\\d+\\$'],
  hidden: [
    '[0-9a-fA-F]{32,40}',
    '(?<%w>%n)["\']?\\s*=>',
    '^[A-Z2-7]{16,}=*$',
    'Basic\\s+[A-Za-z0-9+/=]+',
    '\\b(%n|%w)\\b.*$',
  ],
}

const SENTENCES: Split = {
  open: [
    'the %n is refreshed every %d minutes',
    'ask the desk when the %n was lost',
    'compare the %n in constant time',
    'password: at least %d characters, one of them a digit',
    'the %n must not be logged',
    'never put a password, token or key in here',
    'tokens are split at white space',
  ],
  hidden: [
    'a %n is valid for %d days',
    'send the %n by a second channel',
    '%n: see the vault of the team',
    'keys are sorted, the last key wins',
    'the %n is hashed before it is stored',
    'if the token is missing, answer 401',
    'password changes are announced by mail',
  ],
}

function valued(kind: string, weight: number, names: Split, values: readonly Value[]): Production {
  const make = (context: Context) =>
    placed(context, kind, false, { name: composedName(context, names), text: context.random.pick(values)(context) })
  return { kind, weight, make }
}

function publicKey(context: Context, value: Value): Case | null {
  const name = [
    context.random.pick(['public key', 'publishable key', 'site key', 'pub key', 'verify key', 'host fingerprint']),
  ]
  return placed(context, 'public-key', false, { name, text: value(context) })
}

/** Tools encrypt configuration; programs, which are the dialects that have calls, hold no ciphertext. */
function ciphertext(context: Context): Case | null {
  if (context.dialect.calls.length > 0) return null
  return placed(context, 'ciphertext', false, {
    name: secretName(context),
    text: context.random.pick(CIPHERTEXTS)(context),
  })
}

function certificate(context: Context): Case | null {
  const { random } = context
  const rows = pem(
    random.pick(['CERTIFICATE', 'PUBLIC KEY', 'RSA PUBLIC KEY']),
    publicBody(random, random.integer(60, 500)),
  )
  return inBlock(context, [random.pick(['certificate', 'ca cert', 'public key', 'server crt'])], rows, {
    kind: 'public-key',
    secret: false,
  })
}

function ansibleVault(context: Context): Case | null {
  const rows = Array.from(
    { length: context.random.integer(4, 8) },
    () => `  ${context.random.characters('3456', 1)}${context.random.characters('0123456789', 79)}`,
  )
  const lines = [expand(context, '%n: !vault |', { name: secretName(context) }), '  $ANSIBLE_VAULT;1.1;AES256', ...rows]
  return { lines, marks: [{ at: 0, end: lines.length - 1, kind: 'ciphertext', secret: false }] }
}

function pattern(context: Context): Case | null {
  const name = [context.random.pick(['pattern', 'regex', 'matcher', 'secret pattern', 'token regex', 'redact'])]
  return placed(context, 'pattern', false, {
    name,
    text: expand(context, choose(context, PATTERNS), { name: secretName(context) }),
  })
}

function prose(context: Context): Case | null {
  if (context.dialect.comment === null) return null
  const said = expand(context, choose(context, SENTENCES), { name: secretName(context) })
  return judged(
    expand(
      context,
      context.dialect.comment.replace('%c', () => '\0'),
    ).replace('\0', () => said),
    'prose',
    false,
  )
}

/** The bare name with its words in another language: only translation files say so little about it. */
function translation(context: Context): Case | null {
  const name = secretName(context)
  return placed(context, 'translation', false, { name, text: expand(context, choose(context, LABELS), { name }) })
}

function lockEntry(context: Context): Case | null {
  const { random } = context
  const text = random.pick([
    `"integrity": "sha512-${random.bytes(64).toString('base64')}",`,
    `"reference": "${random.bytes(20).toString('hex')}",`,
    `"sha256:${random.bytes(32).toString('hex')}",`,
  ])
  return judged(text, 'digest', false)
}

/** The mappings of a source map: short groups of variable-length base64 numbers. */
function mappings(context: Context): Case | null {
  const group = () => context.random.characters('ACDEGIKMOQSUWYgiqkmoBF', context.random.pick([4, 4, 5]))
  const groups = Array.from({ length: context.random.integer(40, 160) }, group)
  return judged(`"mappings":"${groups.join(',')};${groups.slice(0, 9).join(',')}",`, 'encoded-data', false)
}

/** A bundler puts a whole library on one line. */
function minified(context: Context): Case | null {
  const { dialect, random } = context
  const statement = () =>
    expand(context, random.pick([...dialect.filler, ...dialect.mentions]), { name: secretName(context) })
  return judged(Array.from({ length: random.integer(12, 90) }, statement).join(''), 'mention', false)
}

function byteTable(context: Context): Case | null {
  return judged(
    Array.from({ length: 12 }, () => `0x${context.random.bytes(1).toString('hex')}`).join(', '),
    'encoded-data',
    false,
  )
}

/** Actions, images and modules pinned by digest. */
function pinned(context: Context): Case | null {
  const use = context.dialect.id === 'ci-workflow' ? '- uses: %t/%w@' : 'image: %t/%w@sha256:'
  return judged(
    expand(context, use) + context.random.bytes(use.endsWith(':') ? 32 : 20).toString('hex'),
    'digest',
    false,
  )
}
