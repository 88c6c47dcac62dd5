import { createHash } from 'node:crypto'
import type { CheckReport, Judged } from '../../../check/judged.ts'
import { type Family, type Labels, printLabels, type Sample, secondsOf } from './format.ts'

/**
 * Certificates and CRLs under the names that x509-certificate-exporter 4 gives them, so that its dashboards and alerts work. Of its labels
 * those that are known here: an absent label means the same as the empty one that it writes.
 */
export function x509Families({ judged, at }: CheckReport): Family[] {
  const now = at.getTime()
  const certificates = distinct(judged.filter(isDated('certificate')), certificateLabels)
  const crls = distinct(judged.filter(isDated('crl')), crlLabels)
  const isOver = ({ end }: Dated) => Number(end.getTime() < now)
  return [
    { name: 'x509_cert_not_after', help: 'The last moment of a certificate.', samples: measure(certificates, endOf) },
    {
      name: 'x509_cert_not_before',
      help: 'The first moment of a certificate.',
      samples: measure(certificates, sinceOf),
    },
    { name: 'x509_cert_expired', help: '1 when a certificate has expired.', samples: measure(certificates, isOver) },
    { name: 'x509_crl_next_update', help: 'When the next revocation list is due.', samples: measure(crls, endOf) },
    { name: 'x509_crl_this_update', help: 'When a revocation list was issued.', samples: measure(crls, sinceOf) },
    { name: 'x509_crl_stale', help: '1 when the next revocation list is late.', samples: measure(crls, isOver) },
  ]
}

type Dated = Judged & { readonly end: Date }

/** A certificate and the labels of its series. */
interface Series {
  readonly one: Dated
  readonly labels: Labels
}

function isDated(kind: Judged['kind']): (judged: Judged) => judged is Dated {
  return (judged): judged is Dated => judged.kind === kind && judged.end !== null
}

/**
 * Several questions about one certificate are one series. Two certificates that share their labels are told apart by a `discriminator`, as
 * the exporter does it: a bundle may hold the same subject twice while one is rolled over.
 */
function distinct(dated: readonly Dated[], labelsOf: (one: Dated) => Labels): Series[] {
  const lives = new Map<string, Series & { readonly key: string }>()
  for (const one of dated) {
    const labels = labelsOf(one)
    const key = printLabels(labels)
    const life = `${key} ${one.since?.getTime()} ${one.end.getTime()}`
    if (!lives.has(life)) lives.set(life, { one, labels, key })
  }
  const counts = new Map<string, number>()
  for (const { key } of lives.values()) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...lives].map(([life, { one, labels, key }]) => {
    if (counts.get(key) === 1) return { one, labels }
    const discriminator = createHash('sha256').update(life).digest('hex').slice(0, 8)
    return { one, labels: { ...labels, discriminator } }
  })
}

function measure(all: readonly Series[], take: (one: Dated) => number | null): Sample[] {
  return all.flatMap(({ one, labels }) => {
    const value = take(one)
    return value === null ? [] : [{ labels, value }]
  })
}

function endOf({ end }: Dated): number {
  return secondsOf(end)
}

/** A bound is no first moment. */
function sinceOf({ since, sinceIsExact }: Dated): number | null {
  return since !== null && sinceIsExact ? secondsOf(since) : null
}

function certificateLabels(one: Dated): Labels {
  return { subject_CN: commonNameOf(one.name), ...fileLabels(one) }
}

function crlLabels(one: Dated): Labels {
  return { issuer_CN: commonNameOf(one.name), ...fileLabels(one) }
}

function fileLabels({ place }: Dated): Labels {
  const filepath = place?.file ?? ''
  return { filename: filepath.slice(filepath.lastIndexOf('/') + 1), filepath }
}

/** A subject may be written whole (`CN=example.org, O=Example`); the label holds its common name alone. */
function commonNameOf(name: string): string {
  return /(?:^|, ?|\/)CN ?= ?([^,/]+)/.exec(name)?.[1] ?? name
}
