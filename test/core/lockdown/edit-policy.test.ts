import { describe, expect, it } from 'vitest'
import { takeLockdownOut, writeLockdown } from '../../../src/core/lockdown/edit-policy.ts'
import { judgeLockdown } from '../../../src/core/lockdown/judge.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'

const FILE = 'sealward.yml'
const SINCE = new Date('2026-11-21T12:00:00Z')
const wide = { since: SINCE, reason: "Bob's laptop: stolen # today", environments: null, refs: null }
const narrow = { ...wide, environments: ['production', 'eu-1'], refs: ['refs/heads/main', 'refs/tags/v*'] }
const TEXTS = [
  '',
  '# nothing yet\n',
  'ledger: true',
  'ledger: true\r\n',
  'environments:\n  eu-1:\n    kind: production\n',
]

describe('the section lockdown', () => {
  it.each(TEXTS)('goes behind everything else, and comes out without a trace: %j', (text) => {
    const locked = writeLockdown({ text, file: FILE }, wide)
    expect(locked.startsWith(text)).toBe(true)
    expect(parsePolicy(locked, FILE).lockdown).toMatchObject(wide)
    expect(takeLockdownOut({ text: locked, file: FILE }).trim()).toBe(text.trim())
  })

  it('names environments and refs where they are given', () => {
    const locked = writeLockdown({ text: TEXTS[4]!, file: FILE }, narrow)
    expect(parsePolicy(locked, FILE).lockdown).toMatchObject(narrow)
  })

  it('comes out of the middle too', () => {
    const text = `ledger: true\nlockdown:\n  since: 2026-11-21T12:00:00Z\n  reason: x\n# mine\npublic: [A]\n`
    expect(takeLockdownOut({ text, file: FILE })).toBe('ledger: true\n# mine\npublic: [A]\n')
  })

  it.each([
    ['exists', () => writeLockdown({ text: writeLockdown({ text: '', file: FILE }, wide), file: FILE }, wide)],
    ['not-found', () => takeLockdownOut({ text: '', file: FILE })],
    ['policy-invalid', () => writeLockdown({ text: '', file: FILE }, { ...wide, environments: ['nowhere'] })],
    ['policy-invalid', () => writeLockdown({ text: '', file: FILE }, { ...wide, refs: ['main'] })],
    ['policy-invalid', () => writeLockdown({ text: 'nothing: of ours\n', file: FILE }, wide)],
  ])('is refused with %s', (code, edit) => {
    expect(edit).toThrow(expect.objectContaining({ code }))
  })
})

describe('a run under lockdown', () => {
  const code = (lockdown: object, path: string, ref: string) => {
    const text = writeLockdown({ text: TEXTS[4]!, file: FILE }, { ...wide, ...lockdown })
    return judgeLockdown(parsePolicy(text, FILE), path, { ref })?.code ?? null
  }
  const MAIN = 'refs/heads/main'

  it.each([
    ['everything', {}, '.env.encrypted', MAIN, 'locked-down'],
    ['a file of its environment', { environments: ['production'] }, 'production/.env.encrypted', MAIN, 'locked-down'],
    [
      'a file of an environment of its kind',
      { environments: ['production'] },
      '.env.eu-1.encrypted',
      MAIN,
      'locked-down',
    ],
    ['a file of another environment', { environments: ['production'] }, 'staging/.env.encrypted', MAIN, null],
    ['a file of none', { environments: ['production'] }, '.env.encrypted', MAIN, null],
    ['one of its refs', { refs: ['refs/heads/m*'] }, '.env.encrypted', MAIN, 'locked-down'],
    ['another ref', { refs: ['refs/tags/*'] }, '.env.encrypted', MAIN, null],
    ['a ref that is not known', { refs: ['refs/tags/*'] }, '.env.encrypted', '', 'locked-down'],
  ])('decrypts, or not: %s', (_, lockdown, path, ref, expected) => {
    expect(code(lockdown, path, ref)).toBe(expected)
  })

  it('is told since when and why, in characters that cannot do anything', () => {
    const text = writeLockdown({ text: '', file: FILE }, { ...wide, reason: 'x\u202Ey' })
    const refusal = judgeLockdown(parsePolicy(text, FILE), 'a', { ref: MAIN })!
    expect(refusal.message).toContain('since the lockdown of 2026-11-21T12:00:00Z: x')
    expect(refusal.message).not.toContain('\u202E')
    expect([refusal.file, refusal.line]).toEqual([FILE, 1])
  })
})
