import { describe, expect } from 'vitest'
import { credentialSystems } from '../../../src/adapters/credentials/systems.ts'
import type { Login } from '../../../src/core/credential/change.ts'
import { Secret } from '../../../src/core/secret.ts'
import type { Fate } from '../../fakes/credentials/mortal.ts'
import { itWith } from '../../peers.ts'
import { type CredentialScene, credentialScene, type SceneSystem } from '../../support/credential-scene.ts'
import { hammer } from '../../support/hammer.ts'
import { FIRST, mariadbPlaces, mysqlPlaces, postgresPlaces, usersOf } from '../../support/places/databases.ts'
import type { CredentialPlace, ServedPlaces } from '../../support/places/place.ts'
import { redisPlaces } from '../../support/places/redis.ts'
import { newMember } from '../../support/sealing.ts'
import { itWithMysql } from '../../support/servers/mysql.ts'

/** Every call of a port in CI; elsewhere a few. */
const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const STEP = FULL ? 1 : 17
const FATES: readonly Fate[] = FULL ? ['kill-before', 'kill-after', 'error-after'] : ['kill-after']

type Wanted = 'single' | 'dual' | 'alternating'

describe('a real system, and a process that ends at any call of a port: a login that works is committed, and no log has it', () => {
  itWith(['initdb', 'postgres'], 'PostgreSQL, alternating', async (initdb, postgres) =>
    matrix(await postgresPlaces([initdb!, postgres!], [{ strategy: 'alternating' }]), 'alternating'),
  )
  itWith(['initdb', 'postgres'], 'PostgreSQL, single', async (initdb, postgres) =>
    matrix(await postgresPlaces([initdb!, postgres!], [{ strategy: 'single' }]), 'single'),
  )
  itWith(['mariadb-install-db', 'mariadbd'], 'MariaDB, dual', async (install, mariadbd) =>
    matrix(await mariadbPlaces([install!, mariadbd!], [{ strategy: 'dual' }]), 'dual'),
  )
  itWith(['mariadb-install-db', 'mariadbd'], 'MariaDB, alternating', async (install, mariadbd) =>
    matrix(await mariadbPlaces([install!, mariadbd!], [{ strategy: 'alternating' }]), 'alternating'),
  )
  itWithMysql('MySQL, dual', async (mysqld) => matrix(await mysqlPlaces(mysqld, [{ strategy: 'dual' }]), 'dual'))
  itWith('redis-server', 'Redis, dual', async (program) =>
    matrix(await redisPlaces(program!, [{ strategy: 'dual' }]), 'dual'),
  )
  itWith('redis-server', 'Redis, alternating', async (program) =>
    matrix(await redisPlaces(program!, [{ strategy: 'alternating' }]), 'alternating'),
  )
})

async function matrix(served: ServedPlaces, strategy: Wanted): Promise<void> {
  try {
    const made = await disturb(served, strategy)
    expect(made.size).toBeGreaterThan(1)
    expect(await served.traces(made)).toEqual([])
  } finally {
    await served.close()
  }
}

/** Rotation follows rotation, each of them ended somewhere; with an overlap clients go on logging in all through it. @returns every password that was made */
async function disturb({ places: [place] }: ServedPlaces, strategy: Wanted): Promise<ReadonlySet<string>> {
  const scene = await sceneAt(place!, strategy)
  await rotate(scene)
  const calls = scene.calls
  expect(calls).toBeGreaterThan(10)
  const work = async () => {
    for (let at = 0; at <= calls; at += STEP)
      for (const fate of FATES) {
        await scene.run({}, { at, fate })
        await scene.run()
        await place!.knock(await committed(scene))
        await rotate(scene)
      }
  }
  if (strategy === 'single') await work()
  else
    expect((await hammer(async () => place!.knock(await committed(scene)), work, { clients: 1 })).failures).toEqual([])
  const seeded = [FIRST, place!.values(place!.port!).ADMIN]
  return new Set([...scene.hidden].filter((password) => !seeded.includes(password)))
}

/** What is under way is ended, at once. */
async function rotate(scene: CredentialScene): Promise<void> {
  for (let lap = 0; lap < 3; lap += 1) {
    const { outcome } = (await scene.run({ retry: true }))!
    expect(['waiting', 'rotated', 'rolled-back']).toContain(outcome.kind)
    scene.later(25)
    if (outcome.kind === 'rotated') return
  }
}

async function committed(scene: CredentialScene): Promise<Login> {
  const { user, password } = await scene.committed()
  return { user, password: new Secret(password) }
}

async function sceneAt(place: CredentialPlace, strategy: Wanted): Promise<CredentialScene> {
  const system: SceneSystem = {
    entry: place.entry(place.port!),
    values: place.values(place.port!),
    first: { user: usersOf({ strategy })[0]!, password: FIRST },
    systems: credentialSystems(null),
  }
  return credentialScene(strategy, { member: await newMember(), system })
}
