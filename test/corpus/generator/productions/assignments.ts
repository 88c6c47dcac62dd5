import { type Context, choose, judged, type Production, type Split } from '../case.ts'
import { expand, placed, stated } from '../render.ts'
import {
  keyboardPassword,
  leetPassword,
  passphrase,
  personalPassword,
  randomPassword,
  type Value,
  wordPassword,
} from '../values/passwords.ts'
import {
  anyKey,
  base64Key,
  frameworkKey,
  hexKey,
  printableKey,
  urlSafeKey,
  uuid,
  wordSeed,
} from '../values/random-keys.ts'
import { opaqueToken, pemText } from '../values/structured.ts'
import { KEY_NAMES, PASSWORD_NAMES, SALT_NAMES, SECRET_NAMES, SEED_NAMES, TOKEN_NAMES } from '../vocabulary/names.ts'
import { ACCOUNTS } from '../vocabulary/words.ts'
import { composedName } from './names.ts'

/** Passwords, keys and tokens without a shape of their own, known by the name they are given to. */
export const ASSIGNMENTS: readonly Production[] = [
  named('password', 12, PASSWORD_NAMES, randomPassword),
  named('weak-password', 14, PASSWORD_NAMES, wordPassword),
  named('weak-password', 5, PASSWORD_NAMES, leetPassword),
  named('weak-password', 4, PASSWORD_NAMES, keyboardPassword),
  named('weak-password', 5, PASSWORD_NAMES, personalPassword),
  named('passphrase', 3, PASSWORD_NAMES, passphrase),
  named('token', 7, TOKEN_NAMES, anyKey),
  named('token', 2, TOKEN_NAMES, opaqueToken),
  named('api-key', 9, KEY_NAMES, anyKey),
  named('api-key', 1, KEY_NAMES, uuid),
  named('encryption-key', 2, KEY_NAMES, base64Key),
  named('secret', 4, SECRET_NAMES, anyKey),
  named('secret', 3, SECRET_NAMES, urlSafeKey),
  named('secret', 2, SECRET_NAMES, wordPassword),
  named('secret', 1, SECRET_NAMES, frameworkKey),
  named('salt', 2, SALT_NAMES, hexKey),
  named('salt', 1, SALT_NAMES, printableKey),
  named('seed-phrase', 1, SEED_NAMES, wordSeed),
  { kind: 'call-argument', weight: 7, make: callArgument },
  { kind: 'comment', weight: 4, make: comment },
  { kind: 'encoded-password', weight: 40, trait: 'kubernetes', make: kubernetesData },
  { kind: 'basic-auth', weight: 20, trait: 'docker-auth', make: dockerAuth },
  { kind: 'private-key', weight: 30, trait: 'kubeconfig', make: kubeconfigKey },
  { ...named('password', 2, PASSWORD_NAMES, (c) => `${wordPassword(c)}${keyboardPassword(c)}`), hidden: true },
]

const COMMENTS: Split = {
  both: ['the %n is %r', '%n=%r'],
  open: ['log in with %u / %r', 'old %n: %r', 'TODO remove: %n = "%r"', '%u:%r works on %h'],
  hidden: ["pw for %h is '%r'", 'test account %u, password %r', 'use %n "%r" until the move', 'FIXME hard-coded %n %r'],
}

/** Any of the ways in which people make passwords. */
export function anyPassword(context: Context): string {
  return context.random.pick([
    randomPassword,
    randomPassword,
    wordPassword,
    wordPassword,
    leetPassword,
    personalPassword,
  ])(context)
}

/** The same without the symbols that would end a connection string or a statement. */
export function plainPassword(context: Context): string {
  return anyPassword(context).replace(/[^\w!@#$%^&*+=?.-]/g, '_')
}

function named(kind: string, weight: number, names: Split, value: Value): Production {
  const make = (context: Context) =>
    placed(context, kind, true, { name: composedName(context, names), text: value(context) })
  return { kind, weight, make }
}

function callArgument(context: Context) {
  const { dialect, random } = context
  if (dialect.calls.length === 0) return null
  return stated(
    context,
    random.pick(dialect.calls),
    { kind: 'call-argument', secret: true },
    { text: anyPassword(context) },
  )
}

function comment(context: Context) {
  if (context.dialect.comment === null) return null
  const filling = { name: composedName(context, PASSWORD_NAMES), raw: anyPassword(context) }
  const said = expand(context, choose(context, COMMENTS), filling)
  return judged(
    expand(
      context,
      context.dialect.comment.replace('%c', () => '\0'),
    ).replace('\0', () => said),
    'comment',
    true,
  )
}

/** A client of container registries keeps user and password as base64. */
function dockerAuth(context: Context) {
  const value = Buffer.from(`${choose(context, ACCOUNTS)}:${anyPassword(context)}`).toString('base64')
  return judged(expand(context, '"https://registry.%D": {\n  "auth": "%v"\n},', { value }), 'basic-auth', true, 1)
}

function kubeconfigKey(context: Context) {
  const value = Buffer.from(pemText(context)).toString('base64')
  return judged(expand(context, 'client-key-data: %v', { value }), 'private-key', true)
}

/** What stands under `data` in a Kubernetes Secret is base64, with or without the line feed that `echo` adds. */
function kubernetesData(context: Context) {
  const plain = context.random.pick([anyPassword, anyKey])(context) + (context.random.chance(0.3) ? '\n' : '')
  const value = Buffer.from(plain).toString('base64')
  const text = expand(context, 'data:\n  %n: %v', { name: composedName(context, PASSWORD_NAMES), value })
  return judged(text, 'encoded-password', true, 1)
}
