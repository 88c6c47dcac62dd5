import { SealwardError } from '../../../core/errors.ts'
import { EVENT_KINDS, type EventKind } from '../../../core/ledger/event.ts'
import { short } from '../../../core/ledger/problem.ts'
import { amount } from '../../../core/report/amount.ts'
import { LOG_FORMATS } from '../../../core/report/ledger/formats.ts'
import { openAudit, openKeeper, openLedgerFiles } from '../../audit/world.ts'
import type { Call, Command } from '../../command.ts'
import { readDay } from '../../day-flag.ts'

type Verb = (call: Call) => Promise<number>

const VERBS: Readonly<Record<string, Verb>> = { verify, log, export: log, checkpoint, archive, join, accept }

export const audit: Command = {
  name: 'audit',
  synopsis: 'verify | log | export | checkpoint | archive | join | accept FINDING',
  summary: 'The ledger of what was done to encrypted files, in .sealward/ledger.jsonl.',
  details: `
verify          holds every entry against those it follows, against archives,
                checkpoints and git: needs no key
log, export     prints entries, oldest first; export as JSON where --format
                says nothing
checkpoint      signs everything up to now, as \`sealward sign\` does
archive         moves the entries of before a day into a file of their own
join            joins what a merge of branches left open; the next entry would
accept FINDING  writes down that a finding of verify, or open-failed of sealward
                check, is let pass, and --reason

exit status: 0 in order, 1 faults, 2 could not`,
  flags: [
    { name: 'format', value: LOG_FORMATS.join('|'), help: 'log and export: how entries are printed' },
    { name: 'since', value: 'DATE', help: 'log and export: from this day (UTC) on' },
    { name: 'kind', value: 'KIND', repeat: true, help: 'log and export: only entries of this kind' },
    { name: 'before', value: 'DATE', help: 'archive: entries of before this day (UTC)' },
    { name: 'reason', value: 'TEXT', help: 'accept: why' },
    {
      name: 'key',
      short: 'k',
      value: 'KEYFILE',
      help: 'checkpoint: an SSH private key, or its public half in the agent',
    },
  ],
  args: { min: 1, max: 2 },
  async run(call) {
    const [name = '', finding] = call.args
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name]! : null
    if (verb === null || (finding !== undefined) !== (name === 'accept'))
      throw new SealwardError('usage', `audit takes ${audit.synopsis}`)
    return verb(call)
  },
}

async function verify({ world }: Call): Promise<number> {
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

async function log(call: Call): Promise<number> {
  const { world } = call
  const { readLog } = await import('../../../tasks/ledger/audit-log.ts')
  const { printLogAs } = await import('../../../core/report/ledger/formats.ts')
  const format = formatOf(call)
  const since = call.one('since') === undefined ? null : readDay(call.one('since')!, '--since')
  const { entries, sound } = await readLog(
    { since, kinds: call.all('kind').map(kindOf) },
    { ...openLedgerFiles(), ...world },
  )
  world.terminal.print(printLogAs(format, entries))
  if (!sound) world.teller.warn('the ledger has faults: sealward audit verify says which')
  return sound ? 0 : 1
}

async function checkpoint({ one, world }: Call): Promise<number> {
  const { signCheckpoint } = await import('../../../tasks/ledger/audit-write.ts')
  const { openSigning } = await import('../../signing/world.ts')
  const { file, size, fingerprint } = await signCheckpoint(one('key'), { ...openSigning(world), ...openKeeper(world) })
  world.teller.note(`${file}: ${entriesIn(size)} signed with ${fingerprint}; commit it`)
  return 0
}

async function archive({ one, world }: Call): Promise<number> {
  const { archiveLedger } = await import('../../../tasks/ledger/audit-write.ts')
  const before = one('before')
  if (before === undefined) throw new SealwardError('usage', 'archive needs --before DATE')
  const moved = await archiveLedger(readDay(before, '--before'), openKeeper(world))
  if (moved === null) world.teller.note('there is nothing to move')
  else
    world.teller.note(
      `.sealward/${moved.archive}: up to entry ${moved.through}, ${moved.count} in all archives; commit it`,
    )
  return 0
}

async function join({ world }: Call): Promise<number> {
  const { joinLedger } = await import('../../../tasks/ledger/audit-write.ts')
  const { id, seq } = await joinLedger(openKeeper(world))
  world.teller.note(`everything leads to entry ${short(id)}, number ${seq}`)
  return 0
}

async function accept({ args, one, world }: Call): Promise<number> {
  const { acceptFinding } = await import('../../../tasks/ledger/audit-write.ts')
  const reason = one('reason')
  if (reason === undefined) throw new SealwardError('usage', 'accept needs --reason TEXT')
  if (!/^(?:unrecorded|unused|open-failed):[0-9a-f]{12}$/.test(args[1]!))
    throw new SealwardError(
      'usage',
      'accept takes a finding as audit verify or check names it, such as unrecorded:0123456789ab',
    )
  const { id } = await acceptFinding(args[1]!, reason, openKeeper(world))
  world.teller.note(`let pass by entry ${short(id)}`)
  return 0
}

function entriesIn(count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`
}

function formatOf({ args, one }: Call): (typeof LOG_FORMATS)[number] {
  const given = one('format') ?? (args[0] === 'export' ? 'json' : 'text')
  const format = LOG_FORMATS.find((name) => name === given)
  if (format === undefined) throw new SealwardError('usage', `--format takes ${LOG_FORMATS.join(', ')}`)
  return format
}

function kindOf(given: string): EventKind {
  const kind = EVENT_KINDS.find((name) => name === given)
  if (kind === undefined)
    throw new SealwardError('usage', '--kind is none', { hint: `there are ${EVENT_KINDS.join(', ')}` })
  return kind
}
