import type { CheckReport } from '../../check/judged.ts'
import type { SourcePages } from '../scan/markdown/markdown.ts'

/** What a report can be written to a file as. */
export const FILE_FORMATS = ['json', 'sarif', 'markdown', 'html', 'prometheus', 'csv'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

export interface FileManner {
  /** Sealward's own. */
  readonly version: string
  /** Where files can be seen; null where there is no page to link to. */
  readonly pages: SourcePages | null
}

const ENDINGS: Readonly<Record<string, FileFormat>> = {
  json: 'json',
  sarif: 'sarif',
  md: 'markdown',
  html: 'html',
  prom: 'prometheus',
  csv: 'csv',
}

/** The endings that say a format, for messages. */
export const FILE_ENDINGS: readonly string[] = Object.keys(ENDINGS).map((ending) => `.${ending}`)

/** @returns the format that a file's ending says; null for another ending */
export function formatOfFile(path: string): FileFormat | null {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending]! : null
}

/** Each rendering is loaded when it is asked for. @returns a check's whole answer in a format; ends with a line end */
export async function printCheckAs(format: FileFormat, report: CheckReport, manner: FileManner): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('./json.ts')).printCheckJson(report, manner.version)
    case 'sarif':
      return (await import('./sarif.ts')).printCheckSarif(report, manner.version)
    case 'markdown': {
      const { printCheckMarkdown, SUMMARY_ROOM } = await import('./markdown.ts')
      return printCheckMarkdown(report, { pages: manner.pages, room: SUMMARY_ROOM })
    }
    case 'html':
      return (await import('./html/print.ts')).printCheckHtml(report, manner)
    case 'prometheus':
      return (await import('./prometheus/print.ts')).printPrometheus(report)
    case 'csv':
      return (await import('./csv.ts')).printCheckCsv(report)
  }
}
