import { printableName } from '../../dotenv/names.ts'
import { printable } from '../../report/printable.ts'
import { HOPELESS_TO_GUESS, strengthOf } from '../allow/strength.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { fingerprintOf } from '../fingerprint.ts'
import type { Blob, Hit, ScanRule } from '../rule.ts'
import type { OwnValue, Sighting } from './own-value.ts'
import { compileValues, type ValueSearch } from './value-search.ts'
import { OWN_SECRET, OWN_SECRET_WORDS } from './words.ts'

/** Finds the values of the repository's encrypted files. They stay in memory: a finding names the file and the variable. */
export function ownValuesRule(values: readonly OwnValue[], search: ValueSearch = compileValues(values)): ScanRule {
  return {
    finds: {},
    async judge(blob) {
      const { ScanText } = await import('../engine/scan-text.ts')
      const text = new ScanText(blob.bytes)
      return Promise.all(search.find(text).map((one) => hitOf(one, { blob, text, value: values[one.value]! })))
    },
  }
}

async function hitOf({ start, end, form }: Sighting, { blob, text, value }: Found): Promise<Hit> {
  return {
    finding: ownFinding({ path: blob.path, text, start, form, of: value }),
    fingerprint: await identityOf(value),
    place: { start, end },
  }
}

interface Found {
  readonly blob: Blob
  readonly text: ScanText
  readonly value: OwnValue
}

/** What a finding is made of. */
export interface Facts {
  readonly path: string
  readonly text: ScanText
  readonly start: number
  readonly form: string
  readonly of: Pick<OwnValue, 'file' | 'name'>
}

/** Names are no secrets; nothing of the value is in it, not even how long it is. */
export function ownFinding({ path, text, start, form, of }: Facts): Hit['finding'] {
  return {
    rule: OWN_SECRET,
    file: path,
    line: text.lineOf(start),
    column: start - text.lineStart(start) + 1,
    name: printableName(of.name),
    message: `the value that is encrypted in ${printable(of.file)}, ${form}`,
    fix: OWN_SECRET_WORDS.advice,
    severity: 'critical',
    confidence: 'high',
    preview: '',
    reasons: [`it is the value that is encrypted there, ${form}`],
  }
}

/**
 * By what it is known again. A baseline publishes a keyed digest of this where what stands in the text looks strong, which base64 of
 * a weak password does: so of a weak value nothing goes in but where it comes from.
 */
function identityOf({ file, name, value }: OwnValue): Promise<string> {
  const strong = strengthOf(value) >= HOPELESS_TO_GUESS
  return fingerprintOf(OWN_SECRET, Buffer.from(strong ? `value\0${value}` : `place\0${file}\0${name}`, 'utf8'))
}
