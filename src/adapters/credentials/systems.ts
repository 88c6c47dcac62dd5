import { SealwardError } from '../../core/errors.ts'
import type { CredentialDrivers, CredentialSystems } from '../../tasks/world/credentials.ts'
import type { SecretDoor } from './github-secret.ts'

/**
 * Every driver, with the library that it brings: it is read when an entry asks for it, and by nothing else.
 *
 * @param door to GitHub; null where nobody has a token for it
 */
export function credentialSystems(door: SecretDoor | null): CredentialSystems {
  const drivers = driversWith(door)
  return {
    async open(target) {
      const open = await drivers[target.driver]()
      return open(target)
    },
  }
}

function driversWith(door: SecretDoor | null): CredentialDrivers {
  return {
    postgres: async () => (await import('./postgres.ts')).open,
    mysql: async () => (await import('./mysql.ts')).open,
    mariadb: async () => (await import('./mariadb.ts')).open,
    redis: async () => (await import('./redis.ts')).open,
    mongodb: async () => (await import('./mongodb.ts')).open,
    sqlcipher: async () => (await import('./sqlcipher.ts')).open,
    command: async () => (await import('./command.ts')).open,
    'github-secret': async () => {
      if (door !== null) return (await import('./github-secret.ts')).openWith(door)
      throw new SealwardError('unsupported', 'the driver github-secret needs a token of GitHub', {
        hint: 'give the run one that may write secrets',
      })
    },
  }
}
