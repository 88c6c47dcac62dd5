import { describe, it, vi } from 'vitest'
import { itWith } from '../../../../peers.ts'
import { disturb, WHEN } from '../../../../support/killing/every-moment.ts'
import { apiKeyPlaces, mongodbPlaces, sqlcipherPlaces } from '../../../../support/places/programs.ts'
import { redisPlaces } from '../../../../support/places/redis.ts'

vi.setConfig({ testTimeout: 600_000 })

describe(`sealward rotate secret, ${WHEN}`, () => {
  itWith('redis-server', 'Redis', async (program) =>
    disturb(await redisPlaces(program!, [{ strategy: 'dual' }, { strategy: 'alternating' }, { strategy: 'single' }])),
  )
  itWith('sqlcipher', 'SQLCipher', async (program) => disturb(sqlcipherPlaces(program!)))
  it('a stub of MongoDB', async () =>
    disturb(await mongodbPlaces([{ strategy: 'alternating' }, { strategy: 'single', alone: true }])))
  it('the example for keys of a REST API', async () => disturb(await apiKeyPlaces()))
})
