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

/** Writes a file as docs/format.md says, one byte after the other. `value` is the plaintext as it enters GCM. */
export function writePlainSops(file: PlainFile, key: Uint8Array): Uint8Array {
  const rule = file.rule ?? DEFAULT_RULE
  const onlyEncrypted = file.macOnlyEncrypted ?? false
  const lastmodified = file.lastmodified ?? '2026-01-02T03:04:05Z'
  const hashed: number[][] = []
  const rows: string[] = []
  let run: string[] = []
  for (const line of file.lines) {
    if (line.kind === 'blank') rows.push('')
    if (line.kind === 'comment') {
      run = [...run, line.text]
      const sealed = line.text !== '' && isEncrypted(rule, run, null)
      rows.push(`#${sealed ? sealText(line.text, 'comment', ':') : line.text}`)
    }
    if (line.kind === 'entry') {
      const encrypted = isEncrypted(rule, run, line.name)
      run = []
      if (encrypted || !onlyEncrypted) hashed.push(toUtf8(line.value))
      const plain = line.value.split('\n').join('\\n')
      const sealed = encrypted && line.value !== ''
      rows.push(`${line.name}=${sealed ? sealText(line.value, line.type ?? 'str', `${line.name}:`) : plain}`)
    }
  }
  const mac = seal(digest(hashed, onlyEncrypted), { key, context: lastmodified, type: 'str' })
  const metadata: [string, string][] = [
    ['lastmodified', lastmodified],
    ['mac', mac],
    ...(onlyEncrypted ? [['mac_only_encrypted', 'true'] as [string, string]] : []),
    ...(file.rule === null ? [] : [[file.rule.kind, file.rule.pattern] as [string, string]]),
    ['version', '3.13.0'],
  ]
  metadata.sort(([one], [other]) => (one < other ? -1 : 1))
  for (const [index, { recipient, armored }] of file.keys.entries()) {
    rows.push(`sops_age__list_${index}__map_enc=${armored.split('\n').join('\\n')}`)
    rows.push(`sops_age__list_${index}__map_recipient=${recipient}`)
  }
  for (const [name, stored] of metadata) rows.push(`sops_${name}=${stored}`)
  return Uint8Array.from(rows.flatMap((row) => [...toUtf8(row), LF]))

  function sealText(text: string, type: PlainType, context: string): string {
    const ivBytes = file.ivBytes === undefined ? {} : { ivBytes: file.ivBytes }
    return seal(toUtf8(text), { key, context, type, ...ivBytes })
  }
}
