import { SealwardError } from '../../../core/errors.ts'
import { EVENT_KINDS, type EventKind } from '../../../core/ledger/event.ts'
import { short } from '../../../core/ledger/problem.ts'
import { amount } from '../../../core/report/amount.ts'
import { LOG_FORMATS } from '../../../core/report/ledger/formats.ts'
import { openAudit, openKeeper, openLedgerFiles } from '../../audit/world.ts'
import type { Call, Command, Flag, Group } from '../../command.ts'
import { readDay } from '../../day-flag.ts'

type Format = (typeof LOG_FORMATS)[number]

/** Which entries. */
const WHICH: readonly Flag[] = [
  { name: 'since', value: 'DATE', help: 'from this day (UTC) on' },
  { name: 'kind', value: 'KIND', repeat: true, help: 'only entries of this kind' },
]

const PRINTED = `
Needs no key. A KIND is one of ${EVENT_KINDS.join(', ')}.

exit status: 0 printed, 1 printed, but the ledger has faults, 2 could not`

const verify: Command = {
  name: 'audit verify',
  synopsis: '',
  summary:
    'Holds every entry against those it follows, against archives, checkpoints and git, and git against the entries: needs no key.',
  details: 'exit status: 0 in order, 1 faults, 2 could not',
  flags: [],
  args: { min: 0, max: 0 },
  run: verifyAll,
}

const log: Command = {
  name: 'audit log',
  synopsis: '',
  summary: 'Prints entries, oldest first.',
  details: PRINTED,
  flags: [{ name: 'format', value: LOG_FORMATS.join('|'), help: 'how they are printed (default: text)' }, ...WHICH],
  args: { min: 0, max: 0 },
  run: (call) => print(call, 'text'),
}

const exportLog: Command = {
  name: 'audit export',
  synopsis: '',
  summary: 'Prints entries for another program, oldest first.',
  details: PRINTED,
  flags: [{ name: 'format', value: LOG_FORMATS.join('|'), help: 'how they are printed (default: json)' }, ...WHICH],
  args: { min: 0, max: 0 },
  run: (call) => print(call, 'json'),
}

const checkpoint: Command = {
  name: 'audit checkpoint',
  synopsis: '',
  summary: 'Signs everything up to now, as `sealward sign` does.',
  details: `
Without -k the key is the one that git signs with (gpg.format ssh,
user.signingkey). The checkpoint is a file in .sealward/checkpoints: commit it. It
counts where \`signers\` of sealward.yml lists the key.`,
  flags: [{ name: 'key', short: 'k', value: 'KEYFILE', help: 'an SSH private key, or its public half in the agent' }],
  args: { min: 0, max: 0 },
  run: sign,
}

const archive: Command = {
  name: 'audit archive',
  synopsis: '--before DATE',
  summary: 'Moves the entries of before a day into a file of their own.',
  details: `
It is .sealward/ledger-NUMBER-ID.jsonl: commit it with the ledger. Where branches
are not joined yet, it may move less.`,
  flags: [{ name: 'before', value: 'DATE', help: 'entries of before this day (UTC); needed' }],
  args: { min: 0, max: 0 },
  run: move,
}

const join: Command = {
  name: 'audit join',
  synopsis: '',
  summary: 'Joins what a merge of branches left open; the next entry would.',
  details: `
It also takes out a line that a merge left twice, and puts lines in order. Commit
the ledger then.`,
  flags: [],
  args: { min: 0, max: 0 },
  run: joinBranches,
}

const accept: Command = {
  name: 'audit accept',
  synopsis: 'FINDING --reason TEXT',
  summary: 'Writes down that a finding of verify, or open-failed of `sealward check`, is let pass.',
  details: `
FINDING is unrecorded:ID or unused:ID, as \`audit verify\` names it, or
open-failed:ID, as \`sealward check\` does: unrecorded:0123456789ab.`,
  flags: [{ name: 'reason', value: 'TEXT', help: 'why; needed' }],
  args: { min: 1, max: 1 },
  run: letPass,
}

export const audit: Group = {
  name: 'audit',
  summary: 'The ledger of what was done to encrypted files, in .sealward/ledger.jsonl.',
  verbs: [verify, log, exportLog, checkpoint, archive, join, accept],
}

