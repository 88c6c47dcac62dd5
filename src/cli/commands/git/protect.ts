import { printablePath } from '../../../core/report/text.ts'
import { type EncryptOutcome, encrypt } from '../../../tasks/files/encrypt.ts'
import { type Protection, type ProtectOutcome, protect as protectTask } from '../../../tasks/files/protect.ts'
import type { Ledger } from '../../../tasks/world/ledger.ts'
import { type Call, type Command, IDENTITY, RECIPIENT } from '../../command.ts'
import { printChanges } from '../../print-changes.ts'
import { printError } from '../../print-error.ts'
import type { RepositoryWorld } from '../../world.ts'

export const protect: Command = {
  name: 'protect',
  synopsis: '[FILE...]',
  summary: 'The way out of a refused commit: encrypts what is staged and takes the plaintext out of the index.',
  details: `
For each FILE (default: every staged plaintext .env): the staged content is
encrypted to FILE.encrypted, which is staged; FILE leaves the index, never the
disk, and goes into .gitignore. Recipients are chosen as by \`encrypt\`.

exit status: 0 all protected, 2 at least one could not be`,
  flags: [RECIPIENT, { name: 'force', help: 'remove names that FILE no longer has from FILE.encrypted' }, IDENTITY],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const repository = await call.world.repository()
    const outcomes = await protectTask(
      { files: call.args.map(repository.locate), top: repository.top },
      {
        ...call.world,
        ...repository,
        encryptTo: (path, plaintext) => encryptTo(path, plaintext, { call, repository }),
      },
    )
    for (const outcome of outcomes) say(outcome, call)
    if (outcomes.length === 0) call.world.teller.note('no plaintext .env is staged')
    return outcomes.some(({ kind }) => kind === 'failed') ? 2 : 0
  },
}

function encryptTo(
  output: string,
  source: Uint8Array,
  { call, repository }: { readonly call: Call; readonly repository: RepositoryWorld },
): Promise<EncryptOutcome> {
  const ledger = stagingLedger(call.world.ledger, repository)
  const request = { source, sourceName: output.replace(/\.encrypted$/, ''), output }
  return encrypt({ ...request, recipients: call.all('recipient'), force: call.has('force') }, { ...call.world, ledger })
}

/** What is staged here is staged with its entry. */
function stagingLedger({ append }: Ledger, { index }: RepositoryWorld): Ledger {
  return {
    async append(event) {
      const files = await append(event)
      for (const file of files) await index.add(file)
      return files
    },
  }
}

function say(outcome: ProtectOutcome<EncryptOutcome>, { world }: Call): void {
  if (outcome.kind === 'failed') {
    printError(outcome.error.in(outcome.file))
    return
  }
  if (outcome.summary.status !== 'created') printChanges(outcome.summary.changes, world.terminal)
  for (const line of words(outcome)) world.teller.note(line)
  if (outcome.inHistory)
    world.teller.warn(
      `git's history holds ${printablePath(outcome.file)} in plain text and keeps it: replace every secret in it`,
    )
  if (outcome.diskDiffers)
    world.teller.warn(
      `${printablePath(outcome.file)} on disk differs from what was staged: the staged content was encrypted`,
    )
}

function words({ file, output, source, ignored }: Protection<EncryptOutcome>): string[] {
  const path = printablePath(file)
  const ignoring = {
    before: 'git ignored it already',
    staged: 'it is in .gitignore now, which is staged',
    unstaged: 'it is in .gitignore now; stage that beside your other changes to it',
    not: 'another pattern in .gitignore takes it in again: mend that, or it will be added once more',
  }[ignored]
  return [
    `${printablePath(output)} holds the ${source === 'staged' ? 'staged content' : 'content'} of ${path}, encrypted, and is staged`,
    `${path} is no longer tracked and stays on disk; ${ignoring}`,
  ]
}
