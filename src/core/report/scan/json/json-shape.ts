import * as v from 'valibot'

/**
 * What `sealward scan --format json` prints: the one definition, from which the type and docs/scan.schema.json derive. Within a
 * version members are added and never taken away or given another meaning.
 */

function described<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.pipe(schema, v.description(description))
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const position = v.pipe(v.number(), v.integer(), v.minValue(1))

const OriginShape = v.object({
  commit: described(v.string(), 'The full id of the commit, or what stands for one: stash@{0}.'),
  author: v.exactOptional(described(v.string(), 'Who wrote the commit, as it says itself.')),
  date: v.exactOptional(described(v.string(), 'When, in ISO 8601.')),
})

const FindingEntries = {
  rule: described(v.string(), 'The id of the rule, stable across releases: a section of docs/rules.md.'),
  severity: described(v.picklist(['critical', 'high', 'medium', 'low']), 'How much damage it does in the wrong hands.'),
  confidence: described(v.picklist(['high', 'medium', 'low']), 'How sure it is that this is a secret at all.'),
  file: described(v.string(), "From the top of the repository, with '/' separators."),
  line: v.exactOptional(described(position, 'From 1. Absent when the whole file is meant.')),
  column: v.exactOptional(described(position, 'From 1, in bytes of the line.')),
  name: v.exactOptional(described(v.string(), 'The variable it is about.')),
  message: described(v.string(), 'What it is, without any part of the secret.'),
  fix: v.exactOptional(described(v.string(), 'The one command or step that mends it.')),
  preview: v.exactOptional(described(v.string(), 'The public beginning of the secret, at most.')),
  reasons: v.exactOptional(described(v.array(v.string()), 'Why it is a finding.')),
  origin: v.exactOptional(described(OriginShape, 'The commit that brought it; absent for the present.')),
  verified: v.exactOptional(
    described(
      v.picklist(['live', 'dead', 'unknown']),
      'With --verify: whether it still works, as its issuer says. Absent where there is nobody to ask.',
    ),
  ),
}

const FindingShape = v.object(FindingEntries)

const AllowedShape = v.object({
  ...FindingEntries,
  reason: described(v.string(), 'The reason that was given for the allowance.'),
  by: v.exactOptional(
    described(
      v.picklist(['comment', 'policy', 'baseline']),
      'Where it stands: beside the finding, in sealward.yml, or in the baseline.',
    ),
  ),
})

const StaleShape = v.object({
  file: described(v.string(), 'The file that holds the allowance.'),
  line: v.exactOptional(described(position, 'Its line, from 1.')),
  why: described(v.string(), 'What is wrong with it.'),
})

const CutShape = v.object({
  file: described(v.string(), 'The file.'),
  why: described(v.string(), 'Why it was not looked at to its end, or not at all.'),
})

const LookedShape = v.object({
  what: described(v.string(), 'What was selected: staged files, files, versions of files.'),
  count: described(count, 'How many of them. 0 is no pass: nothing was selected.'),
  bytes: described(count, 'How much.'),
  milliseconds: described(count, 'How long it took.'),
})

const CountsShape = v.object({ critical: count, high: count, medium: count, low: count })

export const ScanDocumentShape = v.object({
  version: described(v.literal(1), 'The version of this format.'),
  tool: described(v.object({ name: v.literal('sealward'), version: v.string() }), 'What wrote the document.'),
  looked: described(LookedShape, 'How much was looked at.'),
  counts: described(CountsShape, 'How many findings there are of each severity.'),
  findings: described(v.array(FindingShape), 'What has to be looked at, in the order of files and lines.'),
  allowed: described(v.array(AllowedShape), 'What somebody allowed, with their reason.'),
  stale: described(v.array(StaleShape), 'Allowances that allowed nothing, have expired, or give no reason.'),
  cut: described(v.array(CutShape), 'What was not looked at whole.'),
})

export type ScanDocument = v.InferOutput<typeof ScanDocumentShape>
