import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { CATALOGUE } from '../../src/cli/catalogue.ts'
import { COMPLETIONS, type Shell } from '../../src/cli/completion.ts'
import { runProgram, temporaryFolder } from '../support/git-repository.ts'

async function scriptFor(shell: Shell): Promise<string> {
  // The build puts it in.
  vi.stubGlobal('SEALWARD_VERSION', '0.0.0')
  return COMPLETIONS[shell](await Promise.all(CATALOGUE.map((entry) => entry.load())))
}

/** What bash offers for the last of these words. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a-file'), '')
  const program = `${await scriptFor('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sealward; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = runProgram('bash', ['-c', program, 'bash', ...words], { cwd: folder })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(Boolean)
}

describe.skipIf(process.platform === 'win32')('bash is offered', () => {
  it.each([
    [['sealward', 'mem'], ['members']],
    [
      ['sealward', 'rotate', ''],
      ['data-key', 'key', 'secret', 'status', '--help'],
    ],
    [['sealward', 'rotate', 'se'], ['secret']],
    [['sealward', 'keys', 'protect'], ['protect']],
    [['sealward', 'help', 'mem'], ['members']],
    [['sealward', 'rotate', 'secret', '--em'], ['--emergency']],
    [['sealward', 'rotate', 'key', '--all'], []],
    [['sealward', 'encrypt', '--rec'], ['--recipient']],
    [['sealward', 'encrypt', 'a-'], ['a-file']],
    [['sealward', 'keys', 'protect', 'a-'], ['a-file']],
  ])('for %j: %j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected)
  })
})

describe('zsh and fish have', () => {
  it.each(['zsh', 'fish'] as const)('%s: each command of a group, and its flags behind it', async (shell) => {
    const script = await scriptFor(shell)
    expect(script).toMatch(
      shell === 'zsh' ? /'rotate secret'\).*--emergency/ : /from rotate; and [^']*from secret' -l emergency/,
    )
    expect(script).toMatch(
      shell === 'zsh' ? /local -a rotate_verbs=\(\n {4}'data-key:/ : /not __fish_seen.*-a data-key/,
    )
    expect(script).not.toMatch(/'rotate key'\).*--all|from key' -l all/)
  })
})
