import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanMessage } from '../../../src/core/message/clean-up.ts'
import { type GitRepository, makeRepository, temporaryFolder } from '../../support/git-repository.ts'
import { commitBefore } from '../../support/hooked-repository.ts'

const CUT = '------------------------ >8 ------------------------'
const MESSAGES = [
  'a\n',
  '\n\n  a  \n\n\n\tb\t \n# a comment\n\nc\n\n\n',
  'a\n#comment\nb\n # none\n',
  `a\n\n# ${CUT}\n# Do not modify or remove the line above.\nsecret\n`,
  `a\n; comment\n; ${CUT}\nsecret\n`,
  'größe à\n\n\u00a0\n',
  'a\r\n\r\n\r\n# b\r\n',
  'a without an end',
]

/** What git commits of a message that comes out of an editor, or of a file. */
function committed(repository: GitRepository, message: string, config: readonly string[], edited: boolean): string {
  const folder = temporaryFolder()
  const [file, editor] = [join(folder, 'message'), join(folder, 'editor')]
  writeFileSync(file, message)
  writeFileSync(editor, `#!/bin/sh\ncp '${file}' "$1"\n`)
  chmodSync(editor, 0o755)
  const options = config.flatMap((setting) => ['-c', setting])
  const way = edited ? [] : ['--file', file]
  const env = { GIT_EDITOR: editor }
  const run = repository.tryGit([...options, 'commit', '--quiet', '--allow-empty', ...way], { env })
  if (run.status !== 0) throw new Error(run.stderr)
  return repository.git('cat-file', 'commit', 'HEAD').split(/\n\n(.*)/s, 2)[1]!
}

describe('the message is what git commits', () => {
  const repository = () => {
    const made = makeRepository()
    made.git('config', 'i18n.commitEncoding', 'utf-8')
    commitBefore(made)
    return made
  }

  it.each([
    ['as git does it by itself', [], null, '#'],
    ['with commit.cleanup=strip', ['commit.cleanup=strip'], 'strip', '#'],
    ['with commit.cleanup=whitespace', ['commit.cleanup=whitespace'], 'whitespace', '#'],
    ['with commit.cleanup=scissors', ['commit.cleanup=scissors'], 'scissors', '#'],
    ['with commit.cleanup=verbatim', ['commit.cleanup=verbatim'], 'verbatim', '#'],
    ['with a comment character of its own', ['core.commentChar=;'], null, ';'],
  ])('%s', (_, config, cleanup, comment) => {
    const real = repository()
    for (const edited of [false, true])
      for (const message of MESSAGES) {
        // By hand nobody writes what `--verbose` writes: git cuts there only when it was asked to.
        const verbose = edited && message.includes('>8') ? ['commit.verbose=true'] : []
        const cleaned = cleanMessage(Buffer.from(message).toString('latin1'), { edited, cleanup, comment })
        const text = Buffer.from(cleaned, 'latin1').toString()
        expect([edited, message, text]).toEqual([
          edited,
          message,
          committed(real, message, [...config, ...verbose], edited),
        ])
      }
  })

  it('and where it is not known how comments begin, they are looked at too', () => {
    const settings = { edited: true, cleanup: null, comment: 'auto' }
    expect(cleanMessage(`# a\n; b\n; ${CUT}\nc\n`, settings)).toBe('# a\n; b\n')
  })

  it('takes no letter apart, and cleaning twice is cleaning once', () => {
    const line = fc.stringMatching(/^[ \t#;a\u00e0]{0,8}$/)
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, edited) => {
        const settings = { edited, cleanup: null, comment: null }
        const once = cleanMessage(lines.join('\n'), settings)
        expect(cleanMessage(once, settings)).toBe(once)
        expect(once.replace(/[^a\u00e0]/g, '').length).toBeLessThanOrEqual(
          lines.join('').replace(/[^a\u00e0]/g, '').length,
        )
      }),
    )
  })
})
