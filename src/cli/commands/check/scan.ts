import { SealwardError } from '../../../core/errors.ts'
import type { Finding } from '../../../core/finding.ts'
import { readFloors } from '../../../core/policy/floors.ts'
import { fails } from '../../../core/policy/scan/scan-match.ts'
import { BASELINE_FILE } from '../../../core/scan/allow/baseline-file.ts'
import { rulesFor } from '../../../core/scan/custom/rules-for.ts'
import type { ScanOutcome } from '../../../core/scan/outcome.ts'
import { rulesOfOwn } from '../../../core/scan/own/rules-of-own.ts'
import { scan as scanTask } from '../../../tasks/scan/scan.ts'
import { policyFor } from '../../../tasks/steps/policy-for.ts'
import type { ScanSettings } from '../../../tasks/steps/scan/settings.ts'
import { type Call, type Command, IDENTITY } from '../../command.ts'
import { ISSUER } from '../../issuers/flag.ts'
import { chooseSources } from '../../scan/choose-sources.ts'
import { ownSecretsFor } from '../../scan/own-secrets.ts'
import { printOutcome, readFormat } from '../../scan/print.ts'
import { digestOf, readResume } from '../../scan/resume.ts'
import { verifierFor } from '../../scan/verify.ts'

export const scan: Command = {
  name: 'scan',
  synopsis: '[PATH...]',
  summary: 'Finds secrets in files, commits and streams.',
  details: `
Without PATH: the files of this repository (those git knows and those it would add),
as they are on disk, from its top. Nothing leaves this machine without --verify.

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
    { name: 'archives', help: 'look into zip, tar and gz, and into what is one of them by another name' },
    { name: 'resume', value: 'FILE', help: 'with --history: keep there how far it has come, and go on from there' },
    { name: 'format', value: 'text|json|sarif|markdown|github', help: 'how to print it (default: text)' },
    { name: 'output', short: 'o', value: 'FILE', help: 'print it to a file' },
    { name: 'explain', help: 'say why each is a finding, and what was allowed' },
    {
      name: 'fail-on',
      value: 'SEVERITY[,CONFIDENCE]|never',
      help: 'exit with 1 only for findings of this weight or more',
    },
    { name: 'baseline', value: 'FILE', help: `what was there before (default: ${BASELINE_FILE})` },
    { name: 'update-baseline', help: 'put what is found into the baseline; needs --reason' },
    { name: 'reason', value: 'TEXT', help: 'why that may stay' },
    { name: 'own-secrets', help: 'look for the values of encrypted files too, in any form; needs a key' },
    { name: 'update-fingerprints', help: 'write by what those are found without a key; needs a key' },
    IDENTITY,
    { name: 'verify', help: 'send what is found to its own issuer, to learn whether it works; docs/verification.md' },
    ISSUER,
    { name: 'jobs', short: 'j', value: 'N', help: 'threads (default: one a processor, 8 at most)' },
  ],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const format = readFormat(call.one('format'))
    const [threads, update] = [readJobs(call), readUpdate(call)]
    const archives = call.has('archives')
    const resumeFile = readResume(call)
    const verifier = await verifierFor(call)
    const { openScanner } = await import('../../scan/world.ts')
    const world = await openScanner(call.args, { threads, archives, teller: call.world.teller })
    try {
      const policy = (await policyFor(`${world.root}/x`, world.configs))?.policy ?? null
      const floors = readFloors({ text: call.one('fail-on'), name: '--fail-on' }, policy)
      const { shownFrom, ...chosen } = await chooseSources(call, world.sources)
      const own = policy === null ? null : { file: policy.file, rules: policy.scan.rules }
      const secrets = await ownSecretsFor(call, world)
      const rules = [...(await rulesFor(own)), ...(await rulesOfOwn(secrets))]
      const settings = { ...settingsOf(call, world.root), policy, rules }
      const lookers = world.lookersFor(rules, own, secrets)
      const resume =
        resumeFile === null ? null : { file: resumeFile, rules: digestOf({ policy, archives, secrets }, world) }
      const outcome = await scanTask(
        { ...chosen, settings, update, archives, resume },
        { ...world, ...verifier, lookers },
      )
      // Other programs know files from the top of the repository.
      const shown = shownFrom === 'here' && format === 'text' ? world.shown : (file: string) => file
      await printOutcome(withPaths(outcome, { shown, root: world.root }), format, call)
      if (update !== null) return 0
      return outcome.findings.some((finding) => fails({ failOn: floors }, finding)) ? 1 : 0
    } finally {
      world.close()
    }
  },
}

function settingsOf(call: Call, root: string): Omit<ScanSettings, 'policy' | 'rules'> {
  const named = call.one('baseline')
  return {
    baselineFile: named ?? `${root}/${BASELINE_FILE}`,
    baselineRequired: named !== undefined && !call.has('update-baseline'),
  }
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

/** Files by the names that the reader knows them by. What is in history only, and the files of settings, have none here. */
function withPaths(
  outcome: ScanOutcome,
  { shown, root }: { readonly root: string; shown(file: string): string },
): ScanOutcome {
  const of = (finding: Finding): Finding => ({
    ...finding,
    file: finding.origin === undefined ? shown(finding.file) : finding.file,
  })
  const below = (file: string) => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file)
  return {
    ...outcome,
    findings: outcome.findings.map(of),
    allowed: outcome.allowed.map(({ finding, reason }) => ({ finding: of(finding), reason })),
    stale: outcome.stale.map((allowance) => ({ ...allowance, file: shown(below(allowance.file)) })),
    cut: outcome.cut.map(({ file, why }) => ({ file: file === '.' ? file : shown(file), why })),
  }
}
