import type { CheckNote, Judged } from '../../../core/check/judged.ts'
import { judgeRotation } from '../../../core/check/repository/rotations.ts'
import { RECORD_BYTES, RECORD_FILES } from '../../../core/credential/record/place.ts'
import { readPlainRecord } from '../../../core/credential/record/read-record.ts'
import { SealwardError } from '../../../core/errors.ts'
import { means } from '../../../core/glob/means.ts'
import { environmentOf } from '../../../core/policy/environments.ts'
import type { Configs, Files } from '../../world.ts'
import type { Found, Looked } from './looked.ts'
import { settlePolicy } from './sealed-files.ts'

/** Judges the rotations of credentials that were written down. Needs no key. */
export async function judgeRotations(
  { paths, environment: asked, now }: Looked,
  { files, configs }: { readonly files: Pick<Files, 'read'>; readonly configs: Configs },
): Promise<Found> {
  const judged: Judged[] = []
  const notes: CheckNote[] = []
  for (const path of paths.filter((one) => means(RECORD_FILES, one))) {
    const { policy, relative } = await settlePolicy(path, configs)
    const environment = environmentOf(policy, relative)
    if (asked !== null && asked !== environment) continue
    try {
      const bytes = await files.read(path, RECORD_BYTES)
      const { breaker } = policy.rotation
      if (bytes !== null)
        judged.push(judgeRotation({ record: readPlainRecord(bytes, path), path, environment, breaker, now }))
    } catch (error) {
      if (!(error instanceof SealwardError)) throw error
      notes.push({ message: error.message, place: { file: path } })
    }
  }
  return { judged, notes }
}
