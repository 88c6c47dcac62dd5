import { excused } from '../../../core/check/exemptions.ts'
import type { Judged } from '../../../core/check/judged.ts'
import { judgeSecret } from '../../../core/check/secrets/secret.ts'
import type { Subject } from '../../../core/check/subject.ts'
import { looksSealed } from '../../../core/envelope/values/sealed.ts'
import { type SecretTerms, termsFor } from '../../../core/policy/secret-terms.ts'
import type { Found, Looked, SealedFile } from './looked.ts'

/** A variable of an encrypted file, with what counts for it. */
export interface SealedVariable {
  readonly file: SealedFile
  readonly name: string
  readonly subject: Subject
  readonly terms: SecretTerms
  readonly isEncrypted: boolean
  /** Null where the file is closed. */
  readonly value: string | null
}

/** Judges every variable of the encrypted files. */
export function judgeSecrets({ files, ages, now }: Looked): Found {
  const judged = files.flatMap(variablesOf).flatMap(({ file, name, subject, terms, isEncrypted, value }): Judged[] => {
    const age = isEncrypted ? (ages.files.get(file.path)?.values.get(name) ?? null) : null
    return judgeSecret({ subject, terms, age, value }, now).map((one) => excused(one, terms, now))
  })
  return { judged, notes: [] }
}

/** Who looks after it; and who is told when the owners do not act is named beside them, as it is too late to ask then. */
export function variablesOf(file: SealedFile): SealedVariable[] {
  return file.file.lines.body.flatMap((row) => {
    if (row.kind !== 'variable') return []
    const { name, line } = row
    const { environment } = file
    const terms = termsFor(file.policy, { name, file: file.relative, environment })
    const owners = [...new Set([...terms.owners, ...terms.backupOwners])]
    const subject = { kind: 'secret' as const, name, environment, place: { file: file.path, line }, owners }
    const value = file.opened?.variables.get(name)?.value ?? null
    return [{ file, name, subject, terms, isEncrypted: looksSealed(row.stored), value }]
  })
}
