import { SealwardError } from '../../../core/errors.ts'
import { printablePath } from '../../../core/report/text.ts'
import { continueMerge, merge as mergeTask } from '../../../tasks/git/merge.ts'
import { type Command, DEFAULT_FILE, IDENTITY } from '../../command.ts'
import { sayConflict } from '../../git/say-conflict.ts'
import { openGitWorld } from '../../git/world.ts'

export const merge: Command = {
  name: 'merge',
  synopsis: '[FILE]',
  summary: 'Settles a file that `git merge`, `git rebase` or the like left with a conflict.',
  details: `
Without --continue it merges the three versions in git's index by variable. What both
sides changed stands between markers in a plaintext of mode 0600 outside of the
working tree, and its path is printed; settle it there, then give --continue.
Without it again, a plaintext that was edited is not replaced: --abort first.

A file that is settled is encrypted and staged. Without FILE: .env.encrypted.

exit status: 0 settled, 1 somebody has to settle it, 2 could not`,
  flags: [
    { name: 'continue', help: 'encrypt the settled plaintext, stage it, and remove the plaintext' },
    { name: 'abort', help: 'remove the plaintext (of every file, without FILE), and change nothing else' },
    IDENTITY,
  ],
  args: { min: 0, max: 1 },
  async run({ args, has, world }) {
    if (has('continue') && has('abort')) throw new SealwardError('usage', '--continue and --abort exclude each other')
    const repository = await world.repository()
    const { stored, unsettled } = openGitWorld()
    const file = args[0] ?? DEFAULT_FILE
    const path = repository.locate(file)
    if (has('abort')) {
      await unsettled.drop(args.length === 0 ? null : path)
      return 0
    }
    const settling = { ...world, stored, unsettled, index: repository.index }
    if (has('continue')) await continueMerge({ path, file }, settling)
    else {
      const outcome = await mergeTask({ path, file }, settling)
      if (outcome.kind === 'conflict') {
        sayConflict(file, outcome, world)
        return 1
      }
    }
    world.teller.note(`${printablePath(file)} is merged and staged`)
    return 0
  },
}
