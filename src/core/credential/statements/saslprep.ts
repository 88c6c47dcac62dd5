import { SealwardError } from '../../errors.ts'

const PLAIN = /^[\x20-\x7e]*$/
/** RFC 3454 table C.1.2: spaces that are not the one of ASCII. */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g
/** RFC 3454 table B.1: characters that count for nothing. */
const NOTHING = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\u200c\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/g
/**
 * Latin, kana, Han, Hangul and the wide forms of ASCII: assigned in Unicode 3.2, not prohibited and not written from right to left, so that
 * whoever prepares a password of these comes to the same. The three spaces and marks of everyday typing are among them.
 */
const CERTAIN =
  /^[\x20-\x7e\u00a0-\u0220\u3000\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff5e\u2002\u2003\u2009]*$/

/**
 * Prepares a password as SCRAM wants it (RFC 4013). Where a password has a character that SASLprep prohibits or does not know, PostgreSQL
 * and libpq take it as it is, and other clients prepare it all the same. That is the same password unless preparing changes it.
 *
 * @throws SealwardError not-representable for a password that clients would prepare differently, an empty one, half of a surrogate pair and NUL
 */
export function saslprep(password: string): string {
  if (password === '') throw unfit('is empty')
  if (PLAIN.test(password)) return password
  if (!password.isWellFormed() || password.includes('\0')) throw unfit('holds what is no text')
  const prepared = password.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC')
  if (prepared !== password && !CERTAIN.test(password))
    throw unfit('is one that clients of PostgreSQL read differently')
  if (prepared === '') throw unfit('is empty')
  return prepared
}

function unfit(why: string): SealwardError {
  return new SealwardError('not-representable', `the password ${why}`, {
    hint: 'have a password made of ASCII, as generate does unless it is told otherwise',
  })
}
