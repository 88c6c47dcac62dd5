import { textconv as textconvTask } from '../../../tasks/git/textconv.ts'
import { type Command, IDENTITY } from '../../command.ts'
import { openGitWorld } from '../../git/world.ts'

export const textconv: Command = {
  name: 'textconv',
  synopsis: 'FILE',
  summary: 'Shows an encrypted file as text, for `git diff`.',
  details: `
\`sealward install\` has git call it. Values are digests under a key of this clone:
one that changed shows as changed, and nothing else of it does. Without an identity
that opens the file, names and digests of the ciphertext are shown.`,
  flags: [{ name: 'reveal', help: 'show values (for every diff: git config sealward.reveal true)' }, IDENTITY],
  args: { min: 1, max: 1 },
  async run({ args, has, world }) {
    const request = { file: args[0]!, reveal: has('reveal') }
    world.terminal.print(await textconvTask(request, { ...world, diffs: openGitWorld().diffs }))
    return 0
  },
}
