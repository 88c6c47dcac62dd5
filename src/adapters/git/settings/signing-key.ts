import type { GitSigningKey } from '../../../tasks/world/ssh.ts'
import { readGit } from '../child.ts'

const SETTING_BYTES = 64 * 1024

/** The key that git signs commits with, where it signs with SSH. */
export const gitSigningKey: GitSigningKey = {
  async signingKey() {
    if ((await readSetting('gpg.format')) !== 'ssh') return null
    return readSetting('user.signingkey', '--type=path')
  },
}

/**
 * A setting of git, null where it is not set: `--default` makes that no error.
 *
 * @throws SealwardError git
 */
export async function readSetting(name: string, ...how: string[]): Promise<string | null> {
  const value = await readGit(['config', ...how, '--default', '', '--get', name], SETTING_BYTES)
  return value.toString('utf8').replace(/\n$/, '') || null
}
