/** One file for each credential: branches on which others are rotated never touch the same one. */
export const RECORD_FILES = '.sealward/rotations/*.rotation'
export const RECORD_BYTES = 1024 * 1024

const FOLDER = '.sealward/rotations/'
const SUFFIX = '.rotation'
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/

/** Whether a word can be the name of a credential. */
export function isCredentialName(word: string): boolean {
  return NAME.test(word)
}

/** @param name as sealward.yml has it */
export function recordPath(name: string): string {
  return `${FOLDER}${name}${SUFFIX}`
}

/** @returns the name of the credential that a path (from the top) is the record of; null for any other path */
export function credentialAt(path: string): string | null {
  if (!path.startsWith(FOLDER) || !path.endsWith(SUFFIX)) return null
  const name = path.slice(FOLDER.length, -SUFFIX.length)
  return isCredentialName(name) ? name : null
}
