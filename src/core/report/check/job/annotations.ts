import { byUrgency, type CheckReport, type Judged, type Level } from '../../../check/judged.ts'
import { type Annotation, annotationsWithin } from '../../annotation.ts'
import { printable } from '../../printable.ts'
import { shorten } from '../../scan/amounts.ts'
import { sayLevels } from '../words.ts'

const TYPES: Readonly<Record<Exclude<Level, 'ok'>, Annotation['type']>> = {
  overdue: 'error',
  critical: 'error',
  late: 'warning',
  due: 'notice',
}

/** What has to be done as annotations on the lines of the files, at most ten of a type; what could not be looked at has none. */
export function annotateCheck({ judged }: CheckReport): Annotation[] {
  const open = judged.filter(({ level }) => level !== 'ok').toSorted(byUrgency)
  return annotationsWithin(open.map(annotationOf), (shown) => ({
    type: 'notice',
    title: `sealward: ${sayLevels(open)}`,
    message: `Annotated here: ${shown}. The log and the job summary have more.`,
  }))
}

function annotationOf({ level, name, rule, place, message, advice }: Judged): Annotation {
  const text = `${shorten(name)} ${shorten(message, 500)}.${advice === '' ? '' : ` ${shorten(advice, 500)}`}`
  return {
    type: TYPES[level as Exclude<Level, 'ok'>],
    ...(place === null ? {} : { file: place.file, ...(place.line === undefined ? {} : { line: place.line }) }),
    title: `sealward: ${printable(shorten(rule))} (${level})`,
    message: printable(text),
  }
}
