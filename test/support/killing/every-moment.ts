import { expect } from 'vitest'
import { type CredentialPlace, holdsOne, type ServedPlaces } from '../places/place.ts'
import { RotatingRepository } from '../rotating-repository.ts'
import { CountingProxy } from '../servers/counting-proxy.ts'
import type { Moment, Moments } from './moments.ts'

const NAME = 'credential'
/** A killed run is followed by so many at most. */
const RUNS = 2

const IN_CI = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
/** Minutes of CI are few: of the moments between statements every other one is taken, at every login other ones. */
const EVERY = process.env.SEALWARD_KILLS === 'every'

/** At which moments runs are killed, for the name of a test. */
export const WHEN = EVERY
  ? 'killed after every phase and between any two statements'
  : IN_CI
    ? 'killed after every phase and between every other two statements (between any two with SEALWARD_KILLS=every)'
    : 'killed after one phase and within one statement (everywhere else in CI)'

/**
 * Rotates every login at a server again and again. Each rotation is killed at another moment, and the next run has to end it: after the push of
 * a phase, and between two pieces of a conversation that changes something at the system. No password may be left anywhere.
 */
export async function disturb(served: ServedPlaces): Promise<void> {
  try {
    const passwords = new Set<string>()
    for (const [index, place] of served.places.slice(0, IN_CI || EVERY ? undefined : 1).entries())
      for (const password of await disturbPlace(place, index)) passwords.add(password)
    expect(await served.traces(passwords)).toEqual([])
  } finally {
    await served.close()
  }
}

/** @returns every password that was made */
async function disturbPlace(place: CredentialPlace, index: number): Promise<ReadonlySet<string>> {
  const scene = await RotatingScene.open(place)
  try {
    const moments = chosen(await scene.rehearse(), index)
    let kills = 0
    for (const moment of moments) kills += (await scene.killAt(moment)) ? 1 : 0
    // What a client says can come in fewer pieces than before.
    expect(kills, place.title).toBeGreaterThan(moments.length * 0.8)
    const { seen, printed } = scene.repository
    expect(holdsOne(Buffer.from(printed), seen), `${place.title}: what was printed`).toBe(false)
    return new Set([...seen].filter((password) => password !== scene.first))
  } finally {
    await scene.close()
  }
}

function chosen({ phases, pieces }: Rehearsal, index: number): readonly Moment[] {
  if (EVERY) return [...phases, ...pieces]
  if (IN_CI) return [...phases, ...pieces.filter((_, at) => at % 2 === index % 2)]
  return [phases[1]!, pieces.find(({ when, label }) => when === 'after' && label.endsWith(' changes'))!]
}

interface Rehearsal {
  /** After each commit. */
  readonly phases: readonly Labelled[]
  /** Before the first and after each of the pieces. */
  readonly pieces: readonly Labelled[]
}

class RotatingScene {
  readonly repository: RotatingRepository
  /** The password that was there before. */
  first = ''
  readonly #place: CredentialPlace
  readonly #proxy: CountingProxy | null

  private constructor(place: CredentialPlace, repository: RotatingRepository, proxy: CountingProxy | null) {
    this.#place = place
    this.repository = repository
    this.#proxy = proxy
  }

  static async open(place: CredentialPlace): Promise<RotatingScene> {
    const { port } = place
    let moments: Moments | null = null
    const watch = { passes: (when: Moment['when'], label: string) => moments!.passes({ what: 'piece', when }, label) }
    const proxy = port === null ? null : await new CountingProxy(port, watch).start()
    const through = proxy?.port ?? 0
    const entry = place.entry(through)
    const repository = await RotatingRepository.make([{ name: NAME, entry }], place.values(through))
    moments = repository.moments
    Object.assign(repository.env, place.prepare?.(moments))
    return new RotatingScene(place, repository, proxy)
  }

  /** A rotation that nobody disturbs shows what there is to be disturbed. */
  async rehearse(): Promise<Rehearsal> {
    this.first = (await this.repository.committed(NAME)).password.reveal()
    await this.#run(null)
    expect(await this.#phase()).toBe('revoked')
    const { moments } = this.repository
    const phases = momentsOf('push', 'after', moments).filter(({ label }) => label === 'refs/heads/main')
    const said = momentsOf('piece', 'after', moments)
    const changing = new Set(said.filter(({ label }) => label.endsWith(' changes')).map(conversationOf))
    const firsts = new Map(
      momentsOf('piece', 'before', moments)
        .reverse()
        .map((one) => [conversationOf(one), one]),
    )
    const pieces = [...firsts.values(), ...said].filter((one) => changing.has(conversationOf(one)))
    // What is counted has to be there to be counted.
    const [leastPhases, changes] = this.#place.hasOverlap ? [5, 2] : [4, 1]
    expect(phases.length, this.#place.title).toBeGreaterThanOrEqual(leastPhases)
    expect(changing.size, this.#place.title).toBeGreaterThanOrEqual(changes)
    return { phases, pieces }
  }

  /** @returns whether it came to that */
  async killAt(moment: Moment): Promise<boolean> {
    const where = `${this.#place.title}: killed ${moment.when} ${moment.what} ${moment.at}`
    const old = await this.repository.committed(NAME)
    const { signal } = await this.#run(moment)
    await this.repository.record(NAME)
    const atOnce = await this.repository.committed(NAME)
    if (this.#place.hasOverlap) await this.#expectWorks(atOnce, `${where}, at once`)
    for (let run = 0; run < RUNS && (run === 0 || (await this.#phase()) !== 'revoked'); run += 1) await this.#run(null)
    const record = await this.repository.record(NAME)
    expect(record, where).toMatchObject({ phase: 'revoked', pending: null, previous: null, failures: 0 })
    await this.#expectWorks(await this.repository.committed(NAME), where)
    await expect(this.#place.knock(old), `${where}: the old login`).rejects.toThrow()
    return signal === 'SIGKILL'
  }

  async close(): Promise<void> {
    await this.#proxy?.close()
  }

  /** Two hours after the run before: its grace is over, and its lock is old. */
  async #run(doom: Moment | null) {
    this.repository.hoursAhead += 2
    const end = await this.repository.rotate([NAME], doom)
    if (doom === null) expect(end, `${this.#place.title}: ${end.stdout}${end.stderr}`).toMatchObject({ status: 0 })
    return end
  }

  async #phase(): Promise<string | undefined> {
    return (await this.repository.record(NAME))?.phase
  }

  async #expectWorks(login: Parameters<CredentialPlace['knock']>[0], where: string): Promise<void> {
    const refused = await this.#place.knock(login).then(
      () => null,
      (error: unknown) => String(error),
    )
    expect(refused, `${where}: the login of the file`).toBeNull()
  }
}

interface Labelled extends Moment {
  readonly label: string
}

function momentsOf(what: Moment['what'], when: Moment['when'], moments: Moments): Labelled[] {
  return moments.labels({ what, when }).map((label, index) => ({ what, when, at: index + 1, label }))
}

function conversationOf({ label }: Labelled): string {
  return label.split(' ')[0]!
}
