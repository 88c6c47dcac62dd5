import { isEncryptedFile } from '../../envelope/file.ts'
import type { Finding, FindingRule } from '../../finding.ts'
import { fingerprintOf } from '../fingerprint.ts'
import type { Hit, ScanRule } from '../rule.ts'
import { dotenvKind } from './dotenv-name.ts'

const FINDS: Partial<Record<FindingRule, string>> = {
  'plaintext-value': 'an encrypted file with a value in plain text',
  malformed: 'an encrypted file that cannot be read, so that nobody can tell what is in it',
  'rule-weak': 'an encrypted file whose rule lets every value through',
}

/**
 * An encrypted file that is not quite one. Nothing is decrypted, and what can only be seen with a key is not judged here.
 */
export const encryptedFile: ScanRule = {
  finds: FINDS,
  async judge({ path, bytes }) {
    if (!isEncryptedFile(bytes)) return []
    // Loaded on demand: it brings the cipher libraries, and few commits touch an encrypted file.
    const { inspectFile } = await import('../../envelope/inspect.ts')
    const findings = (await inspectFile(bytes, path)).filter(({ rule }) => rule in FINDS)
    if (!isNamedEncrypted(path) && dotenvKind(path) === null && findings.some(({ rule }) => rule === 'malformed'))
      return []
    return Promise.all(findings.map((finding) => hit(finding, bytes)))
  },
}

/**
 * Any other file may quote a line of the format (a page of documentation, a test vector), so it counts only when it can
 * be read as an encrypted file from end to end.
 */
function isNamedEncrypted(path: string): boolean {
  const parts = path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .split('.')
  return parts.some((part) => part === 'env' || part === 'encrypted' || part === 'enc' || part === 'sops')
}

/** The fault is the file's: whoever changes a broken file has to mend it. */
async function hit(finding: Finding, bytes: Uint8Array): Promise<Hit> {
  return { finding, fingerprint: await fingerprintOf(finding.rule, bytes) }
}
