import { SealwardError } from '../../core/errors.ts'
import type { ScanPolicy } from '../../core/policy/scan-policy.ts'
import type { ScanOutcome } from '../../core/scan/outcome.ts'
import type { Call } from '../command.ts'
import { VERSION } from '../version.ts'

const FORMATS = ['text', 'json', 'sarif', 'markdown', 'github'] as const
type Format = (typeof FORMATS)[number]

interface Manner {
  readonly call: Call
  readonly floors: ScanPolicy['failOn']
}

/**
 * Prints a scan's outcome in the format that was asked for, to a file or to standard output.
 *
 * @throws SealwardError usage, io
 */
export async function printOutcome(outcome: ScanOutcome, { call }: Manner): Promise<void> {
  const format = readFormat(call.one('format'))
  const text = await render(outcome, format, call)
  const output = call.one('output')
  if (output === undefined) call.world.terminal.print(text)
  else await call.world.files.write(output, Buffer.from(text), { mode: 0o644 })
}

function readFormat(text = 'text'): Format {
  const format = FORMATS.find((one) => one === text)
  if (format === undefined) throw new SealwardError('usage', `--format takes ${FORMATS.join(', ')}`)
  return format
}

async function render(outcome: ScanOutcome, format: Format, { has, world, one }: Call): Promise<string> {
  switch (format) {
    case 'text': {
      const { printScan } = await import('../../core/report/scan/text.ts')
      const plain = one('output') !== undefined || !world.terminal.interactive
      return printScan(outcome, {
        explain: has('explain'),
        paint: (colour, text) => (plain ? text : world.terminal.colour(colour, text)),
      })
    }
    case 'json':
      return (await import('../../core/report/scan/json.ts')).printScanJson(outcome, VERSION)
    case 'markdown':
      return (await import('../../core/report/scan/markdown.ts')).printScanSummary(outcome, null)
    case 'github':
      return printCommands(outcome)
    case 'sarif':
      return printAsSarif(outcome)
  }
}

async function printAsSarif(outcome: ScanOutcome): Promise<string> {
  const { printSarif } = await import('../../core/report/scan/sarif.ts')
  const { publishedFingerprints } = await import('../../core/scan/published-fingerprint.ts')
  const { describe } = await import('../../core/scan/all-rules.ts')
  const fingerprints = publishedFingerprints(outcome.findings)
  return printSarif({
    findings: outcome.findings.map((finding, index) => ({ finding, fingerprint: fingerprints[index]! })),
    allowed: [],
    cut: outcome.cut,
    category: 'sealward',
    version: VERSION,
    describe,
  })
}

async function printCommands(outcome: ScanOutcome): Promise<string> {
  const { annotate } = await import('../../core/report/scan/annotations.ts')
  const { printCommand } = await import('../../core/report/workflow-command.ts')
  return annotate(outcome.findings)
    .map(({ type, message, ...properties }) => printCommand(type, message, properties))
    .join('')
}
