import { SealwardError } from '../../../core/errors.ts'
import { restore as restoreTask } from '../../../tasks/files/edit.ts'
import { ANY_NAME, type Command, DEFAULT_FILE, IDENTITY, QUOTES } from '../../command.ts'
import { openGitWorld } from '../../git/world.ts'
import { printChanges } from '../../print-changes.ts'
import { readingOf } from '../../reading.ts'

export const restore: Command = {
  name: 'restore',
  synopsis: 'KEY --at REV [FILE]',
  summary: 'Gives a variable the value that it had in a commit; every other line stays as it is.',
  details: 'Without FILE: .env.encrypted. Needs a key that opens it, in that commit and now.',
  flags: [{ name: 'at', value: 'REV', help: 'the commit; needed' }, IDENTITY, QUOTES, ANY_NAME],
  args: { min: 1, max: 2 },
  async run(call) {
    const { args, one, world } = call
    const revision = one('at')
    if (revision === undefined) throw new SealwardError('usage', 'restore needs --at REV')
    const file = args[1] ?? DEFAULT_FILE
    const { locate } = await world.repository()
    const version = await openGitWorld().stored.at(revision, locate(file))
    if (version === null) throw new SealwardError('not-found', 'that commit does not have the file', { file })
    const changes = await restoreTask({ file, name: args[0]!, version, revision, ...readingOf(call) }, world)
    printChanges(changes, world.terminal)
    if (changes.added.length + changes.changed.length === 0) world.teller.note('nothing changed')
    return 0
  },
}
