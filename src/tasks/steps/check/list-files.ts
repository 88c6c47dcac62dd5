import type { CheckNote } from '../../../core/check/judged.ts'
import { SealwardError } from '../../../core/errors.ts'
import { means } from '../../../core/glob/means.ts'
import type { ScanSource } from '../../world/scan/source.ts'
import { USUAL_NAMES } from '../usual-names.ts'

/** The files that are in question. */
export interface ListedFiles {
  readonly paths: readonly string[]
  /** Those that are encrypted by what they are called. */
  readonly sealed: readonly string[]
  /** Those that somebody named and that are called otherwise: whether they are encrypted shows inside. */
  readonly named: readonly string[]
  readonly notes: readonly CheckNote[]
}

/**
 * Lists the files of a repository. A link is none: what it leads to is listed by its own path.
 *
 * @param asked files, and folders for what is below them; empty for everything
 * @throws SealwardError not-found where one of them is nothing of the repository; and what the source throws
 */
export async function listFiles(source: ScanSource, asked: readonly string[]): Promise<ListedFiles> {
  const [paths, absent]: [string[], string[]] = [[], []]
  for await (const step of source.steps()) {
    if (step.kind !== 'place' || step.link === true || step.rawPath !== undefined || !isAsked(step.path, asked))
      continue
    if (step.id === undefined) paths.push(step.path)
    else absent.push(step.path)
  }
  const missing = asked.find((one) => !paths.some((path) => isBelow(path, one)))
  if (missing !== undefined)
    throw new SealwardError('not-found', 'no file of the repository is there', {
      file: missing,
      hint: 'what .gitignore names is none of its files',
    })
  const sealed = paths.filter(isUsual)
  const named = paths.filter((path) => asked.includes(path) && !isUsual(path))
  return { paths, sealed, named, notes: absent.filter(isUsual).map(noteOnAbsent) }
}

function isAsked(path: string, asked: readonly string[]): boolean {
  return asked.length === 0 || asked.some((one) => isBelow(path, one))
}

function isBelow(path: string, asked: string): boolean {
  return asked === '' || path === asked || path.startsWith(`${asked}/`)
}

function isUsual(path: string): boolean {
  return USUAL_NAMES.some((glob) => means(glob, path))
}

function noteOnAbsent(file: string): CheckNote {
  return { message: 'a sparse checkout leaves it out, so it is not looked at', place: { file } }
}
