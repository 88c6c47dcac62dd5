import { isOpaque, isOrdinary, whyNot } from '../worth.ts'
import { percentDecode } from './decoded.ts'

const DERIVED_LENGTH = 8

/**
 * The passwords in the URLs of a text, raw and percent-decoded; of a URL without a password its user, when that is a token.
 * A plain word that the URL holds elsewhere too (`postgres://postgres:postgres@...`) is left: it is no secret, and in every log.
 */
export function userinfoIn(text: string, minLength: number): string[] {
  const found = new Set<string>()
  for (const { scheme, userinfo, rest } of urlsIn(text)) {
    const colon = userinfo.indexOf(':')
    const [user, password] = colon < 0 ? [userinfo, ''] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)]
    const elsewhere = [scheme, user, ...rest.split(/[/?#:=&.,]/)]
    for (const secret of spellings(password))
      if (isPassword(secret, minLength) && !elsewhere.includes(secret)) found.add(secret)
    if (password === '' || password === 'x-oauth-basic')
      for (const token of spellings(user)) if (isOpaque(token.replace(/[^A-Za-z0-9]/g, ''))) found.add(token)
  }
  return [...found]
}

function isPassword(text: string, minLength: number): boolean {
  return whyNot(text, minLength) === null && (text.length >= DERIVED_LENGTH || !isOrdinary(text))
}

function spellings(text: string): string[] {
  const decoded = percentDecode(text)
  return decoded === null ? [text] : [text, decoded]
}

interface Url {
  readonly scheme: string
  readonly userinfo: string
  readonly rest: string
}

/** By `://`, because a scan for schemes would try at every letter. An `@` in a password is common and wrong: the last one counts. */
function urlsIn(text: string): Url[] {
  const pieces = text.split('://')
  return pieces.slice(1).flatMap((piece, at) => {
    const end = piece.search(/[\s"'<>]/)
    const address = end < 0 ? piece : piece.slice(0, end)
    const path = address.search(/[/?#]/)
    const strict = (path < 0 ? address : address.slice(0, path)).lastIndexOf('@')
    const sign = strict >= 0 ? strict : address.lastIndexOf('@')
    const scheme = /[a-z][a-z0-9+.-]*$/i.exec(pieces[at]!.slice(-32))?.[0] ?? ''
    return sign < 0 ? [] : [{ scheme, userinfo: address.slice(0, sign), rest: address.slice(sign + 1) }]
  })
}
