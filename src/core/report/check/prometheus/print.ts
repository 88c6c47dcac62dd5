import type { CheckReport, Judged } from '../../../check/judged.ts'
import { LEVELS } from '../../../check/judged.ts'
import { countEach } from '../words.ts'
import { type Family, type Labels, printFamily, type Sample, secondsOf } from './format.ts'
import { x509Families } from './x509.ts'

/**
 * A check's whole answer for Prometheus, as a file for the textfile collector of node_exporter: everything under `sealward_`, certificates
 * and CRLs under the names of x509-certificate-exporter too. Times are Unix time in seconds. Ends with a line end.
 */
export function printPrometheus(report: CheckReport): string {
  return [...wholeFamilies(report), ...ownFamilies(report.judged), ...x509Families(report)].map(printFamily).join('')
}

function wholeFamilies({ judged, notes, at }: CheckReport): Family[] {
  const counts = countEach(judged)
  return [
    {
      name: 'sealward_check_timestamp_seconds',
      help: 'When everything was judged: what is older than the schedule means that it does not run.',
      samples: [{ labels: {}, value: secondsOf(at) }],
    },
    {
      name: 'sealward_check_items',
      help: 'How many things of each level there are.',
      samples: LEVELS.map((level) => ({ labels: { level }, value: counts[level] })),
    },
    {
      name: 'sealward_check_notes',
      help: 'How much could not be looked at whole.',
      samples: [{ labels: {}, value: notes.length }],
    },
  ]
}

function ownFamilies(judged: readonly Judged[]): Family[] {
  const dates = (member: 'since' | 'due' | 'end') => seriesOf(judged, (one) => one[member] && secondsOf(one[member]))
  return [
    {
      name: 'sealward_level',
      help: 'How urgent it is: 0 ok, 1 due, 2 late, 3 critical, 4 overdue.',
      samples: seriesOf(judged, ({ level }) => LEVELS.indexOf(level)),
    },
    {
      name: 'sealward_since_timestamp_seconds',
      help: 'The last change or the first day of validity, or a day on which it was at least that old.',
      samples: dates('since'),
    },
    { name: 'sealward_due_timestamp_seconds', help: 'When it should be done.', samples: dates('due') },
    {
      name: 'sealward_end_timestamp_seconds',
      help: 'When it stops working, or counts as overdue.',
      samples: dates('end'),
    },
  ]
}

function seriesOf(judged: readonly Judged[], measure: (one: Judged) => number | null): Sample[] {
  return judged.flatMap((one) => {
    const value = measure(one)
    return value === null ? [] : [{ labels: labelsOf(one), value }]
  })
}

function labelsOf({ id, kind, rule, name, environment, place }: Judged): Labels {
  return { id, kind, rule, name, environment: environment ?? '', file: place?.file ?? '' }
}
