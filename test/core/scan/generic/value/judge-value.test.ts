import { describe, expect, it } from 'vitest'
import { judgeName, type NameVerdict } from '../../../../../src/core/scan/generic/name/judge-name.ts'
import { judgeValue } from '../../../../../src/core/scan/generic/value/judge-value.ts'

/** A value behind a name, what it counts for, and the reason that `--explain` gives; nothing counts for 0. */
type Row = readonly [name: string, value: string, points: number, reason: string]

/** As the engine reads a file: each byte of its UTF-8 a character. */
const bytewise = (text: string) => Buffer.from(text).toString('latin1')

const PASSWORDS: readonly Row[] = [
  ['password', 'ab1', 0, 'too short or too long for a password'],
  ['password', 'zqzqzqzq', 0, 'one or two characters repeated'],
  ['password', bytewise('größemaß'), 0, 'a text in another language'],
  ['password', bytewise('größe7x'), 32, 'letters and digits'],
  ['password', 'velvet1', 22, 'a word with digits'],
  ['password', 'velvet;knight', 0, 'words'],
  ['password', 'xq;zvk', 20, 'letters and special characters'],
  ['password', 'velvet knight x', 0, 'a sentence'],
  ['password', 'pq7! zk2w', 15, 'mixed characters'],
  ['password', '12-3', 0, 'no letter'],
  ['password', '--4821', 0, 'no letter'],
  ['password', '4821', 0, 'digits'],
  ['password', '83914', 15, 'digits'],
  ['password', 'Sunshine', 14, 'a password that everybody tries'],
  ['password', 'xq-zv', 0, 'a name'],
  ['password', 'xqzv', 0, 'a short word'],
  ['password', 'xqzvkw', 20, 'letters that make no word'],
  ['password', 'xQZvkWq', 30, 'letters that make no word'],
  ['password', 'mirror-knight-velvet', 18, 'words put together'],
  ['password', 'mirror.knight.velvet', 12, 'words put together'],
]

/** Under a name that only may be a password's, words need more than a digit. */
const DOUBTFUL: readonly Row[] = [
  ['my_db_user_pass', 'velvet1', 0, 'words'],
  ['my_db_user_pass', 'velvet41', 22, 'a word with digits'],
  ['my_db_user_pass', 'Velvet1', 22, 'a word with digits'],
]

const GENERATED: readonly Row[] = [
  ['client_secret', 'Maison1', 12, 'words and digits'],
  ['client_secret', 'MaisonVelvet1', 12, 'words and digits'],
  ['client_secret', 'maisonvelvet1', 0, 'words'],
  ['client_secret', 'x7q2kz', 18, 'letters and digits'],
  ['client_secret', 'x7q', 0, 'short'],
  ['client_secret', 'xqkvzw', 0, 'short'],
  ['api_token', 'x7q2kz', 0, 'short'],
  ['client_secret', '4839-2017-4638-2915', 10, 'a long number'],
  ['client_secret', '4839-2017-46', 0, 'a number'],
  ['token', '4839-2017-4638-2915', 0, 'a number'],
  ['client_secret', 'velvetXQZKVQZKW12', 0, 'a word and a number'],
  ['client_secret', 'kq9kq9kq9kq9kq9z', 0, 'too even for a key'],
]

describe('the judgement of a value', () => {
  it.each([...PASSWORDS, ...DOUBTFUL, ...GENERATED])('of %s = %s is %i points: %s', (name, value, points, reason) => {
    expect(judgeValue({ value, quoted: false }, verdictOf(name))).toEqual({ points, reason })
  })

  it.each<Row>([
    ['password', '83914', 20, 'digits in quotes'],
    ['password', 'velvet.knight(x)', 0, 'program text'],
  ])('of %s = %s in quotes is %i points: %s', (name, value, points, reason) => {
    expect(judgeValue({ value, quoted: true }, verdictOf(name))).toEqual({ points, reason })
  })
})

function verdictOf(name: string): NameVerdict {
  const verdict = judgeName(name)
  if (verdict === null) throw new Error(`${name} promises no secret`)
  return verdict
}
