import type { CheckReport } from '../../core/check/judged.ts'
import { SealwardError } from '../../core/errors.ts'
import { FILE_FORMATS, printCheckAs } from '../../core/report/check/formats.ts'
import type { CheckManner } from '../../core/report/check/text.ts'
import { VERSION } from '../../core/version.ts'
import type { Call } from '../command.ts'

const FORMATS = ['text', ...FILE_FORMATS] as const
export type CheckFormat = (typeof FORMATS)[number]

/** Wider lines are not read. */
const WIDEST = 140

/** @throws SealwardError usage */
export function readFormat(text = 'text'): CheckFormat {
  const format = FORMATS.find((one) => one === text)
  if (format === undefined) throw new SealwardError('usage', `--format takes ${FORMATS.join(', ')}`)
  return format
}

/**
 * Prints a report, to a file or to standard output. Wherever it goes, a person reads its last sentence on the terminal.
 *
 * @throws SealwardError io
 */
export async function printReport(report: CheckReport, format: CheckFormat, call: Call): Promise<void> {
  const text = await render(report, format, call)
  const output = call.one('output')
  if (output === undefined) call.world.terminal.print(text)
  else await call.world.files.write(output, Buffer.from(text), { mode: 0o644 })
  if (output !== undefined || format !== 'text') {
    const { summariseCheck } = await import('../../core/report/check/text.ts')
    call.world.teller.note(summariseCheck(report, call.world.terminal.colour))
  }
}

async function render(report: CheckReport, format: CheckFormat, call: Call): Promise<string> {
  if (format === 'text') return (await import('../../core/report/check/text.ts')).printCheck(report, mannerOf(call))
  return printCheckAs(format, report, { version: VERSION, pages: null })
}

function mannerOf({ has, one, world: { terminal } }: Call): CheckManner {
  const toFile = one('output') !== undefined
  return {
    all: has('all'),
    explain: has('explain'),
    width: toFile ? 80 : Math.min(terminal.columns, WIDEST),
    paint: toFile ? (_, words) => words : terminal.paint,
  }
}
