import type { Finding } from '../../../finding.ts'
import type { ScanOutcome } from '../../../scan/outcome.ts'
import { countBySeverity, severityOf } from '../order.ts'
import { inertJson } from './inert-json.ts'
import type { ScanDocument } from './json-shape.ts'

type FindingObject = ScanDocument['findings'][number]

/** A scan's whole answer as a JSON document after docs/scan.schema.json, in ASCII. Ends with a line end. */
export function printScanJson({ findings, allowed, stale, looked, cut }: ScanOutcome, version: string): string {
  const document: ScanDocument = {
    version: 1,
    tool: { name: 'sealward', version },
    looked: {
      what: looked.what,
      count: looked.count,
      bytes: looked.bytes,
      milliseconds: Math.round(looked.milliseconds),
    },
    counts: countBySeverity(findings),
    findings: findings.map(asObject),
    allowed: allowed.map(({ finding, reason, by }) => ({
      ...asObject(finding),
      reason,
      ...(by === undefined ? {} : { by }),
    })),
    stale: stale.map(({ file, line, why }) => ({ file, ...(line === undefined ? {} : { line }), why })),
    cut: cut.map(({ file, why }) => ({ file, why })),
  }
  return `${inertJson(document, 2)}\n`
}

/**
 * The members by name and in one order: whatever else a finding may hold one day is not published by accident. What is `undefined`
 * is left out by JSON.
 */
function asObject(finding: Finding): FindingObject {
  const { rule, confidence, file, line, column, name, message, fix, preview, reasons, origin, verified } = finding
  const members = { rule, severity: severityOf(finding), confidence: confidence ?? 'high', file, line, column, name }
  return { ...members, message, fix, preview, reasons, origin: origin && originOf(origin), verified } as FindingObject
}

function originOf({ commit, author, date }: NonNullable<Finding['origin']>) {
  return { commit, author, date }
}
