import { failsCheck } from '../../../core/check/fail-on.ts'
import { SealwardError } from '../../../core/errors.ts'
import { isOfCalendar } from '../../../core/policy/schema-parts.ts'
import { hideNames } from '../../../core/report/check/names.ts'
import { check as checkTask } from '../../../tasks/check/check.ts'
import { printReport, readFormat } from '../../check/print.ts'
import { openCheck } from '../../check/world.ts'
import { type Call, type Command, IDENTITY } from '../../command.ts'
import { ISSUER, readIssuers } from '../../issuers/flag.ts'

const FAIL_ON = ['never', 'overdue', 'due'] as const
const NAMES = ['full', 'hashed', 'none'] as const

export const check: Command = {
  name: 'check',
  synopsis: '[PATH...]',
  summary: 'Says what is due: secrets, certificates, and the keys of people.',
  details: `
Without PATH: everything in this repository. Ages come from git history, ends from
the values themselves, from certificates and from sealward.yml. Without a key ages
are bounds, and nothing is read out of values. Nothing leaves this machine; with
--endpoints the servers in sealward.yml are asked for their certificates, and the
authorities of these for their revocation lists; with --probes issuers are asked
about their own secrets.

sealward.yml says what is asked; without one, defaults count. docs/check.md

exit status: 0 nothing that --fail-on is about, 1 something is, 2 could not look`,
  flags: [
    { name: 'format', value: 'text|json|sarif|markdown|html|prometheus|csv', help: 'how to print it (default: text)' },
    { name: 'output', short: 'o', value: 'FILE', help: 'print it to a file' },
    { name: 'all', help: 'list what is in order too (text; other formats always do, but sarif and markdown)' },
    { name: 'explain', help: 'say why, and which entry or default decided (text)' },
    {
      name: 'fail-on',
      value: 'never|overdue|due',
      help: 'what to exit with 1 for (default: as sealward.yml says, else overdue)',
    },
    {
      name: 'names',
      value: 'full|hashed|none',
      help: 'what to call things (default: as sealward.yml says, else full)',
    },
    { name: 'environment', short: 'e', value: 'NAME', help: 'only the files of this environment' },
    { name: 'endpoints', help: 'ask the servers of sealward.yml too, over the network' },
    { name: 'probes', help: 'send secrets to the issuers that sealward.yml names, to learn when they end' },
    ISSUER,
    { name: 'at', value: 'DATE', help: 'judge as if it were that day (2027-01-31), or that moment (UTC)' },
    IDENTITY,
  ],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const format = readFormat(call.one('format'))
    const [failOn, names] = [choice(call, 'fail-on', FAIL_ON), choice(call, 'names', NAMES)]
    const now = readMoment(call.one('at')) ?? call.world.clock.now()
    const { world, inside } = await openCheck(call.world, {
      endpoints: call.has('endpoints'),
      issuers: issuersOf(call),
    })
    const request = { paths: call.args.map(inside), environment: call.one('environment') ?? null, now }
    const { report, settings } = await checkTask(request, world)
    await printReport(hideNames(report, names ?? settings.names ?? 'full'), format, call)
    return failsCheck(report, failOn ?? settings.failOn) ? 1 : 0
  },
}

/** @returns null where nobody is to be asked; throws SealwardError usage */
function issuersOf(call: Call): Readonly<Record<string, string>> | null {
  const bases = readIssuers(call)
  if (call.has('probes')) return bases
  if (Object.keys(bases).length > 0) throw new SealwardError('usage', '--issuer goes with --probes')
  return null
}

/** @throws SealwardError usage */
function choice<const Choice extends string>({ one }: Call, flag: string, choices: readonly Choice[]): Choice | null {
  const text = one(flag)
  const found = choices.find((candidate) => candidate === text)
  if (text !== undefined && found === undefined)
    throw new SealwardError('usage', `--${flag} takes ${choices.join(', ')}`)
  return found ?? null
}

/** @returns the first moment of a day; throws SealwardError usage for what is no date */
function readMoment(text: string | undefined): Date | null {
  if (text === undefined) return null
  const [, day, time = 'T00:00:00Z'] = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}Z)?$/.exec(text) ?? []
  const moment = new Date(`${day}${time}`)
  if (day === undefined || !isOfCalendar(day) || Number.isNaN(moment.getTime()))
    throw new SealwardError('usage', '--at takes a date like 2027-01-31, or a moment like 2027-01-31T12:00:00Z')
  return moment
}
