import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/core/finding.ts'
import { type HookVerdict, printVerdict } from '../../../src/core/report/verdict.ts'

const finding: Finding = { rule: 'private-key', file: 'a.pem', line: 2, message: 'an RSA private key', fix: 'do this' }
const clean: HookVerdict = { looked: 10, findings: [], allowed: [], cut: [], mend: [] }
const manner = {
  milliseconds: 24.4,
  what: 'staged file',
  paint: (colour: string, text: string) => `<${colour} ${text}>`,
} as const

describe('what the hook says', () => {
  it('on a clean commit is one line', () => {
    expect(printVerdict(clean, manner)).toBe(
      'sealward: 10 staged files looked at in 24 ms, <green nothing to refuse>\n',
    )
  })

  it('when there was nothing to look at is that', () => {
    expect(printVerdict({ ...clean, looked: 0 }, manner)).toBe('sealward: no staged files to look at\n')
    expect(printVerdict({ ...clean, looked: 0 }, { ...manner, what: 'named file' })).toBe(
      'sealward: no named files to look at\n',
    )
  })

  it('on a refusal is each finding, the count, and how to allow it', () => {
    expect(printVerdict({ ...clean, looked: 1, findings: [finding] }, manner)).toBe(
      [
        'a.pem:2: an RSA private key [private-key]',
        '  fix: do this',
        'sealward: 1 staged file looked at in 24 ms, <red 1 finding: refused>',
        '  A false alarm, or meant to be public? Say why in sealward.yml, and stage it:',
        '    hook:',
        '      allow:',
        '        - path: "a.pem"',
        '          rule: private-key',
        '          reason: ...',
        '',
      ].join('\n'),
    )
  })

  it('counts what was allowed, and names what was not read to its end', () => {
    const allowed = [{ finding, reason: 'a test' }]
    const cut = [{ path: 'big\u001b.bin', size: 100 * 1024 * 1024 }]
    expect(printVerdict({ ...clean, allowed, cut }, manner)).toBe(
      'big\\x1b.bin: only the first 8 of 100 MiB were looked at\n' +
        'a.pem: private-key is allowed: a test\n' +
        'sealward: 10 staged files looked at in 24 ms, <green nothing to refuse>, 1 allowed\n',
    )
  })

  it('stops after fifty findings', () => {
    const text = printVerdict({ ...clean, findings: Array.from({ length: 53 }, () => finding) }, manner)
    expect(text.match(/an RSA private key/g)).toHaveLength(50)
    expect(text).toContain('\n... and 3 more\n')
    expect(text).toContain('53 findings: refused')
  })
})
