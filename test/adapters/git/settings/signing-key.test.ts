import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gitSigningKey } from '../../../../src/adapters/git/settings/signing-key.ts'
import { inFolder, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'

async function keyWith(...settings: readonly (readonly [string, string])[]): Promise<string | null> {
  const repository = makeRepository()
  for (const [name, value] of settings) repository.git('config', name, value)
  return inFolder(repository.path, () => gitSigningKey.signingKey())
}

describe('the key that git signs with', () => {
  it('is user.signingkey where git signs with SSH', async () => {
    const line = 'key::ssh-ed25519 AAAA a comment'
    expect(await keyWith(['gpg.format', 'ssh'], ['user.signingkey', line])).toBe(line)
    expect(await keyWith(['gpg.format', 'ssh'], ['user.signingkey', '/keys/a b.pub'])).toBe('/keys/a b.pub')
  })

  it('may be named from the home of its user', async () => {
    const key = await keyWith(['gpg.format', 'ssh'], ['user.signingkey', '~/.ssh/id_ed25519'])
    expect(key).toBe(join(process.env.HOME ?? homedir(), '.ssh/id_ed25519'))
  })

  it('is none where git signs with OpenPGP, or not at all', async () => {
    expect(await keyWith(['user.signingkey', '0123456789ABCDEF'])).toBeNull()
    expect(await keyWith(['gpg.format', 'openpgp'], ['user.signingkey', '0123456789ABCDEF'])).toBeNull()
    expect(await keyWith(['gpg.format', 'ssh'])).toBeNull()
    expect(await keyWith()).toBeNull()
  })

  it('is looked for outside of a repository too', async () => {
    expect(await inFolder(temporaryFolder(), () => gitSigningKey.signingKey())).toBeNull()
  })
})
