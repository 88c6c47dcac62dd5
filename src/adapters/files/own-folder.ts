import { lstatSync } from 'node:fs'
import { dirname } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import { isMissing } from './system-error.ts'

const OWN_FOLDER = /(?:^|[\\/])\.sealward[\\/]/
const CONFIGURATION = /(?:^|[\\/])(?:\.?sealward\.ya?ml|\.sops\.yaml)$/

/** Whether a path is looked for because of its name. Nobody named it, so a pipe there is none that somebody means to be read. */
export function isLookedFor(path: string): boolean {
  return OWN_FOLDER.test(path) || CONFIGURATION.test(path)
}

/**
 * Goes through no link from `.sealward` on. git carries links: one that leads out of the repository would have Sealward read, lock and
 * replace files that are somebody else's, and no commit would have what it writes there.
 *
 * @throws SealwardError io, with the folder that is a link
 */
export function requireOwnFolder(path: string): void {
  for (let folder = dirname(path); OWN_FOLDER.test(`${folder}/`); folder = dirname(folder)) {
    if (!isLink(folder)) continue
    throw new SealwardError(
      'io',
      'is a symbolic link, and nothing that belongs to Sealward is read or written behind one',
      {
        file: folder,
        hint: 'put a folder there in its place',
      },
    )
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
