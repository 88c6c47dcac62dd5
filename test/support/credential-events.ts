import type { CredentialScene } from './credential-scene.ts'

/** The strategies with which the old login goes on working for a while. */
export const OVERLAP = ['dual', 'alternating'] as const
export const EVERY = ['single', ...OVERLAP] as const

/** Whether the login that is committed works. */
export async function works(at: CredentialScene): Promise<boolean> {
  return at.database.accepts(await at.committed())
}

/** @returns what sets the system back to what it is now */
export function backup({ database }: CredentialScene): () => void {
  const users = new Map(database.users)
  return () => {
    for (const [name, passwords] of users) database.users.set(name, passwords)
  }
}

/** Runs, of which each ends a call later than the one before, until there are so many commits. */
export async function killedAfterCommit(at: CredentialScene, commits: number): Promise<void> {
  for (let call = 0; at.remote.messages.length < commits; call += 1) {
    if (call > 200) throw new Error('there were not so many commits')
    await at.run({}, { at: call, fate: 'kill-after' })
    if (at.remote.messages.length > commits) throw new Error('one commit too many')
  }
}
