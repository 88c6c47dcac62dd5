import { SealwardError } from '../../../core/errors.ts'
import { printablePath } from '../../../core/report/text.ts'
import { mergeForGit } from '../../../tasks/git/merge-driver.ts'
import { type Command, IDENTITY } from '../../command.ts'
import { sayConflict } from '../../git/say-conflict.ts'
import { openGitWorld } from '../../git/world.ts'
import { printError } from '../../print-error.ts'

const CONFLICT = 1
/** gitattributes(5): beyond 128 the merge has failed, which is something else than a conflict. */
const FAILED = 129

export const mergeDriver: Command = {
  name: 'merge-driver',
  synopsis: 'BASE OURS THEIRS [MARKER [PATH]]',
  summary: 'Merges an encrypted file by variable, for `git merge`.',
  details: `
\`sealward install\` has git call it with %O %A %B %L %P. The result goes into OURS.

exit status: 0 merged, 1 somebody has to settle it, 129 could not`,
  flags: [{ name: 'ancestor', help: 'the three are common ancestors: nobody is asked' }, IDENTITY],
  args: { min: 3, max: 5 },
  failure: FAILED,
  async run({ args, has, world }) {
    const [base, ours, theirs, marker = '7', path = ours] = args
    const request = {
      files: { base: base!, ours: ours!, theirs: theirs! },
      path: path!,
      marker: readMarker(marker),
      ancestor: has('ancestor'),
    }
    const outcome = await mergeForGit(request, { ...world, unsettled: openGitWorld().unsettled })
    if (outcome.kind === 'merged') return 0
    if (outcome.kind === 'conflict') sayConflict(request.path, outcome, world)
    else {
      printError(outcome.error)
      world.teller.note(`${printablePath(request.path)} has a conflict: \`sealward merge FILE\` tries again`)
    }
    return CONFLICT
  },
}

/** @throws SealwardError usage */
function readMarker(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new SealwardError('usage', 'MARKER is a number below 1000')
  return Number(text)
}
