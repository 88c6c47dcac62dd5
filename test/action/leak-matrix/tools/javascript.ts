import { createCipheriv, randomBytes } from 'node:crypto'
import { escape as queryEscape } from 'node:querystring'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { type Form, form } from '../form.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const base64 = (text: string) => bytes(text).toString('base64')
const json = (text: string) => JSON.stringify(text)
const each = (text: string, separator: string) => Array.from(text).join(separator)
const wrap = (text: string, columns: number) => text.replace(new RegExp(`(.{${columns}})(?=.)`, 'g'), '$1\n')

/** What Node's own functions print, and what takes one line to write. */
export const JAVASCRIPT: readonly Form[] = [
  form('as it is', (text) => text),
  form('in double quotes', (text) => `"${text}"`),
  form('indented', (text) => text.replace(/(?<![^\r\n])/g, '    ')),
  form('JSON.stringify', json),
  form('JSON in JSON', (text) => json(json(text))),
  form('JSON in JSON in JSON', (text) => json(json(json(text)))),
  form('JSON, pretty', (text) => JSON.stringify({ env: { VALUE: text } }, null, 2)),
  form('JSON of the parsed value', (text) => JSON.stringify(parsed(text) ?? text)),
  form('JSON of the parsed value, pretty', (text) => JSON.stringify(parsed(text) ?? text, null, 4)),
  form('a request in an error report', (text) =>
    json(JSON.stringify({ headers: { authorization: `Bearer ${text}` } })),
  ),
  form('encodeURIComponent', encodeURIComponent),
  form('encodeURI', encodeURI),
  form('encodeURIComponent, twice', (text) => encodeURIComponent(encodeURIComponent(text))),
  form('encodeURIComponent, strict', (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  ),
  form('encodeURIComponent, lower case', (text) =>
    encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  ),
  form('querystring.escape', queryEscape),
  form('URLSearchParams', (text) => new URLSearchParams({ q: text }).toString()),
  form('URL password', (text) =>
    withUrl((url) => {
      url.password = text
    }),
  ),
  form('URL user', (text) =>
    withUrl((url) => {
      url.username = text
    }),
  ),
  form('URL path', (text) =>
    /[?#\r\n\t\\]|\/\.\.?|\.\/|%2e/i.test(text)
      ? null
      : withUrl((url) => {
          url.pathname = `/${text}`
        }),
  ),
  form('URL query', (text) =>
    /[\r\n\t]/.test(text)
      ? null
      : withUrl((url) => {
          url.search = text
        }),
  ),
  form('escape()', (text) => escapeOld(text)),
  form('util.inspect', (text) => inspect(text)),
  form('util.inspect of an object', (text) => inspect({ password: text }, { breakLength: Number.POSITIVE_INFINITY })),
  form('util.inspect of a buffer', (text) => inspect(bytes(text).subarray(0, 50)), 'after'),
  form('JSON of a buffer', (text) => JSON.stringify(bytes(text)).replace(/^.*\[|\].*$/g, '')),
  form('JSON of the letters', (text) => JSON.stringify(Array.from(text))),
  form('base64', base64),
  form('base64url', (text) => bytes(text).toString('base64url')),
  form('base64 of base64', (text) => base64(base64(text))),
  form('base64url of base64', (text) => bytes(base64(text)).toString('base64url')),
  form('base64 of base64 of base64', (text) => base64(base64(base64(text))), 'after'),
  form('base64, 76 columns', (text) => wrap(base64(text), 76)),
  form('base64, 64 columns', (text) => wrap(base64(text), 64)),
  form('base64 of JSON', (text) => base64(json(text))),
  form('base64url of JSON (JWT)', (text) => bytes(JSON.stringify({ sub: '1', secret: text })).toString('base64url')),
  form('base64 of hex', (text) => base64(bytes(text).toString('hex'))),
  form('base64 of encodeURIComponent', (text) => base64(encodeURIComponent(text))),
  form('base64 in a URL', (text) => encodeURIComponent(base64(text))),
  form('base64 in JSON with \\/', (text) => json(base64(text)).replaceAll('/', '\\/')),
  form('base64 of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('base64')),
  form('hex of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('hex')),
  form('hex', (text) => bytes(text).toString('hex')),
  form('HEX', (text) => bytes(text).toString('hex').toUpperCase()),
  form('hex of base64', (text) => bytes(base64(text)).toString('hex')),
  form('hex with colons', (text) =>
    bytes(text)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
  ),
  form('HEX with dashes', (text) =>
    bytes(text)
      .toString('hex')
      .toUpperCase()
      .replace(/..(?=.)/g, '$&-'),
  ),
  form('hex with spaces', (text) =>
    bytes(text)
      .toString('hex')
      .replace(/..(?=.)/g, '$& '),
  ),
  form('hex with \\x', (text) => bytes(text).toString('hex').replace(/../g, '\\x$&')),
  form('hex with 0x', (text) =>
    bytes(text)
      .toString('hex')
      .replace(/..(?=.)/g, '$&, ')
      .replace(/[0-9a-f]{2}/g, '0x$&'),
  ),
  form('every byte percent-encoded', (text) => bytes(text).toString('hex').replace(/../g, '%$&')),
  form('every letter as \\u', (text) =>
    text.replace(/[\s\S]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ),
  form('every letter as an entity', (text) => Array.from(text, (c) => `&#${c.codePointAt(0)};`).join('')),
  form('bytes, binary', (text) => Array.from(bytes(text), (byte) => byte.toString(2).padStart(8, '0')).join(' ')),
  form('letters with spaces', (text) => each(text, ' ')),
  form('letters with commas', (text) => each(text, ', ')),
  form('upper case', (text) => text.toUpperCase()),
  form('lower case', (text) => text.toLowerCase()),
  form('reversed', (text) => Array.from(text).reverse().join('')),
  form('other case', (text) =>
    text.includes('\n') ? null : text.replace(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase())),
  ),
  form('NFD', (text) => text.normalize('NFD')),
  form('question marks for what is not ASCII', (text) => text.replace(/[^\0-\x7f]/gu, '?')),
  form('UTF-8 read as Latin-1', (text) => bytes(text).toString('latin1')),
  form('CSV', (text) => (text.includes('\n') ? null : `"${text.replaceAll('"', '""')}"`)),
  form('SQL', (text) => `'${text.replaceAll("'", "''")}'`),
  form('SQL with backslashes', (text) => `'${text.replace(/[\\']/g, '\\$&')}'`),
  form('YAML, single quotes', (text) => (text.includes('\n') ? null : `'${text.replaceAll("'", "''")}'`)),
  form('terraform', (text) => json(text).replaceAll('${', '$$${').replaceAll('%{', '%%{')),
  form('make', (text) => text.replaceAll('$', '$$$$')),
  form('a pattern', (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
  form('a workflow command', (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')),
  form('cmd', (text) => (text.includes('\n') ? null : text.replace(/[()%!^"<>&|]/g, '^$&'))),
  form('PowerShell, double quotes', (text) => text.replace(/[`"$]/g, '`$&')),
  form('HTML: lodash', (text) => entities(text, { "'": '&#39;', '"': '&quot;' })),
  form('HTML: Go', (text) => entities(text, { "'": '&#39;', '"': '&#34;' })),
  form('HTML: PHP', (text) => entities(text, { "'": '&#039;', '"': '&quot;' })),
  form('HTML: mustache', (text) =>
    entities(text, { "'": '&#39;', '"': '&quot;', '/': '&#x2F;', '`': '&#x60;', '=': '&#x3D;' }),
  ),
  form('HTML, twice', (text) =>
    entities(entities(text, { "'": '&#39;', '"': '&quot;' }), { "'": '&#39;', '"': '&quot;' }),
  ),
  form('JSON for HTML', (text) => json(text).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)),
  form('JSON for HTML in JSON', (text) =>
    json(json(text).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)),
  ),
  form('JSON: PHP', (text) =>
    json(text)
      .replaceAll('/', '\\/')
      .replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ),
  form('JSON: .NET', (text) => dotnetJson(text)),
  form('the leaf of a URL', (text) => urlPassword(text), 'nothing'),
  form(
    'the leaf of a URL, decoded',
    (text) => {
      const found = urlPassword(text)
      return found === null ? null : decodeURIComponent(found)
    },
    'nothing',
  ),
  form(
    'the leaf of a URL, basic auth',
    (text) => {
      const found = urlPassword(text)
      return found === null ? null : base64(`${':'.padStart(7, 'u')}${decodeURIComponent(found)}`)
    },
    'nothing',
  ),
  form('the strings of JSON', (text) => strings(parsed(text)), 'nothing'),
  form(
    'decoded base64',
    (text) =>
      /^[A-Za-z0-9+/]+=*$/.test(text) && base64(Buffer.from(text, 'base64').toString()) === text
        ? Buffer.from(text, 'base64').toString()
        : null,
    'nothing',
  ),
  form('line ends from \\n', (text) => text.replaceAll('\\n', '\n')),
  form('PEM body on one line', (text) => pemBody(text), 'nothing'),
  form(
    'PEM body in a URL',
    (text) => {
      const body = pemBody(text)
      return body === null ? null : encodeURIComponent(body)
    },
    'nothing',
  ),
  form('assigned values', (text) => assigned(text), 'nothing'),
  form('mixed case', (text) =>
    Array.from(text, (c, at) => (at % 2 === 0 ? c.toUpperCase() : c.toLowerCase())).join(''),
  ),
  form('the first half', (text) => text.slice(0, Math.ceil(text.length / 2)), 'nothing'),
  form('20 columns', (text) => wrap(text, 20)),
  form('a letter a line', (text) => each(text, '\n')),
  form('base64 of gzip', (text) => gzipSync(bytes(text)).toString('base64'), 'nothing'),
  form('base64 of AES', (text) => encrypted(text), 'nothing'),
]

function withUrl(change: (url: URL) => void): string {
  const url = new URL('https://example.com/')
  change(url)
  return url.href
}

function escapeOld(text: string): string {
  return (globalThis as unknown as { escape(text: string): string }).escape(text)
}

function entities(text: string, quotes: Record<string, string>): string {
  const table: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', ...quotes }
  return text.replace(/[&<>"'/`=]/g, (character) => table[character] ?? character)
}

/** System.Text.Json's default encoder. */
function dotnetJson(text: string): string {
  return json(text)
    .slice(1, -1)
    .replaceAll('\\"', '\\u0022')
    .replace(/\\u00[01][0-9a-f]/g, (code) => code.toUpperCase().replace('U', 'u'))
    .replace(/[<>&'+`]|[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/** The strings of eight characters or more that are no plain words (`app-blue`, `service_account`) and no public addresses. */
function strings(value: unknown): string | null {
  if (value === null) return null
  const found = Object.values(value as Record<string, unknown>).filter(
    (leaf) => typeof leaf === 'string' && leaf.length >= 8 && /[^a-z_-]/.test(leaf) && !leaf.startsWith('https://'),
  )
  return found.join('\n')
}

function urlPassword(text: string): string | null {
  return /^[a-z]+:\/\/[^:]+:([^@]+)@/.exec(text)?.[1] ?? null
}

function pemBody(text: string): string | null {
  const body = /^-----BEGIN [A-Z ]+-----\n([\s\S]+)\n-----END/.exec(text)?.[1]
  return body === undefined ? null : body.replaceAll('\n', '')
}

function assigned(text: string): string | null {
  return /(?:Password|_authToken)=([^;\r\n]+)/.exec(text)?.[1] ?? null
}

function encrypted(text: string): string {
  const cipher = createCipheriv('aes-256-ctr', randomBytes(32), randomBytes(16))
  return cipher.update(bytes(text)).toString('base64')
}
