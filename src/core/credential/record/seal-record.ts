import type { Document, DotenvLine } from '../../dotenv/document.ts'
import { encryptNew } from '../../envelope/encrypt.ts'
import { type EncryptedFile, printEncryptedFile } from '../../envelope/file.ts'
import { readersOf } from '../../envelope/keys/key-groups.ts'
import { keyGroupsOf } from '../../envelope/text/metadata.ts'
import { SealwardError } from '../../errors.ts'
import {
  PLAIN_FIELDS,
  type PlainField,
  RECORD_RULE,
  RECORD_VERSION,
  SEALED_FIELDS,
  type SealedField,
} from './fields.ts'
import type { RotationRecord } from './record.ts'

const HEAD =
  ' Written by `sealward rotate secret`, which goes on from here: docs/credentials.md. Not to be edited by hand.'

/**
 * The bytes of a record, under a data key of its own, for exactly those for whom the file of the credential is.
 *
 * @throws SealwardError unsupported where some of those cannot be encrypted to; recipient-invalid
 */
export async function sealRecord(record: RotationRecord, of: Pick<EncryptedFile, 'metadata'>): Promise<Uint8Array> {
  const { foreign } = of.metadata
  if (foreign.length > 0)
    throw new SealwardError('unsupported', `the file is encrypted to ${foreign.join(', ')} too`, {
      file: record.file,
      hint: 'what a rotation writes down has to be for the same people, and Sealward encrypts to age recipients',
    })
  const envelope = { ...readersOf(keyGroupsOf(of.metadata)), rule: RECORD_RULE, macOnlyEncrypted: false }
  return printEncryptedFile(await encryptNew(documentOf(record), envelope, record.updated))
}

function documentOf(record: RotationRecord): Document {
  const [plain, sealed] = [plainOf(record), sealedOf(record)]
  return [
    { kind: 'comment', text: HEAD },
    ...PLAIN_FIELDS.map((name): DotenvLine => ({ kind: 'entry', name, value: plain[name] })),
    ...SEALED_FIELDS.flatMap((name): DotenvLine[] => {
      const value = sealed[name]
      return value === null ? [] : [{ kind: 'entry', name, value }]
    }),
  ]
}

function plainOf(record: RotationRecord): Record<PlainField, string> {
  return {
    VERSION: RECORD_VERSION,
    ID: record.id,
    NAME: record.name,
    FILE: record.file,
    DRIVER: record.driver,
    STRATEGY: record.strategy,
    PHASE: record.phase,
    STARTED: record.started.toISOString(),
    UPDATED: record.updated.toISOString(),
    GRACE_UNTIL: record.graceUntil?.toISOString() ?? '',
    EMERGENCY: String(record.emergency),
    FAILURES: String(record.failures),
    LAST_FAILURE: record.lastFailure ?? '',
  }
}

function sealedOf({ target, origin, pending, previous }: RotationRecord): Record<SealedField, string | null> {
  return {
    TARGET: target,
    ORIGIN: origin,
    PENDING_USER: pending?.user ?? null,
    PENDING: pending?.password?.reveal() ?? null,
    PREVIOUS_USER: previous?.user ?? null,
    PREVIOUS: previous?.password.reveal() ?? null,
  }
}
