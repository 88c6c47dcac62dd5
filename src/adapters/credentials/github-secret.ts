import type { Probe } from '../../core/credential/change.ts'
import { pushedBy, readGithubSecret } from '../../core/credential/statements/github-secret.ts'
import { SealwardError } from '../../core/errors.ts'
import type { SecretTarget } from '../../core/push/target.ts'
import type { Secret } from '../../core/secret.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import type { StoredSecret } from '../../tasks/world/github-secrets.ts'

/** Who pushes: adapters know neither each other nor the tasks, so a face hands over both as one. */
export interface SecretDoor {
  /** Asks for all that a push needs, and changes nothing. */
  plan(target: SecretTarget): Promise<unknown>
  push(order: { readonly target: SecretTarget; readonly value: Secret }): Promise<unknown>
  find(target: SecretTarget): Promise<StoredSecret | null>
}

/**
 * A secret of GitHub Actions that is to hold what the encrypted file holds. GitHub takes values and never shows one, nor anything to compare it
 * with: a probe says `yes` for what this process pushed and nobody has replaced since, and `unknown` for all else. Pushing the same value once
 * more is harmless, so a run that finds a pending value does that instead of asking.
 */
export function openWith(door: SecretDoor): OpenCredentialSystem {
  return (settings) => {
    const target = readGithubSecret(settings)
    let pushed: { readonly value: string; readonly updatedAt: number } | null = null
    return {
      async probe({ password }): Promise<Probe> {
        if (pushed === null || pushed.value !== password.reveal())
          return { kind: 'unknown', why: 'GitHub does not say what a secret holds' }
        try {
          const stored = await door.find(target)
          if (stored?.updatedAt.getTime() === pushed.updatedAt) return { kind: 'yes' }
          return { kind: 'unknown', why: 'somebody else has changed the secret since' }
        } catch (error) {
          return { kind: 'unknown', why: error instanceof SealwardError ? error.message : 'GitHub could not be asked' }
        }
      },
      async preflight() {
        await door.plan(target)
        return []
      },
      async carryOut(change) {
        const value = pushedBy(change)
        await door.push({ target, value })
        const stored = await door.find(target)
        if (stored === null) throw new SealwardError('unavailable', 'GitHub took the secret, and does not have it')
        pushed = { value: value.reveal(), updatedAt: stored.updatedAt.getTime() }
        return null
      },
    }
  }
}
