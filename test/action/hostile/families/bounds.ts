import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Family, HostileCase } from '../case.ts'
import type { CaseFolder } from '../folder.ts'

const MIB = 1024 * 1024

/** Too much of something. What is refused is refused soon, and what is taken costs no more than a moment either. */
export const BOUNDS: Family = {
  title: 'a file that has',
  cases: [
    raw('8 MiB and a byte', (text) => text.padEnd(8 * MIB + 1, '\n'), 'limit'),
    raw('8 MiB of line ends', (text) => text.padStart(8 * MIB, '\n'), 'taken'),
    raw('8 MiB of comments', (text) => `${'#\n'.repeat(4 * MIB - 2000)}${text}`, 'taken'),
    raw('a comment of 7 MiB', (text) => `#${'::error::injected ##[error]'.repeat(270_000)}\n${text}`, 'taken'),
    raw('a line of 7 MiB that is none', (text) => `${'x'.repeat(7 * MIB)}\n${text}`, 'malformed'),
    raw('a name of 7 MiB', (text) => `${'x'.repeat(7 * MIB)}=\n${text}`, 'limit'),
    raw('20,001 variables', (text) => `${many(20_000, (index) => `V${index}=`)}${text}`, 'limit'),
    raw(
      'a stored value of 7 MiB',
      (text) =>
        text.replace(
          /^B=.*$/m,
          `B=ENC[AES256_GCM,data:${'A'.repeat(7 * MIB)},iv:${'A'.repeat(44)},tag:${'A'.repeat(22)}==,type:str]`,
        ),
      'value-not-authentic',
    ),
    raw('an IV of 6 MiB', (text) => text.replace(/iv:[^,]+/, `iv:${'AAAA'.repeat(1.5 * MIB)}`), 'malformed'),
    raw(
      'a value of almost nothing but ENC[',
      (text) => text.replace(/^B=/m, `B=${'ENC[AES256_GCM,data:'.repeat(300_000)}`),
      'malformed',
    ),
    raw('300 recipients', (text) => `${text}${many(299, (index) => item(index + 1))}`, 'limit'),
    raw('a recipient with the number 99999999', (text) => `${text}${item(99_999_999)}\n`, 'malformed'),
    raw('a recipient with the number 1e308', (text) => `${text}${item('9'.repeat(308))}\n`, 'malformed'),
    raw('200 broken wrapped keys before the right one', manyWrapped, 'malformed'),
    raw('metadata nested 10,000 deep', (text) => `${text}sops_x${'__map_a'.repeat(10_000)}=1\n`, 'malformed'),
    raw('metadata nested 10,000 lists deep', (text) => `${text}sops_x${'__list_0'.repeat(10_000)}=1\n`, 'malformed'),
    raw('100,000 metadata lines', (text) => `${text}${many(100_000, (index) => `sops_x${index}=1`)}`, 'taken'),
    raw('100,000 list items', (text) => `${text}${many(100_000, (index) => `sops_x__list_${index}=1`)}`, 'taken'),
    raw(
      'a rule of 1 MiB',
      (text) => text.replace(/^sops_unencrypted_suffix=.*$/m, `sops_encrypted_regex=${'(a*)*'.repeat(MIB / 5)}`),
      'malformed',
    ),
    raw(
      'a rule that takes other engines for ever',
      (text) => text.replace(/^sops_unencrypted_suffix=.*$/m, 'sops_unencrypted_regex=^(([a-z])+.)+[A-Z]([a-z])+$'),
      'taken',
    ),
    raw(
      'a rule that counts to 1000 a thousand times',
      (text) => text.replace(/^sops_unencrypted_suffix=.*$/m, 'sops_encrypted_regex=((A{1,1000}){1,1000}){1,1000}'),
      'malformed',
    ),
    raw(
      'a wrapped key of 4 MiB',
      (text) => text.replace(/(_enc=-----BEGIN AGE ENCRYPTED FILE-----\\n)/, `$1${'A'.repeat(4 * MIB)}\\n`),
      'limit',
    ),
    doubling(),
    names('2,000 names that may not be set', (index) => `LD_${'X'.repeat(1000)}${index}`),
    names('2,000 names that are no names', (index) => `${'x'.repeat(1000)}-${index}`, 'name-invalid'),
  ],
}

