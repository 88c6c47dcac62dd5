import { describe, expect, it } from 'vitest'
import { annotate } from '../../../../src/core/report/scan/annotations.ts'
import { printCommand } from '../../../../src/core/report/workflow-command.ts'
import { DOTENV, FORGED, OLD, PASSWORD, RICH, TOKEN } from './outcome.ts'

describe('annotations', () => {
  it('are errors, warnings and notices by severity, on the line they are about', () => {
    expect(annotate([PASSWORD, DOTENV, TOKEN])).toEqual([
      {
        type: 'error',
        file: 'src/deploy.ts',
        line: 12,
        title: 'sealward: github-pat (critical)',
        message: 'a GitHub personal access token (classic). Delete it at github.com/settings/tokens.',
      },
      {
        type: 'error',
        file: '.env',
        title: 'sealward: plaintext-dotenv (high)',
        message: 'holds 3 values in plain text. sealward encrypt .env',
      },
      {
        type: 'warning',
        file: 'src/deploy.ts',
        line: 103,
        title: 'sealward: generic-password (medium, low confidence)',
        message:
          'dbPassword: a password in an assignment, a call or a configuration. Change it where it is used, and read it from the environment or from an encrypted file.',
      },
    ])
  })

  it('of what stands in history only are on no line of the file as it is now', () => {
    expect(annotate([OLD])).toEqual([
      {
        type: 'notice',
        title: 'sealward: github-pat (low)',
        message: `a GitHub personal access token (classic) in old/config.php:3 of ${OLD.origin?.commit}. Delete it at github.com/settings/tokens.`,
      },
    ])
  })

  it('of what stands in history say as much as is known of it', () => {
    const { line, fix, ...bare } = OLD
    expect(annotate([bare]).map(({ message }) => message)).toEqual([
      `a GitHub personal access token (classic) in old/config.php of ${OLD.origin?.commit}.`,
    ])
  })

  it('of what a commit brought and the file has still are on its line', () => {
    const origin = { commit: 'c0ffee', current: true } as const
    expect(annotate([{ ...TOKEN, origin }])).toEqual(annotate([TOKEN]))
  })

  it('are at most ten of a type, the most urgent ones, and the last notice counts all', () => {
    const many = (severity: 'critical' | 'high' | 'low') =>
      Array.from({ length: 9 }, (_, at) => ({ ...TOKEN, severity, line: at + 1 }))
    const shown = annotate([...many('low'), ...many('high'), ...many('critical'), OLD])
    expect(shown.filter(({ type }) => type === 'error').map(({ title }) => title)).toEqual([
      ...Array(9).fill('sealward: github-pat (critical)'),
      'sealward: github-pat (high)',
    ])
    expect(shown.filter(({ type }) => type === 'notice')).toHaveLength(10)
    expect(shown.at(-1)).toEqual({
      type: 'notice',
      title: 'sealward: 28 findings',
      message: '9 critical, 9 high, 10 low. Annotated here: 19. The log and the job summary have more.',
    })
  })

  it('have no count when all have a place', () => {
    expect(annotate(RICH.findings)).toHaveLength(RICH.findings.length)
    expect(annotate([])).toEqual([])
  })

  it('are one command each when they are written out, whatever names hold', () => {
    const [annotation] = annotate([{ ...FORGED, origin: TOKEN.origin! }])
    const { type, message, ...properties } = annotation!
    const command = printCommand(type, message, properties)
    expect(command.match(/\n/g)).toHaveLength(1)
    expect(command.match(/^::/gm)).toHaveLength(1)
    expect(command).not.toContain('\u001b[31mred\n')
  })
})
