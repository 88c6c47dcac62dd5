import type { Shape } from './shape.ts'

/** Only who has the key reads it: sops, eyaml, Jasypt, EJSON, and sealed secrets, which begin with the length of an RSA block, 0x0200 or 0x0100. */
export function isCiphertext(value: string): boolean {
  return /^(?:ENC|EJ)[[(]/.test(value) || /^A[gQ][A-D][A-Za-z0-9+/]{200}/.test(value)
}

const CALL = /^[A-Za-z_$][\w$.:>-]*\s*[([]/
const MEMBER = /^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)+$/
const PATH =
  /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/]|file:|classpath:|\\\\)|^[\w.-]+(?:\/[\w.-]+)+\.\w{1,5}$|\.(?:pem|key|crt|cer|json|ya?ml|txt|js|ts|py|rb|php|html?|xml|png|svg|conf|jks|p12|pfx|pub|asc|csv|properties)$/
const LINK = /^[a-z][a-z0-9+.-]{1,20}:\/\/|^www\.|^mailto:/i
const PUBLIC =
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|-----BEGIN|sha(?:1|256|384|512)[-:]|SHA256:|h1:|age1|AAAA[BCE]3Nza|MII[A-J][A-Za-z0-9+/]|pk_(?:live|test)_|phc_|MFkwEwYH|MCowBQYD|(?:AKIA|ASIA)[A-Z0-9]{12})/
/** Whether everybody may read it, by its form: a public key, a fingerprint, a key that is made to be published. */
export function isPublic(value: string): boolean {
  return PUBLIC.test(value)
}
/** Fewer escaped bytes than a key has. */
const ESCAPES = /^(?:\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[0-7abfnrtv]{1,3}|\W)){1,7}(?:\W|$)|^\\/i
/** `utf-8`, `RSA_4096`, `AES-256-GCM`, `HS256`: how something is encoded or encrypted. */
const ALGORITHM =
  /^(?:(?:utf|iso|cp|ucs|windows|latin)[-_]?\d[\d-]*(?:mb\d)?|(?:rsa|aes|des|ecc?|hmac|sha|md|[hrep]s|ed|secp|chacha|pbkdf|argon)[-_/]?\d{1,4}(?:[-_/][a-z0-9]{1,12}){0,4})$/i
const DATE = /^\d{4}-\d\d-\d\d|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$|^\d+(?:\.\d+)+$/
const MARKUP = /<\/?[a-z][^>]*>|&[a-z]{2,6};|\\n/i
const SELECTOR = /^[#.][A-Za-z][\w-]*$|^\/\/|^[a-z]+\[|^\[[\w-]+/
const REGEX = /^\^|\$$|\\[dwsb.]|\[(?:\^|[a-zA-Z0-9]-[a-zA-Z0-9])|\(\?/

/** What a value is that is no secret, with the test for it; the first that holds gives the reason. */
const OTHERS: readonly (readonly [reason: string, test: (value: string, shape: Shape, quoted: boolean) => boolean])[] =
  [
    ['program text', isProgramText],
    ['a dotted name', (value, { wordy }) => MEMBER.test(value) && (wordy > 0.6 || SHORT_MEMBERS.test(value))],
    [
      'a path or an address',
      (value, { wordy }) =>
        LINK.test(value) || (wordy > 0.3 && PATH.test(value)) || (wordy > 0.5 && RESOURCE.test(value)),
    ],
    ['public by its form', isPublic],
    ['a few escaped characters', (value) => ESCAPES.test(value)],
    ['a date, a version or an address', (value) => DATE.test(value)],
    ['the name of an algorithm', (value) => ALGORITHM.test(value)],
    ['markup', (value) => MARKUP.test(value)],
    ['a selector', (value, { wordy }) => wordy > 0.5 && SELECTOR.test(value)],
    ['a pattern', (value, { special }) => special > 3 && REGEX.test(value)],
    ['an e-mail address', (value, { special }) => special === 1 && /\S@\S+\.\w{2,}$/.test(value)],
  ]
const SHORT_MEMBERS = /^(?:\w{1,16}\W){2,}\w{1,16}$/
const RESOURCE = /^[a-z]+(?:\/[\w.:-]+){2,}$/

/** Why a value is program text, an address or a document, and not a secret; or `null`. */
export function codeReason(value: string, shape: Shape, quoted: boolean): string | null {
  return OTHERS.find(([, test]) => test(value, shape, quoted))?.[0] ?? null
}

function isProgramText(value: string, { wordy }: Shape, quoted: boolean): boolean {
  if (quoted) return wordy > 0.4 && value.endsWith(')') && CALL.test(value)
  return CALL.test(value) || /[()[\]{}]$/.test(value) || (wordy > 0.4 && MEMBER.test(value))
}
