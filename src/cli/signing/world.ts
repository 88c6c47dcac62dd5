import { openSignedNames } from '../../adapters/files/names.ts'
import { gitSigningKey } from '../../adapters/git/settings/signing-key.ts'
import { openSshKeygen } from '../../adapters/ssh/ssh-keygen.ts'
import type { SignWorld } from '../../tasks/files/sign.ts'
import type { World } from '../world.ts'

/** What signing touches beyond the rest. */
export function openSigning({ files }: Pick<World, 'files'>): SignWorld {
  return { files, names: openSignedNames(process.cwd()), git: gitSigningKey, ssh: openSshKeygen(process.env) }
}
