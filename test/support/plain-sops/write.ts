import { LF, toUtf8 } from './bytes.ts'
import { isEncrypted, type PlainRule } from './rule.ts'
import { digest, type PlainType, seal } from './sealed.ts'

export type PlainLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'entry'; readonly name: string; readonly value: string; readonly type?: PlainType }

/** Everything that section 7 wants written, and switches for files that a good writer would not make. */
export interface PlainFile {
  readonly lines: readonly PlainLine[]
  readonly keys: readonly { readonly recipient: string; readonly armored: string }[]
  readonly rule: PlainRule | null
  readonly macOnlyEncrypted?: boolean
  readonly lastmodified?: string
  readonly ivBytes?: number
}

const DEFAULT_RULE: PlainRule = { kind: 'unencrypted_suffix', pattern: '_unencrypted' }

/** Writes a file as docs/format.md says, one line after the other. `value` is the plaintext as it enters GCM. */
export function writePlainSops(file: PlainFile, key: Uint8Array): Uint8Array {
  const { rows, hashed } = writeBody(file, key)
  const metadata = writeMetadata(file, (context) => {
    const digits = digest(hashed, file.macOnlyEncrypted ?? false)
    return seal(digits, { key, context, type: 'str' })
  })
  return Uint8Array.from([...rows, ...metadata].flatMap((row) => [...toUtf8(row), LF]))
}

function writeBody(file: PlainFile, key: Uint8Array): { rows: string[]; hashed: number[][] } {
  const rule = file.rule ?? DEFAULT_RULE
  const { ivBytes = 32 } = file
  const hashed: number[][] = []
  let run: string[] = []
  const rows = file.lines.map((line) => {
    if (line.kind === 'blank') return ''
    if (line.kind === 'comment') {
      run = [...run, line.text]
      if (line.text === '' || !isEncrypted(rule, run, null)) return `#${line.text}`
      return `#${seal(toUtf8(line.text), { key, context: ':', type: 'comment', ivBytes })}`
    }
    const { name, value, type = 'str' } = line
    const encrypted = isEncrypted(rule, run, name)
    run = []
    if (encrypted || !file.macOnlyEncrypted) hashed.push(toUtf8(value))
    if (!encrypted || value === '') return `${name}=${value.split('\n').join('\\n')}`
    return `${name}=${seal(toUtf8(value), { key, context: `${name}:`, type, ivBytes })}`
  })
  return { rows, hashed }
}

function writeMetadata(file: PlainFile, sealMac: (timestamp: string) => string): string[] {
  const lastmodified = file.lastmodified ?? '2026-01-02T03:04:05Z'
  const keys = file.keys.flatMap(({ recipient, armored }, index) => [
    `sops_age__list_${index}__map_enc=${armored.split('\n').join('\\n')}`,
    `sops_age__list_${index}__map_recipient=${recipient}`,
  ])
  const rest = [`sops_lastmodified=${lastmodified}`, `sops_mac=${sealMac(lastmodified)}`, 'sops_version=3.13.0']
  if (file.macOnlyEncrypted) rest.push('sops_mac_only_encrypted=true')
  if (file.rule !== null) rest.push(`sops_${file.rule.kind}=${file.rule.pattern}`)
  return [...keys, ...rest.sort((one, other) => (one.split('=')[0]! < other.split('=')[0]! ? -1 : 1))]
}
