import { RECORD_FILES } from '../../core/credential/record/place.ts'
import { inspectFile } from '../../core/envelope/inspect.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import { staleFingerprints } from '../steps/own/own-fingerprints.ts'
import { verifyRecipients } from '../steps/recipients/verify-recipients.ts'
import { judgeSignature } from '../steps/trust/signed.ts'
import { USUAL_NAMES } from '../steps/usual-names.ts'
import type { SignedNames } from '../world/ssh.ts'
import type { Clock, Configs, Files, Finder } from '../world.ts'

export interface VerifyRequest {
  /** Empty: every file that is encrypted by its usual name. */
  readonly files: readonly string[]
  readonly allowNames: readonly string[]
  /** Ask for a good signature by a signer of sealward.yml beside each file. */
  readonly signatures?: boolean
}

export interface VerifyOutcome {
  readonly files: readonly string[]
  readonly findings: readonly Finding[]
}

export interface VerifyWorld {
  readonly files: Files
  readonly finder: Finder
  readonly configs: Configs
  readonly names: SignedNames
  readonly clock: Clock
}

/**
 * Judges encrypted files without a key. Verifying nothing is an error, never a pass.
 *
 * @throws SealwardError not-found
 */
export async function verify(request: VerifyRequest, world: VerifyWorld): Promise<VerifyOutcome> {
  const files = request.files.length > 0 ? request.files : await world.finder.find([...USUAL_NAMES, RECORD_FILES])
  if (files.length === 0)
    throw new SealwardError('not-found', 'there is nothing to verify: no file is named like .env.encrypted', {
      hint: 'name the files',
    })
  const findings: Finding[] = []
  for (const file of files) {
    const bytes = await world.files.read(file, FILE_BYTES)
    if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
    findings.push(...(await inspectFile(bytes, file)))
    findings.push(...(await verifyRecipients({ path: file, bytes }, world)))
    if (request.signatures) findings.push(...(await judgeSignature({ path: file, bytes }, world)))
  }
  findings.push(...(await staleFingerprints(files, world.files)))
  return { files, findings: findings.filter((finding) => !isAllowed(finding, request.allowNames)) }
}

function isAllowed({ rule, name }: Finding, allowNames: readonly string[]): boolean {
  return rule === 'name-denied' && name !== undefined && allowNames.includes(name)
}
