import { resolve } from 'node:path'
import { dayOf } from '../../../core/day.ts'
import { SealwardError } from '../../../core/errors.ts'
import { amount } from '../../../core/report/amount.ts'
import { printable } from '../../../core/report/printable.ts'
import { printablePath } from '../../../core/report/text.ts'
import { type LockdownOutcome, liftLockdown, lockDown } from '../../../tasks/members/lockdown.ts'
import { type Call, type Command, IDENTITY } from '../../command.ts'
import { closeIssue, openIssue } from '../../lockdown/issue.ts'
import { sayFiles } from '../../members/print.ts'
import { openMembers } from '../../members/world.ts'
import { openRotation } from '../../rotation/world.ts'

const REASON_CHARACTERS = 500

export const lockdown: Command = {
  name: 'lockdown',
  synopsis: '--reason TEXT [--environment E...] [--ref GLOB...] [-o FILE] | --lift --reason TEXT',
  summary: 'For the day that somebody may have the secrets: closes the repository, and says what is to be done.',
  details: `
The Action decrypts nothing any more, by sealward.yml; every file that you can open
gets a new data key; and everything that was ever encrypted is listed in .sealward/to-do,
the most exposed first: \`sealward check\` reports each secret until it is another.
All of it is written, or nothing is. With GH_TOKEN the issue with the list is opened
at once, and closed by --lift; else \`mode: check\` of the Action does both.

With -o a new age identity takes the place of yours first, at once (rotate key
--emergency). Keys still open what is in git history: rotate the secrets.

Here a key goes on decrypting. docs/lockdown.md has the order of the day.`,
  flags: [
    { name: 'reason', value: 'TEXT', help: 'why; it is in sealward.yml, the ledger and the issue' },
    { name: 'environment', value: 'NAME', repeat: true, help: 'only files of this environment, or of all of a kind' },
    { name: 'ref', value: 'GLOB', repeat: true, help: 'only runs of these refs decrypt nothing (refs/heads/main)' },
    { name: 'output', short: 'o', value: 'FILE', help: 'where a new age identity goes (mode 0600)' },
    {
      name: 'replace',
      value: 'RECIPIENT',
      help: 'with -o: the recipient to replace, where several of yours are in use',
    },
    { name: 'lift', help: 'end it' },
    { name: 'dry-run', help: 'say what would change, and change nothing' },
    IDENTITY,
  ],
  args: { min: 0, max: 0 },
  async run(call) {
    const reason = reasonOf(call)
    return call.has('lift') ? lift(reason, call) : close(reason, call)
  },
}

async function close(reason: string, call: Call): Promise<number> {
  const dryRun = call.has('dry-run')
  const renewedFor = await renewKey(reason, call)
  const { world, folder } = await openMembers(call.world)
  const [environments, refs] = [listOf(call, 'environment'), listOf(call, 'ref')]
  const outcome = await lockDown({ ...{ folder, dryRun, reason, environments, refs, renewedFor } }, world)
  sayFiles(outcome, call)
  sayExposed(outcome, call)
  if (!dryRun) await openIssue(outcome.policy, call.world)
  return 0
}

/** @returns the recipient of the new key; null where none is asked for, or it is a dry run */
async function renewKey(reason: string, call: Call): Promise<string | null> {
  const [output, replace] = [call.one('output'), call.one('replace')]
  if (output === undefined) {
    if (replace !== undefined) throw new SealwardError('usage', '--replace goes with -o FILE alone')
    return null
  }
  const { planKeyRotation, rotateKey } = await import('../../../tasks/keys/rotate-key.ts')
  const how = { reason, emergency: true, graceDays: 1 } as const
  const request = { ...how, output: resolve(output), ...(replace !== undefined && { replace }) }
  const world = await openRotation(call.world)
  if (call.has('dry-run')) {
    const { old } = await planKeyRotation(request, world)
    call.world.teller.note(`a new key would take the place of ${old}`)
    return null
  }
  const { fresh, keyFile } = await rotateKey(request, world)
  call.world.teller.note(`the new key is in ${printablePath(keyFile)}, its recipient is ${fresh}`)
  return fresh
}

async function lift(reason: string, call: Call): Promise<number> {
  const stray = ['environment', 'ref', 'output', 'replace'].find((flag) => call.has(flag))
  if (stray !== undefined) throw new SealwardError('usage', `--${stray} and --lift do not go together`)
  const { world, folder } = await openMembers(call.world)
  const dryRun = call.has('dry-run')
  const { written, policy } = await liftLockdown({ folder, dryRun, reason }, world)
  const { teller } = call.world
  if (dryRun) teller.note('the lockdown would be lifted; nothing was changed')
  else {
    teller.note(`commit together: ${written.map(printable).join(' ')}`)
    await closeIssue(policy, call.world)
  }
  return 0
}

function sayExposed({ exposed, left, notes, list }: LockdownOutcome, call: Call): void {
  const { terminal, teller } = call.world
  for (const { file, name, since, keys } of exposed)
    terminal.print(
      `rotate ${printable(name)} in ${printablePath(file)}: ${amount(keys, 'key')} since ${dayOf(since)}\n`,
    )
  for (const note of notes) teller.warn(note)
  for (const { path, why } of left) teller.warn(`${printablePath(path)} keeps its data key: ${why}`)
  const where = call.has('dry-run') ? '' : `, listed in ${list}`
  teller.note(
    `${amount(exposed.length, 'secret')} to rotate${where}; \`sealward check\` reports each until it is another`,
  )
  teller.note('push this to the branches that count at once: an older sealward.yml does not know of it')
}

function listOf(call: Call, flag: string): readonly string[] | null {
  const given = call.all(flag)
  return given.length === 0 ? null : given
}

function reasonOf({ one }: Call): string {
  const reason = one('reason')?.trim()
  if (reason !== undefined && /^[^\p{Cc}]+$/u.test(reason) && reason.length <= REASON_CHARACTERS) return reason
  throw new SealwardError('usage', `lockdown takes --reason with 1 to ${REASON_CHARACTERS} characters, in one line`)
}
