import { printFileChange } from '../../../core/diff/print.ts'
import { SealwardError } from '../../../core/errors.ts'
import { diff as diffTask } from '../../../tasks/git/diff.ts'
import { type Command, DEFAULT_FILE, IDENTITY } from '../../command.ts'
import { openGitWorld } from '../../git/world.ts'

export const diff: Command = {
  name: 'diff',
  synopsis: '[A..B] [FILE]',
  summary: 'Says which variables and recipients differ between two versions of a file.',
  details: `
+ added, ~ changed, - removed; ? encrypted anew under a data key that was not opened.
Without A..B: between HEAD and what is on disk. An end that is left out is HEAD:
\`A..\` is between A and HEAD. Without FILE: .env.encrypted.`,
  flags: [{ name: 'reveal', help: 'show values, before and after' }, IDENTITY],
  args: { min: 0, max: 2 },
  async run({ args, has, world }) {
    const { from, to, file } = readArguments(args)
    const { locate } = await world.repository()
    const request = { path: locate(file), file, from, to }
    const { change, sealed } = await diffTask(request, { ...world, stored: openGitWorld().stored })
    world.terminal.print(printFileChange(change, has('reveal')))
    if (sealed > 0) world.teller.note('not every version was opened: there, ciphertext is compared')
    return 0
  },
}

/** A range is a word with two dots in it that is no path: `..` between slashes is the folder above. */
function readArguments(args: readonly string[]): { from: string; to: string | null; file: string } {
  const isRange = (word: string) => word.includes('..') && !word.split(/[\\/]/).includes('..')
  const [first, second] = args
  if (first === undefined || !isRange(first)) {
    if (second !== undefined) throw new SealwardError('usage', 'diff takes A..B first, then a file')
    return { from: 'HEAD', to: null, file: first ?? DEFAULT_FILE }
  }
  const [from = '', to = '', ...more] = first.split('..')
  if (more.length > 0 || to.startsWith('.'))
    throw new SealwardError('usage', 'A..B are two commits with two dots between them')
  return { from: from || 'HEAD', to: to || 'HEAD', file: second ?? DEFAULT_FILE }
}
