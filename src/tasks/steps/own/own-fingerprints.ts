import { parseEncryptedFile } from '../../../core/envelope/file.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import type { Finding } from '../../../core/finding.ts'
import { amount } from '../../../core/report/amount.ts'
import type { Fingerprints } from '../../../core/scan/own/keyless/fingerprints.ts'
import { FINGERPRINTS_BYTES, FINGERPRINTS_FILE } from '../../../core/scan/own/keyless/index-file.ts'
import type { FileToIndex } from '../../../core/scan/own/keyless/make.ts'
import type { ScanRule } from '../../../core/scan/rule.ts'
import type { Files, Teller } from '../../world.ts'
import { inFolder } from '../usual-names.ts'
import { namesOf } from './own-secrets.ts'

/**
 * The committed fingerprints of a repository's values, or null where there are none.
 *
 * @param root the folder that holds `.sealward/`; '' for the working folder
 * @throws SealwardError policy-invalid, limit
 */
export async function readFingerprints(root: string, files: Pick<Files, 'read'>): Promise<Fingerprints | null> {
  const bytes = await files.read(inFolder(root, FINGERPRINTS_FILE), FINGERPRINTS_BYTES)
  return bytes === null ? null : parse(bytes)
}

/**
 * The rule that finds by these; none without the file.
 *
 * @throws SealwardError policy-invalid, limit
 */
export async function fingerprintRules(source: Uint8Array | null): Promise<ScanRule[]> {
  if (source === null) return []
  const { rulesOfOwn } = await import('../../../core/scan/own/rules-of-own.ts')
  return rulesOfOwn({ fingerprints: await parse(source) })
}

async function parse(bytes: Uint8Array): Promise<Fingerprints> {
  const { parseFingerprints } = await import('../../../core/scan/own/keyless/fingerprints.ts')
  return parseFingerprints(bytes, FINGERPRINTS_FILE)
}

/** Makes them anew. The salt stays, so that what has not changed stays too, unless a merge broke the file. */
export async function writeFingerprints(
  opened: readonly FileToIndex[],
  world: {
    readonly root: string
    readonly files: Files
    readonly teller: Teller
    randomBytes(length: number): Uint8Array
  },
): Promise<Fingerprints> {
  const { makeFingerprints } = await import('../../../core/scan/own/keyless/make.ts')
  const { printFingerprints } = await import('../../../core/scan/own/keyless/fingerprints.ts')
  const salt = (await readFingerprints(world.root, world.files).catch(() => null))?.salt ?? world.randomBytes(32)
  const { fingerprints, left } = makeFingerprints(opened, salt)
  const path = inFolder(world.root, FINGERPRINTS_FILE)
  const text = Buffer.from(printFingerprints(fingerprints))
  await world.files.locked(path, () => world.files.write(path, text, { mode: 0o644 }))
  const count = fingerprints.files.reduce((sum, { values }) => sum + values.length, 0)
  world.teller.note(`the fingerprints are of ${amount(count, 'value')}`)
  if (left.length > 0) world.teller.note(`too weak for a fingerprint, or of several lines: ${namesOf(left)}`)
  return fingerprints
}

/**
 * Which of these encrypted files have changed since the fingerprints were made, as far as that can be known without a key: the
 * ciphertext of a value is another one, or values were added or removed.
 *
 * @param paths from the top of the repository
 * @throws SealwardError policy-invalid, limit
 */
export async function staleFingerprints(paths: readonly string[], files: Pick<Files, 'read'>): Promise<Finding[]> {
  const fingerprints = await readFingerprints('', files)
  if (fingerprints === null) return []
  const { ciphertextsDigest } = await import('../../../core/scan/own/keyless/make.ts')
  const known = new Map(fingerprints.files.map(({ file, ciphertexts }) => [file, ciphertexts]))
  const findings: Finding[] = []
  for (const file of paths) {
    const bytes = await files.read(file, FILE_BYTES)
    if (bytes === null || known.get(file) === digestOf(bytes, ciphertextsDigest)) continue
    findings.push({
      rule: 'fingerprints-stale',
      file,
      message: `it has changed since ${FINGERPRINTS_FILE} was made`,
      fix: 'sealward scan --update-fingerprints',
    })
  }
  return findings
}

/** A file that cannot be read has a finding of its own. */
function digestOf(bytes: Uint8Array, digest: (file: ReturnType<typeof parseEncryptedFile>) => string): string | null {
  try {
    return digest(parseEncryptedFile(bytes, { anyName: true }))
  } catch {
    return null
  }
}
