import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Comment, findComments } from '../../../../src/core/scan/allow/comment.ts'
import { commentFor } from '../../../../src/core/scan/allow/comment-for.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'

const TODAY = '2026-06-01'

function comments(text: string): Comment[] {
  return findComments(new ScanText(Buffer.from(text)))
}

/** What is said of a finding at a line and column. */
function answer(text: string, line: number, { rule = 'generic-password', column = 1 } = {}) {
  const given = commentFor(comments(text), { rule, file: 'f', line, column, message: '' }, TODAY)
  return given?.kind === 'allowed' ? given.reason : (given?.kind ?? null)
}

describe('a comment beside a finding', () => {
  it.each([
    ['x = 1 # sealward:allow generic-password made up', 1, 'made up'],
    ['x = 1; // sealward:allow generic-password made up', 1, 'made up'],
    ['x = 1; /* sealward:allow generic-password made up */', 1, 'made up'],
    ['<!-- sealward:allow generic-password made up -->\n<a b="1"/>', 2, 'made up'],
    ['-- sealward:allow generic-password made up\nselect 1', 2, 'made up'],
    ['; sealward:allow generic-password made up\r\nx=1\r\n', 2, 'made up'],
    ['REM sealward:allow generic-password made up\nset x=1', 2, 'made up'],
    ["x = 1 ' sealward:allow generic-password it's the users' own", 1, "it's the users"],
    ['{# sealward:allow generic-password made up #}\nx', 2, 'made up'],
    ['{"_": "sealward:allow generic-password made up",\n"password": 1}', 2, 'made up'],
    ['x # sealward:allow generic-token,generic-password made up', 1, 'made up'],
    ['x # sealward:allow generic-token, generic-password: made up', 1, 'made up'],
    ['x # sealward:allow * made up', 1, 'made up'],
    ['x # sealward:allow generic-password until=2026-06-01 made up', 1, 'made up'],
    ['x # sealward:allow generic-password für Prüfungen', 1, 'für Prüfungen'],
    ['# sealward:allow generic-password one\n# sealward:allow generic-token two\nx', 3, 'one'],
  ])('%j allows line %s: %s', (text, line, reason) => {
    expect(answer(text, line)).toBe(reason)
  })

  it.each([
    ['x # sealward:allow generic-token made up', 1, null],
    ['x # sealward:allow generic-password made up\ny', 2, null],
    ['# sealward:allow generic-password made up\nx\ny', 3, null],
    ['x\n# sealward:allow generic-password made up', 1, null],
    ['# sealward:allow generic-password made up\n\nx', 3, null],
    ['x # sealward:allow generic-password', 1, 'no-reason'],
    ['x /* sealward:allow generic-password */', 1, 'no-reason'],
    ['x # sealward:allow generic-password ---', 1, 'no-reason'],
    ['x # sealward:allow generic-password until=2027-01-31', 1, 'no-reason'],
    ['x # sealward:allow generic-password until=2026-05-31 made up', 1, 'expired'],
    ['x # sealward:allow generic-password until=2027-02-30 made up', 1, 'expired'],
    ['x # sealward:allow generic-password until=soon made up', 1, 'expired'],
    ['write `sealward:allow RULE reason`', 1, null],
    ['x # sealward:allowing generic-password made up', 1, null],
  ])('%j does not allow line %s: %s', (text, line, said) => {
    expect(answer(text, line)).toBe(said)
  })

  it('is about a whole file only by name', () => {
    const about = { rule: 'plaintext-dotenv' }
    expect(answer('A=1 # sealward:allow * made up', 1, about)).toBeNull()
    expect(answer('A=1 # gitleaks:allow', 1, about)).toBeNull()
    expect(answer('A=1 # sealward:allow plaintext-dotenv made up', 1, about)).toBe('made up')
    expect(answer('A=1 # gitleaks:allow', 1, { rule: 'private-key' })).toBe('gitleaks:allow')
  })

  it('never gives a reason that holds what stands behind the comment', () => {
    const secret = 'abcDEF123'
    const open = `sealward:allow generic-password test, password=${secret}`
    expect(answer(open, 1, { column: open.indexOf(secret) + 1 })).toBe('no-reason')
    const inside = `/* sealward:allow generic-password test ${secret} */`
    expect(answer(inside, 1, { column: inside.indexOf(secret) + 1 })).toBe('no-reason')
    for (const closing of ['*/', '-->', '--%>', '#}', '%}', '}}', '*)', '-}', ']]', '"', "'", '`']) {
      const text = `sealward:allow generic-password test ${closing} password=${secret}`
      expect(answer(text, 1, { column: text.indexOf(secret) + 1 })).toBe('test')
    }
  })

  it('counts for nothing on a line of more than 2048 bytes to either side', () => {
    const long = 'x'.repeat(2049)
    expect(comments(`${long} # sealward:allow * made up`)).toEqual([])
    expect(comments(`x /* gitleaks:allow */ ${long}`)).toEqual([])
    expect(comments(`${'x'.repeat(2000)} # sealward:allow * made up\n${long}`)).toHaveLength(1)
  })

  it('is found in any text, however it is made, in time linear in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('sealward:allow', ' *', '\n', ' until=', 'pragma:', 'secretlint-', 'disable', ' a,')),
        (parts) => {
          for (const { line, from, to } of comments(parts.join(''))) expect(from >= line && to >= from).toBe(true)
        },
      ),
    )
    for (const piece of ['sealward:allow a,', `sealward:allow a${' '.repeat(1900)}\n`]) {
      const [short, long] = [10_000, 80_000].map((length) => quickest(piece.repeat(Math.ceil(length / piece.length))))
      expect(long).toBeLessThan(8 * 4 * (short! + 1))
    }
  })
})

/** The best of three, in milliseconds. */
function quickest(text: string): number {
  const times = [1, 2, 3].map(() => {
    const begun = performance.now()
    comments(text)
    return performance.now() - begun
  })
  return Math.min(...times)
}

describe('a comment of another tool', () => {
  it.each([
    ['x # gitleaks:allow', 1, 'gitleaks:allow'],
    ['x # betterleaks:allow', 1, 'betterleaks:allow'],
    ['x # trufflehog:ignore', 1, 'trufflehog:ignore'],
    ['x # pragma: allowlist secret', 1, 'pragma: allowlist secret'],
    ['x # pragma: whitelist secret', 1, 'pragma: whitelist secret'],
    ['# pragma: allowlist nextline secret\nx', 2, 'pragma: allowlist nextline secret'],
    ['x // secretlint-disable-line', 1, 'secretlint-disable-line'],
    ['// secretlint-disable-next-line\nx', 2, 'secretlint-disable-next-line'],
    ['/* secretlint-disable */\nx\n/* secretlint-enable */', 2, 'secretlint-disable'],
    ['/* secretlint-disable */\nx\ny', 3, 'secretlint-disable'],
  ])('%j allows line %s as %s', (text, line, reason) => {
    expect(answer(text, line)).toBe(reason)
  })

  it.each([
    ['x # gitleaks:allow\ny', 2],
    ['# gitleaks:allow\ny', 2],
    ['x # gitleaks:allowed', 1],
    ['# pragma: allowlist nextline secret', 1],
    ['# pragma: allowlist secrets', 1],
    ['# pragma: once', 1],
    ['/* secretlint-disable */\n/* secretlint-enable */\nx', 3],
    ['/* secretlint-disable @secretlint/secretlint-rule-aws */\nx', 2],
    ['/* secretlint-disabled */\nx', 2],
  ])('%j does not allow line %s', (text, line) => {
    expect(answer(text, line)).toBeNull()
  })
})
