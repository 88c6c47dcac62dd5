import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printPrometheus } from '../../../../src/core/report/check/prometheus/print.ts'
import { AT, anyReport, CERTIFICATE, day, HOSTILE, hostile, judged, NOTHING, REPORT } from './report.ts'

/** The text format 0.0.4 (prometheus.io, exposition formats); promtool took the same hostile names when this was made (2.42). */
const LABEL = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"`
const SAMPLE = new RegExp(String.raw`^([a-z]\w*)(\{${LABEL}(?:,${LABEL})*\})? -?\d+$`)

function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>()
  let family = ''
  expect(text.endsWith('\n')).toBe(true)
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE (\w+) gauge$/.exec(line)
    if (type !== null) family = type[1]!
    if (line.startsWith('# ')) continue
    expect(line).toMatch(SAMPLE)
    expect(SAMPLE.exec(line)![1]).toBe(family)
    const at = line.lastIndexOf(' ')
    expect(samples.has(line.slice(0, at))).toBe(false)
    samples.set(line.slice(0, at), Number(line.slice(at + 1)))
  }
  return samples
}

describe('metrics', () => {
  const samples = samplesOf(printPrometheus(REPORT))
  const labels = `{subject_CN="www.example.org",filename="www.pem",filepath="certs/www.pem"}`

  it('name certificates as x509-certificate-exporter does', () => {
    expect(samples.get(`x509_cert_not_after${labels}`)).toBe(CERTIFICATE.end!.getTime() / 1000)
    expect(samples.get(`x509_cert_not_before${labels}`)).toBe(CERTIFICATE.since!.getTime() / 1000)
    expect(samples.get(`x509_cert_expired${labels}`)).toBe(0)
    const over = { ...REPORT, at: day('2026-12-01') }
    expect(samplesOf(printPrometheus(over)).get(`x509_cert_expired${labels}`)).toBe(1)
  })

  it('name revocation lists as it does', () => {
    const crl = `{issuer_CN="Example Issuing CA 3",filename="issuing.crl",filepath="certs/issuing.crl"}`
    expect(samples.get(`x509_crl_next_update${crl}`)).toBe(day('2026-11-23').getTime() / 1000)
    expect(samples.get(`x509_crl_this_update${crl}`)).toBe(day('2026-11-09').getTime() / 1000)
    expect(samples.get(`x509_crl_stale${crl}`)).toBe(0)
  })

  it('have everything under sealward_, and when it was judged', () => {
    expect(samples.get('sealward_check_timestamp_seconds')).toBe(AT.getTime() / 1000)
    expect(samples.get('sealward_check_items{level="late"}')).toBe(2)
    expect(samples.get('sealward_check_notes')).toBe(2)
    const levels = [...samples].filter(([series]) => series.startsWith('sealward_level{'))
    expect(levels).toHaveLength(6)
    expect(levels.find(([series]) => series.includes('"DATABASE_PASSWORD"'))?.[1]).toBe(4)
    expect(samplesOf(printPrometheus(NOTHING)).get('sealward_check_items{level="overdue"}')).toBe(0)
  })

  it('are one series for several questions about a certificate, and two for two certificates of one subject', () => {
    const series = (...all: (typeof CERTIFICATE)[]) =>
      [...samplesOf(printPrometheus({ ...REPORT, judged: all })).keys()].filter((one) =>
        one.startsWith('x509_cert_not_after'),
      )
    expect(series(CERTIFICATE, judged({ ...CERTIFICATE, rule: 'weak-key' }))).toEqual([`x509_cert_not_after${labels}`])
    const both = series(CERTIFICATE, judged({ ...CERTIFICATE, since: day('2026-11-20'), end: day('2027-02-18') }))
    expect(both).toHaveLength(2)
    for (const one of both) expect(one).toMatch(/,discriminator="[0-9a-f]{8}"\}$/)
  })

  it('take the common name out of a whole subject', () => {
    const whole = judged({ ...CERTIFICATE, name: 'O=Example, CN=www.example.org, C=NL' })
    expect(printPrometheus({ ...REPORT, judged: [whole] })).toContain(`x509_cert_not_after${labels}`)
  })

  it('keep to the format whatever names hold, and add no series', () => {
    expect(printPrometheus(hostile(HOSTILE))).not.toContain('##[')
    expect([...samplesOf(printPrometheus(hostile(HOSTILE))).keys()].join('\n')).not.toMatch(/^evil/m)
    fc.assert(fc.property(anyReport, (report) => void samplesOf(printPrometheus(report))))
  })
})
