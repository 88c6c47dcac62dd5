import { SealwardError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import { fails } from '../../core/policy/scan-match.ts'
import { BASELINE_FILE } from '../../core/scan/allow/baseline.ts'
import type { ScanOutcome } from '../../core/scan/outcome.ts'
import { RULES } from '../../core/scan/rules.ts'
import { scan as scanTask } from '../../tasks/scan.ts'
import { readScanPolicy } from '../../tasks/steps/scan-settings.ts'
import type { Call, Command } from '../command.ts'
import { chooseSources } from '../scan/choose-sources.ts'
import { readFloors } from '../scan/floors.ts'
import { printOutcome } from '../scan/print.ts'

export const scan: Command = {
  name: 'scan',
  synopsis: '[PATH...]',
  summary: 'Finds secrets in files, commits and streams.',
  details: `
Without PATH: the files of this repository (those git knows and those it would add),
as they are on disk. Nothing leaves this machine.

A finding never shows the secret. Allow one with a reason: "sealward:allow RULE REASON"
on its line, an entry in sealward.yml, or the baseline. docs/scanning.md

exit status: 0 nothing found, 1 findings, 2 could not look`,
  flags: [
    { name: 'staged', help: 'what the next commit would publish' },
    { name: 'range', value: 'A..B', help: 'what the commits of a range add, and their messages' },
    { name: 'history', help: 'every version of every file that a branch or tag reaches, and all messages' },
    { name: 'push', value: 'REMOTE', help: 'what a push would publish: the standard input of a pre-push hook' },
    { name: 'stashes', help: 'what is stashed' },
    { name: 'dangling', help: 'what no branch reaches any more' },
    { name: 'stdin', help: 'standard input, however long' },
    { name: 'submodules', help: 'look into submodules that are checked out' },
    { name: 'format', value: 'text|json|sarif|markdown|github', help: 'how to print it (default: text)' },
    { name: 'output', short: 'o', value: 'FILE', help: 'print it to a file' },
    { name: 'explain', help: 'say why each is a finding, and what was allowed' },
    { name: 'fail-on', value: 'SEVERITY[,CONFIDENCE]', help: 'exit with 1 only for findings of this weight or more' },
    { name: 'baseline', value: 'FILE', help: `what was there before (default: ${BASELINE_FILE})` },
    { name: 'update-baseline', help: 'put what is found into the baseline; needs --reason' },
    { name: 'reason', value: 'TEXT', help: 'why that may stay' },
    { name: 'jobs', short: 'j', value: 'N', help: 'threads (default: one a processor, 8 at most)' },
  ],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const { openScanner } = await import('../scan/world.ts')
    const world = await openScanner(call.args, { threads: readJobs(call), teller: call.world.teller })
    try {
      const policy = await readScanPolicy(`${world.root}/x`, world.configs)
      const floors = readFloors(call.one('fail-on'), policy)
      const chosen = await chooseSources(call, world.sources)
      const outcome = await scanTask(
        {
          ...chosen,
          settings: {
            policy,
            rules: RULES,
            baselineFile: call.one('baseline') ?? `${world.root}/${BASELINE_FILE}`,
            baselineRequired: call.one('baseline') !== undefined && !call.has('update-baseline'),
          },
          update: readUpdate(call),
        },
        world,
      )
      const shown = withPaths(outcome, world.shown)
      await printOutcome(shown, { call, floors })
      if (call.has('update-baseline')) return 0
      return shown.findings.some((finding) => fails({ failOn: floors }, finding)) ? 1 : 0
    } finally {
      world.close()
    }
  },
}

function readJobs(call: Call): number | null {
  const text = call.one('jobs')
  if (text === undefined) return null
  if (!/^\d{1,2}$/.test(text)) throw new SealwardError('usage', '--jobs takes a number up to 99')
  return Number(text)
}

function readUpdate(call: Call): { readonly reason: string } | null {
  const reason = call.one('reason')
  if (!call.has('update-baseline')) {
    if (reason !== undefined) throw new SealwardError('usage', '--reason goes with --update-baseline')
    return null
  }
  if (reason === undefined || reason.trim() === '')
    throw new SealwardError('usage', '--update-baseline needs --reason', {
      hint: 'whoever reads the baseline wants to know why these may stay',
    })
  return { reason }
}

/** Paths as they are typed where the person stands. */
function withPaths(outcome: ScanOutcome, shown: (file: string) => string): ScanOutcome {
  const of = (finding: Finding): Finding => ({
    ...finding,
    file: finding.origin === undefined ? shown(finding.file) : finding.file,
  })
  return {
    ...outcome,
    findings: outcome.findings.map(of),
    allowed: outcome.allowed.map(({ finding, reason }) => ({ finding: of(finding), reason })),
    cut: outcome.cut.map(({ file, why }) => ({ file: file === '.' ? file : shown(file), why })),
  }
}