async function verifyAll({ world }: Call): Promise<number> {
  const { verifyLedger } = await import('../../../tasks/ledger/audit-verify.ts')
  const { printProblems } = await import('../../../core/report/ledger/text.ts')
  const outcome = await verifyLedger(await openAudit(world))
  world.terminal.print(printProblems(outcome.problems))
  const faults = outcome.problems.filter(({ level }) => level === 'fault').length
  const exempted = outcome.exempted > 0 ? `, ${outcome.exempted} let pass` : ''
  const looked = `${entriesIn(outcome.entries)}, ${outcome.covered} of them signed for`
  world.teller.note(
    faults === 0 ? `${looked}: in order${exempted}` : `${looked}: ${amount(faults, 'fault')}${exempted}`,
  )
  return faults === 0 ? 0 : 1
}

async function print(call: Call, standard: Format): Promise<number> {
  const { world } = call
  const { readLog } = await import('../../../tasks/ledger/audit-log.ts')
  const { printLogAs } = await import('../../../core/report/ledger/formats.ts')
  const format = formatOf(call.one('format') ?? standard)
  const since = call.one('since') === undefined ? null : readDay(call.one('since')!, '--since')
  const { entries, sound } = await readLog(
    { since, kinds: call.all('kind').map(kindOf) },
    { ...openLedgerFiles(), ...world },
  )
  world.terminal.print(printLogAs(format, entries))
  if (!sound) world.teller.warn('the ledger has faults: sealward audit verify says which')
  return sound ? 0 : 1
}

async function sign({ one, world }: Call): Promise<number> {
  const { signCheckpoint } = await import('../../../tasks/ledger/audit-write.ts')
  const { openSigning } = await import('../../signing/world.ts')
  const { file, size, fingerprint } = await signCheckpoint(one('key'), { ...openSigning(world), ...openKeeper(world) })
  world.teller.note(`${file}: ${entriesIn(size)} signed with ${fingerprint}; commit it`)
  return 0
}

async function move({ one, world }: Call): Promise<number> {
  const { archiveLedger } = await import('../../../tasks/ledger/audit-write.ts')
  const before = one('before')
  if (before === undefined) throw new SealwardError('usage', 'audit archive needs --before DATE')
  const moved = await archiveLedger(readDay(before, '--before'), openKeeper(world))
  if (moved === null) world.teller.note('there is nothing to move')
  else
    world.teller.note(
      `.sealward/${moved.archive}: up to entry ${moved.through}, ${moved.count} in all archives; commit it`,
    )
  return 0
}

async function joinBranches({ world }: Call): Promise<number> {
  const { joinLedger } = await import('../../../tasks/ledger/audit-write.ts')
  const { id, seq } = await joinLedger(openKeeper(world))
  world.teller.note(`everything leads to entry ${short(id)}, number ${seq}`)
  return 0
}

async function letPass({ args, one, world }: Call): Promise<number> {
  const { acceptFinding } = await import('../../../tasks/ledger/audit-write.ts')
  const reason = one('reason')
  if (reason === undefined) throw new SealwardError('usage', 'audit accept needs --reason TEXT')
  if (!/^(?:unrecorded|unused|open-failed):[0-9a-f]{12}$/.test(args[0]!))
    throw new SealwardError(
      'usage',
      'audit accept takes a finding as audit verify or check names it, such as unrecorded:0123456789ab',
    )
  const { id } = await acceptFinding(args[0]!, reason, openKeeper(world))
  world.teller.note(`let pass by entry ${short(id)}`)
  return 0
}

function entriesIn(count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`
}

function formatOf(given: string): Format {
  const format = LOG_FORMATS.find((name) => name === given)
  if (format === undefined) throw new SealwardError('usage', `--format takes ${LOG_FORMATS.join(', ')}`)
  return format
}

function kindOf(given: string): EventKind {
  const kind = EVENT_KINDS.find((name) => name === given)
  if (kind === undefined)
    throw new SealwardError('usage', '--kind takes the name of an event', {
      hint: `there are ${EVENT_KINDS.join(', ')}`,
    })
  return kind
}
