import { describe, expect, it } from 'vitest'
import type { Command, Flag, Group } from '../../src/cli/command.ts'
import { chooseVerb, parseCommandLine } from '../../src/cli/parse.ts'

const run = async () => 0
const command = (name: string, flags: readonly Flag[]): Command => ({
  ...{ name, flags, run, synopsis: 'FILE', summary: 'Does it.', args: { min: 0, max: 1 } },
})
const FORCE: Flag = { name: 'force', help: 'anyway' }
const OUTPUT: Flag = { name: 'output', short: 'o', value: 'FILE', help: 'where' }
const GROUP: Group = {
  name: 'group',
  summary: 'Does things.',
  verbs: [command('group make', [OUTPUT]), command('group take', [FORCE]), command('group bake', [])],
}

const chosen = (...argv: string[]) => {
  const found = chooseVerb(GROUP, argv)
  return found === 'help' ? 'help' : [found.command.name, ...found.argv]
}
const parsed = (...argv: string[]) => {
  const found = chooseVerb(GROUP, argv)
  if (found === 'help') return 'help'
  return parseCommandLine(found.command, found.argv, GROUP.verbs)
}

describe('the command of a group', () => {
  it.each([
    [
      ['make', 'x'],
      ['group make', 'x'],
    ],
    [
      ['--force', 'take', 'x'],
      ['group take', '--force', 'x'],
    ],
    [
      ['-o', 'take', 'make', 'x'],
      ['group make', '-o', 'take', 'x'],
    ],
    [
      ['--output=take', 'make'],
      ['group make', '--output=take'],
    ],
    [
      ['make', 'make'],
      ['group make', 'make'],
    ],
    [
      ['--', 'make', '--x'],
      ['group make', '--', '--x'],
    ],
    [
      ['take', '--help'],
      ['group take', '--help'],
    ],
    [['--help'], 'help'],
    [['-h'], 'help'],
    [['maek', '-h'], 'help'],
  ])('%j', (argv, expected) => {
    expect(chosen(...argv)).toEqual(expected)
  })

  it.each([
    [[], 'group needs make, take or bake', 'see sealward group --help'],
    [['--force'], 'group needs make, take or bake', 'see sealward group --help'],
    [['--forse'], 'unknown flag --forse', 'did you mean --force?'],
    [['-x', '1'], 'group takes make, take or bake', 'see sealward group --help'],
    [['maek'], 'group takes make, take or bake', 'did you mean make?'],
    [['toString'], 'group takes make, take or bake', 'see sealward group --help'],
  ])('%j is none', (argv, message, hint) => {
    expect(() => chosen(...argv)).toThrow(expect.objectContaining({ code: 'usage', message, hint }))
  })

  it('is told of a flag of another one whose it is, and of what is nobody’s what is near', () => {
    const refused = (message: string, hint: string) => expect.objectContaining({ code: 'usage', message, hint })
    expect(() => parsed('make', '--force')).toThrow(
      refused('group make does not take --force', 'it goes with group take'),
    )
    expect(() => parsed('bake', '-o', 'x')).toThrow(refused('group bake does not take -o', 'it goes with group make'))
    expect(() => parsed('make', '--outptu', 'x')).toThrow(refused('unknown flag --outptu', 'did you mean --output?'))
  })
})
