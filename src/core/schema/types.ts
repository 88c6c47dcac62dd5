import { isJson } from '../json.ts'
/** The kinds of value that a schema can ask for. docs/export.md says what each takes. */
export const VALUE_TYPES = [
  'string',
  'number',
  'integer',
  'boolean',
  'url',
  'email',
  'port',
  'json',
  'base64',
  'uuid',
  'pem',
] as const

export type ValueType = (typeof VALUE_TYPES)[number]

const EMAIL_LENGTH = 254 // RFC 5321 section 4.5.3.1.3, less the angle brackets; it also bounds the expression below
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
const BASE64_URL = /^[A-Za-z0-9_-]*={0,2}$/
const LABEL = /^-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----$/
const BETWEEN = /^$/
/** Base64, or a header of an older key (RFC 1421) and its continuation. */
const BODY = /^(?:[A-Za-z0-9+/=]*|[A-Za-z][A-Za-z0-9-]*: .*|[ \t].*)$/

const CHECKS: Readonly<Record<ValueType, (value: string) => boolean>> = {
  string: () => true,
  number: (value) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value) && Number.isFinite(Number(value)),
  integer: (value) => /^-?(?:0|[1-9]\d*)$/.test(value),
  boolean: (value) => /^(?:true|false)$/i.test(value),
  url: isUrl,
  email: (value) => value.length <= EMAIL_LENGTH && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
  port: (value) => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535,
  json: isJson,
  base64: isBase64,
  uuid: (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  pem: isPem,
}

export function isOfType(type: ValueType, value: string): boolean {
  return CHECKS[type](value)
}

/** Drivers take more than the URL standard does, such as several hosts with ports, so only web addresses are held to it. */
function isUrl(value: string): boolean {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]{0,63}):\/\/\S+$/.exec(value)?.[1]
  return scheme !== undefined && (!/^(?:https?|wss?)$/i.test(scheme) || URL.canParse(value))
}

/** Either alphabet, on one line. Padding may be left out of the URL-safe one alone, where it commonly is. */
function isBase64(value: string): boolean {
  const digits = value.replace(/={1,2}$/, '').length % 4
  if (digits === 1) return false
  return (BASE64.test(value) && value.length % 4 === 0) || (BASE64_URL.test(value) && isPadded(value))
}

function isPadded(value: string): boolean {
  return !value.includes('=') || value.length % 4 === 0
}

/** Whole blocks of RFC 7468, one behind the other, as in a chain of certificates; headers of older keys are let through. */
function isPem(value: string): boolean {
  let open: string | null = null
  let blocks = 0
  for (const line of value.trim().split(/\r?\n/)) {
    const [, kind, label = null] = LABEL.exec(line.trimEnd()) ?? []
    if (label === null && !(open === null ? BETWEEN : BODY).test(line.trimEnd())) return false
    if (kind === 'BEGIN' ? open !== null : kind === 'END' && open !== label) return false
    if (kind === 'BEGIN') open = label
    if (kind === 'END') [open, blocks] = [null, blocks + 1]
  }
  return blocks > 0 && open === null
}
