import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Variables } from '../../runner/job-record.ts'
import type { Family, HostileCase } from '../case.ts'
import { COMMANDS, shown } from '../commands.ts'

/** Inputs that a workflow took from somewhere: the title of a pull request, the name of a branch. */
export const INPUTS: Family = {
  title: 'an input that is',
  cases: [
    ...everywhere(
      [
        'mode',
        'export-env',
        'quotes',
        'on-conflict',
        'summary',
        'mask-short',
        'allow-untrusted',
        'if-missing-key',
        'min-mask-length',
      ],
      'usage',
    ),
    ...everywhere(['prefix'], 'usage'),
    ...everywhere(['only', 'except', 'outputs'], 'not-found'),
    ...everywhere(['working-directory'], 'not-found'),
    given('a glob with a million ways', { files: '{a,b}'.repeat(40) }, 'usage'),
    given('a glob of stars', { files: `${'**/'.repeat(60)}${'*a'.repeat(30)}b` }, 'not-found'),
    given('10,000 paths', { files: Array.from({ length: 10_000 }, (_, index) => `x${index}`).join('\n') }, 'not-found'),
    given('a path of 100,000 characters', { files: 'x'.repeat(100_000) }, 'io'),
    given('a path of 50,000 folders', { files: 'a/'.repeat(50_000) }, 'io'),
    given('a path of nothing but separators', { files: '/'.repeat(1000) }, 'io'),
    given('a folder above everything', { 'working-directory': '../'.repeat(200) }, 'not-found'),
    given('a device for a folder', { 'working-directory': '/dev/null' }, 'not-found'),
    given('100,000 names', { only: Array.from({ length: 20_000 }, (_, index) => `V${index}`).join(' ') }, 'not-found'),
    given(
      'signers who are a command',
      { 'require-signature': 'true', signers: '::error title=injected::injected' },
      'policy-invalid',
    ),
    given('a number that is none', { 'mask-budget': '1e9' }, 'usage'),
    given('a number past all bounds', { 'mask-budget': '9'.repeat(400) }, 'usage'),
    given('a name of every object', { quotes: '__proto__' }, 'usage'),
    given('a format of every object', { 'export-file': 'x.env', 'export-format': 'constructor' }, 'usage'),
  ],
}

/** Each input gets commands of its own, so that all of them have their turn. */
function everywhere(inputs: readonly string[], expected: ErrorCode): HostileCase[] {
  return inputs.flatMap((input, index) =>
    [COMMANDS[(2 * index) % COMMANDS.length]!, COMMANDS[(2 * index + 14) % COMMANDS.length]!].map((command) =>
      given(`${shown(command)}, for ${input}`, { [input]: command }, expected),
    ),
  )
}

function given(name: string, inputs: Variables, expected: ErrorCode): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      return undefined
    },
    inputs,
    expected,
  }
}
