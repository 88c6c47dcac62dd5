import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, vi } from 'vitest'
import type { Login } from '../../../../../src/core/credential/change.ts'
import { itWith } from '../../../../peers.ts'
import { type Hammered, hammer } from '../../../../support/hammer.ts'
import { mariadbPlaces, mysqlPlaces, postgresPlaces, type WantedPlace } from '../../../../support/places/databases.ts'
import type { CredentialPlace, ServedPlaces } from '../../../../support/places/place.ts'
import { redisPlaces } from '../../../../support/places/redis.ts'
import { RotatingRepository } from '../../../../support/rotating-repository.ts'
import { itWithMysql } from '../../../../support/servers/mysql.ts'

vi.setConfig({ testTimeout: 300_000 })

const NAME = 'credential'
const ROTATIONS = 2
/** How long clients wait with what they read before they use it, each its own time. */
const LAGS_MS = [0, 0, 100, 500, 1000]
/** In the end the old login goes: nobody has one then that was read so long ago. */
const GRACE_MS = 3000
const OLDEST_MS = GRACE_MS / 2
/** Clients are there for the server, and not the other way round. */
const PAUSE_MS = 20

const OVERLAP: readonly WantedPlace[] = [{ strategy: 'alternating' }, { strategy: 'dual' }]

describe('clients that read the committed file and open short connections, all through rotations', () => {
  itWith(['initdb', 'postgres'], 'PostgreSQL: nobody notices, but with single', async (initdb, postgres) =>
    observe(await postgresPlaces([initdb!, postgres!], [{ strategy: 'alternating' }, { strategy: 'single' }])),
  )
  itWith(['mariadb-install-db', 'mariadbd'], 'MariaDB: nobody notices, but with single', async (install, mariadbd) =>
    observe(await mariadbPlaces([install!, mariadbd!], [...OVERLAP, { strategy: 'single' }])),
  )
  itWithMysql('MySQL: nobody notices, but with single', async (mysqld) =>
    observe(await mysqlPlaces(mysqld, [...OVERLAP, { strategy: 'single' }])),
  )
  itWith('redis-server', 'Redis: nobody notices, but with single', async (program) =>
    observe(await redisPlaces(program!, [...OVERLAP, { strategy: 'single' }])),
  )
})

async function observe(served: ServedPlaces): Promise<void> {
  try {
    const seen = new Set<string>()
    await Promise.all(served.places.map((place) => observePlace(place, seen)))
    expect(await served.traces(seen)).toEqual([])
  } finally {
    await served.close()
  }
}

/** @param seen gets the passwords that rotations made */
async function observePlace(place: CredentialPlace, seen: Set<string>): Promise<void> {
  const { title, port, hasOverlap } = place
  const repository = await RotatingRepository.make([{ name: NAME, entry: place.entry(port!) }], place.values(port!))
  const clients = new Clients(place, repository)
  const first = await clients.read()
  const found = await clients.during(async () => {
    for (let rotation = 0; rotation < ROTATIONS; rotation += 1) await rotate(repository, place)
  })
  expect(found.succeeded, title).toBeGreaterThan(ROTATIONS * 10)
  if (hasOverlap) {
    expect(found.failures, title).toEqual([])
    expect(clients.withOldOne, title).toBeGreaterThan(0)
  } else expect(found.failures.length, title).toBeGreaterThan(0)
  await expect(place.knock(first), title).rejects.toThrow()
  for (const password of repository.seen) if (password !== first.password.reveal()) seen.add(password)
}

/** To the promotion; then, as the clock says that its grace is over, to the end. */
async function rotate(repository: RotatingRepository, place: CredentialPlace): Promise<void> {
  const { title, hasOverlap } = place
  const before = await repository.committed(NAME)
  expect(await runOf(repository, 0), title).toBe(hasOverlap ? 'grace' : 'revoked')
  // Whoever read the file right before the promotion.
  if (hasOverlap) await place.knock(before)
  await sleep(OLDEST_MS)
  if (hasOverlap) await place.knock(before)
  await sleep(GRACE_MS - OLDEST_MS)
  expect(await runOf(repository, 2), title).toBe('revoked')
}

async function runOf(repository: RotatingRepository, hoursAhead: number): Promise<string | undefined> {
  repository.hoursAhead = hoursAhead
  const { status, stdout, stderr } = await repository.rotate([NAME])
  expect(status, `${stdout}${stderr}`).toBe(0)
  return (await repository.record(NAME))?.phase
}

class Clients {
  /** How often somebody logged in with what was not in the file any more. */
  withOldOne = 0
  readonly #place: CredentialPlace
  readonly #repository: RotatingRepository
  #known: { readonly tip: string; readonly login: Promise<Login> } | null = null
  #turn = 0

  constructor(place: CredentialPlace, repository: RotatingRepository) {
    this.#place = place
    this.#repository = repository
  }

  during(work: () => Promise<void>): Promise<Hammered<void>> {
    return hammer(() => this.#knock(), work, { clients: LAGS_MS.length })
  }

  /** What the branch that counts has now. */
  read(): Promise<Login> {
    const tip = this.#repository.tip()
    if (this.#known?.tip !== tip) this.#known = { tip, login: this.#repository.committed(NAME) }
    return this.#known.login
  }

  async #knock(): Promise<void> {
    const lag = LAGS_MS[this.#turn++ % LAGS_MS.length]!
    let login: Login
    let readAt: number
    do {
      readAt = performance.now()
      login = await this.read()
      await sleep(lag)
    } while (performance.now() - readAt > OLDEST_MS)
    await this.#place.knock(login)
    if ((await this.read()).password.reveal() !== login.password.reveal()) this.withOldOne += 1
    await sleep(PAUSE_MS)
  }
}
