import { SealwardError } from '../errors.ts'
import type { AllowedSigner } from './signers.ts'
import { isKeyType } from './ssh/key-types.ts'
import { parsePublicKey } from './ssh/public-key.ts'

const MAX_CHARACTERS = 1024 * 1024

/** A double-quoted part may hold blanks and commas. Backslashes are refused before: OpenSSH reads them in its own way. */
const WORD = /(?:[^ \t"]|"[^"]*")+/y
const OPTION = /([A-Za-z-]+)(?:="([^"]*)")?(?:,(?!$)|$)/y
const TIME = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z$/

/**
 * Reads a file of OpenSSH's ALLOWED SIGNERS format (ssh-keygen(1)). The first of a line's principals becomes the signer's name.
 * A line that cannot be read is an error and not skipped: it may hold the limit of somebody's right to sign.
 *
 * @param file what errors call it
 * @throws SealwardError policy-invalid, or unsupported for a certificate authority, with file and line
 */
export function parseAllowedSigners(source: string, file: string): AllowedSigner[] {
  if (source.length > MAX_CHARACTERS) throw new SealwardError('limit', 'is larger than 1 MiB', { file })
  const signers: AllowedSigner[] = []
  for (const [index, row] of source.split('\n').entries()) {
    const text = row.replace(/^[ \t]+|\r$/g, '')
    if (text === '' || text.startsWith('#')) continue
    signers.push(new Line(text, { file, line: index + 1 }).read())
  }
  return signers
}

/** One line: principals, perhaps options, the key, perhaps a comment. */
class Line {
  readonly #text: string
  readonly #where: { readonly file: string; readonly line: number }

  constructor(text: string, where: { readonly file: string; readonly line: number }) {
    this.#text = text
    this.#where = where
  }

  read(): AllowedSigner {
    const principals = this.#word(0)
    const second = this.#word(principals.end)
    const optionless = isKeyType(second.word)
    const key = parsePublicKey(this.#text.slice(optionless ? principals.end : second.end))
    const options = optionless ? {} : this.#options(second.word)
    if (typeof key === 'string') throw this.#broken(`the key ${key}`)
    return { name: principals.word.replaceAll('"', '').split(',')[0]!, key, ...options }
  }

  #word(from: number): { word: string; end: number } {
    const start = from + (/^[ \t]*/.exec(this.#text.slice(from))?.[0].length ?? 0)
    WORD.lastIndex = start
    const word = WORD.exec(this.#text)?.[0]
    if (word === undefined || word.includes('\\')) throw this.#broken('is not of the form PRINCIPALS [OPTIONS] KEY')
    return { word, end: start + word.length }
  }

  #options(text: string): Omit<AllowedSigner, 'name' | 'key'> {
    const options = new Map<string, string | undefined>()
    for (let at = 0; at < text.length; at = OPTION.lastIndex) {
      OPTION.lastIndex = at
      const [, name = '', value] = OPTION.exec(text) ?? []
      if (name === '') throw this.#broken('has neither a key that can sign nor options behind its principals')
      if (options.has(name.toLowerCase())) throw this.#broken(`has the option ${name} twice`)
      options.set(name.toLowerCase(), value)
    }
    return Object.assign({}, ...[...options].map(([name, value]) => this.#option(name, value)))
  }

  #option(name: string, value: string | undefined): Omit<AllowedSigner, 'name' | 'key'> {
    if (name === 'cert-authority')
      throw new SealwardError('unsupported', 'names a certificate authority, which is not supported', {
        ...this.#where,
        hint: 'list the keys of the people themselves',
      })
    if (value === undefined) throw this.#broken('has an option that is not known, or without its value in quotes')
    if (name === 'namespaces') return { namespaces: value }
    if (name === 'valid-after') return { validAfter: this.#time(value) }
    if (name === 'valid-before') return { validBefore: this.#time(value) }
    throw this.#broken('has an option that is not known')
  }

  #time(text: string): Date {
    const [, year, month, day, hour = '00', minute = '00', second = '00'] = TIME.exec(text) ?? []
    const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
    const time = new Date(`${iso}Z`)
    if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso))
      throw this.#broken('has a time that is not YYYYMMDDZ or YYYYMMDDHHMM[SS]Z: without Z it depends on the machine')
    return time
  }

  #broken(how: string): SealwardError {
    return new SealwardError('policy-invalid', `the line ${how}`, this.#where)
  }
}