/** The same for one value: what it costs to find everything in it that must be hidden. */
export const VALUES: Family = {
  title: 'a variable that is',
  apart: true,
  cases: [
    value(' 128 KiB', 'x'.repeat(128 * 1024), 'limit'),
    value('one that is one byte too long for a variable', 'x'.repeat(128 * 1024 - 'B=\0'.length + 1), 'limit'),
    value(' 40,000 lines', 'a1\n'.repeat(40_000), 'taken'),
    value(
      'a value of 2,000 lines that could all be secrets',
      many(2000, (index) => `line-${index * 7919}-x`),
      'taken',
    ),
    value('JSON 60,000 deep', `${'['.repeat(60_000)}1${']'.repeat(60_000)}`, 'taken'),
    value('JSON 20,000 objects deep', `${'{"a":'.repeat(20_000)}"b"${'}'.repeat(20_000)}`, 'taken'),
    value(
      'JSON with 2,000 strings',
      JSON.stringify(Array.from({ length: 2000 }, (_, index) => `text ${index}`)),
      'taken',
    ),
    value('JSON in JSON in JSON, 14 times', nested(14), 'taken'),
    value('base64 of base64, 20 times', base64(20), 'taken'),
    value(
      'URLs, 1,000 of them',
      many(1000, (index) => `https://user${index}:pass%20word${index}@example.com/`),
      'taken',
    ),
    value('PEM markers alone, 3,000 of them', '-----BEGIN PRIVATE KEY-----\n'.repeat(3000), 'taken'),
    value(
      'PEM blocks, one in the other',
      `${'-----BEGIN A-----\n'.repeat(3000)}${'-----END A-----\n'.repeat(3000)}`,
      'taken',
    ),
    value('100 KiB of quotes and backslashes', `\\"'`.repeat(33_000), 'taken'),
    value('100 KiB of what every encoding escapes', '\u{1f511}%0A\u2028<'.repeat(7000), 'taken'),
    value('100 KiB of equals signs', '='.repeat(100_000), 'taken'),
    value('100 KiB of blanks', ' '.repeat(100_000), 'taken'),
    value('a reference to itself, with expand', '${B}${A}', 'dotenv-syntax', { expand: 'true' }),
    crowd(),
  ],
}

function raw(name: string, change: (text: string) => string, expected: string): HostileCase {
  return {
    name,
    build: async (folder) => {
      const variables = await folder.sealTwo()
      folder.edit(change)
      return variables
    },
    expected: expected as ErrorCode,
  }
}

function value(name: string, B: string, expected: ErrorCode | 'taken', inputs = {}): HostileCase {
  return {
    name,
    build: async (folder) => {
      const variables = { A: folder.secret(), B }
      await folder.forge(rows(variables))
      return variables
    },
    inputs,
    expected,
  }
}

/** Each line holds the one above ten times: 10^30 characters, were they written out. */
function doubling(): HostileCase {
  return {
    name: 'references that double thirty times, with expand',
    build: async (folder) => {
      const lines = Array.from({ length: 30 }, (_, index) => ({
        name: `L${index + 1}`,
        value: `\${L${index}}`.repeat(10),
      }))
      await folder.forge([{ name: 'L0', value: folder.secret() }, ...lines])
      return undefined
    },
    inputs: { expand: 'true' },
    expected: 'limit',
  }
}

function names(name: string, nameOf: (index: number) => string, expected: ErrorCode = 'name-denied'): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.forge(Array.from({ length: 2000 }, (_, index) => ({ name: nameOf(index), value: 'x' })))
      return undefined
    },
    expected,
  }
}

function crowd(): HostileCase {
  return {
    name: 'one of 2,000 secrets',
    build: async (folder: CaseFolder) => {
      const variables = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`V${index}`, folder.secret()]))
      await folder.forge(rows(variables))
      return variables
    },
    expected: 'taken',
  }
}

function rows(variables: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(variables).map(([name, text]) => ({ name, value: text }))
}

function many(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('')
}

function item(index: number | string): string {
  return `sops_age__list_${index}__map_enc=x\nsops_age__list_${index}__map_recipient=x`
}

/** The right one last, behind copies of it that are cut. */
function manyWrapped(text: string): string {
  const right = /_enc=(.*)\n/.exec(text)![1]!
  const broken = right.slice(0, -60)
  const lines = many(
    200,
    (index) => `sops_age__list_${index}__map_enc=${broken}\nsops_age__list_${index}__map_recipient=age1x`,
  )
  const rest = text.replace(/^sops_age.*\n/gm, '')
  return `${rest}${lines}sops_age__list_200__map_enc=${right}\nsops_age__list_200__map_recipient=age1x\n`
}

function nested(times: number): string {
  let text = 'a secret in the middle'
  for (let time = 0; time < times && text.length < 50_000; time += 1) text = JSON.stringify({ a: text })
  return text
}

function base64(times: number): string {
  let text = 'a secret in the middle'
  for (let time = 0; time < times; time += 1) text = Buffer.from(text).toString('base64')
  return text
}
