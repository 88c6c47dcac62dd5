import { SealwardError } from '../../core/errors.ts'
import type { TextManner } from '../../core/report/scan/text.ts'
import type { ScanOutcome } from '../../core/scan/outcome.ts'
import { VERSION } from '../../core/version.ts'
import type { Call } from '../command.ts'

const FORMATS = ['text', 'json', 'sarif', 'markdown', 'github'] as const
export type Format = (typeof FORMATS)[number]

/** @throws SealwardError usage */
export function readFormat(text = 'text'): Format {
  const format = FORMATS.find((one) => one === text)
  if (format === undefined) throw new SealwardError('usage', `--format takes ${FORMATS.join(', ')}`)
  return format
}

/**
 * Prints a scan's outcome, to a file or to standard output. Wherever it goes, a person reads on standard error how much was looked at: a
 * file without findings does not tell.
 *
 * @throws SealwardError io
 */
export async function printOutcome(outcome: ScanOutcome, format: Format, call: Call): Promise<void> {
  const text = await render(outcome, format, call)
  const output = call.one('output')
  if (output === undefined) call.world.terminal.print(text)
  else await call.world.files.write(output, Buffer.from(text), { mode: 0o644 })
  if (output !== undefined || format !== 'text') call.world.teller.note(await summaryOf(outcome))
}

/** The last line of the text. */
async function summaryOf(outcome: ScanOutcome): Promise<string> {
  const { printScan } = await import('../../core/report/scan/text.ts')
  const text = printScan(outcome, { explain: false, paint: (_, words) => words })
  return text.trimEnd().split('\n').at(-1)!
}

async function render(outcome: ScanOutcome, format: Format, { has, world, one }: Call): Promise<string> {
  switch (format) {
    case 'text': {
      const { printScan } = await import('../../core/report/scan/text.ts')
      const paint: TextManner['paint'] = one('output') === undefined ? world.terminal.paint : (_, words) => words
      return printScan(outcome, {
        explain: has('explain'),
        unpublished: has('staged') || one('push') !== undefined,
        paint,
      })
    }
    case 'json':
      return (await import('../../core/report/scan/json/json.ts')).printScanJson(outcome, VERSION)
    case 'markdown':
      return (await import('../../core/report/scan/markdown/markdown.ts')).printScanSummary(outcome, null)
    case 'github':
      return printCommands(outcome)
    case 'sarif':
      return (await import('../../core/report/scan/sarif/sarif-document.ts')).printSarifOf(outcome, VERSION)
  }
}

async function printCommands(outcome: ScanOutcome): Promise<string> {
  const { annotate } = await import('../../core/report/scan/annotations.ts')
  const { printCommand } = await import('../../core/report/workflow-command.ts')
  return annotate(outcome.findings)
    .map(({ type, message, ...properties }) => printCommand(type, message, properties))
    .join('')
}
