import { SealwardError } from '../errors.ts'
import { printable } from '../report/printable.ts'
import type { AllowedSigner } from './signers.ts'
import { isKeyType } from './ssh/key-types.ts'
import { parsePublicKey } from './ssh/public-key.ts'

type Limits = Pick<AllowedSigner, 'namespaces' | 'validAfter' | 'validBefore'>

const MAX_CHARACTERS = 1024 * 1024

/** A double-quoted part may hold blanks. OpenSSH reads a backslash in its own way, so it ends a word and with it the line. */
const WORD = /^[ \t]*((?:[^ \t"\\]|"[^"\\]*")+)(?=[ \t]|$)/
const OPTIONS = /^(?:cert-authority|namespaces|valid-after|valid-before)(?:[=,]|$)/i
const OPTION = /([A-Za-z-]+)(?:="([^"]*)")?(?:,(?!$)|$)/y
const TIME = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z$/

/**
 * Reads a file of OpenSSH's ALLOWED SIGNERS format (ssh-keygen(1)). The first of a line's principals becomes the signer's name.
 * A line that cannot be read is an error and not skipped: it may hold the limit of somebody's right to sign.
 *
 * @param file what errors call it
 * @throws SealwardError policy-invalid, unsupported for a certificate authority, or limit, with file and line and none of the text
 */
export function parseAllowedSigners(source: string, file: string): AllowedSigner[] {
  if (source.length > MAX_CHARACTERS) throw new SealwardError('limit', 'is larger than 1 MiB', { file })
  return source.split('\n').flatMap((row, index) => {
    const text = row.replace(/\r$/, '').trimStart()
    if (text === '' || text.startsWith('#')) return []
    try {
      return [readLine(text)]
    } catch (error) {
      if (!(error instanceof SealwardError)) throw error
      const { code, message, hint } = error
      throw new SealwardError(code, message, { file, line: index + 1, ...(hint === undefined ? {} : { hint }) })
    }
  })
}

/** Principals, perhaps options, the key, perhaps a comment. */
function readLine(text: string): AllowedSigner {
  const [principals, afterPrincipals] = takeWord(text)
  if (isKeyType(principals)) throw invalid('the line has no principal before its key')
  const [second, afterSecond] = takeWord(afterPrincipals)
  const hasOptions = OPTIONS.test(second)
  const limits = hasOptions ? readOptions(second) : {}
  const key = parsePublicKey(hasOptions ? afterSecond : afterPrincipals)
  if (typeof key === 'string') throw invalid(`the key ${key}`)
  return { name: printable(principals.replaceAll('"', '').split(',')[0]!), key, ...limits }
}

function takeWord(text: string): [word: string, rest: string] {
  const [all, word] = WORD.exec(text) ?? []
  if (all === undefined || word === undefined) throw invalid('the line is not of the form PRINCIPALS [OPTIONS] KEY')
  return [word, text.slice(all.length)]
}

function readOptions(text: string): Limits {
  const options = new Map<string, string | undefined>()
  for (let at = 0; at < text.length; at = OPTION.lastIndex) {
    OPTION.lastIndex = at
    const [, name, value] = OPTION.exec(text) ?? []
    if (name === undefined) throw invalid('the options of the line are not of the form name="value",...')
    if (options.has(name.toLowerCase())) throw invalid('the line has an option twice')
    options.set(name.toLowerCase(), value)
  }
  return Object.assign({}, ...[...options].map(([name, value]) => readOption(name, value)))
}

function readOption(name: string, value: string | undefined): Limits {
  if (name === 'cert-authority')
    throw new SealwardError('unsupported', 'the line names a certificate authority, which is not supported', {
      hint: 'list the keys of the people themselves',
    })
  if (value === undefined) throw invalid('the line has an option that is not known, or is without its value in quotes')
  if (name === 'namespaces') return { namespaces: value }
  if (name === 'valid-after') return { validAfter: readTime(value) }
  if (name === 'valid-before') return { validBefore: readTime(value) }
  throw invalid('the line has an option that is not known')
}

function readTime(text: string): Date {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = TIME.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = new Date(`${iso}Z`)
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso))
    throw invalid('the line has a time that is not YYYYMMDDZ or YYYYMMDDHHMM[SS]Z; without Z it depends on the machine')
  return time
}

function invalid(message: string): SealwardError {
  return new SealwardError('policy-invalid', message)
}
