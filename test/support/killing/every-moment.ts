import { expect } from 'vitest'
import type { Login } from '../../../src/core/credential/change.ts'
import { type CredentialPlace, holdsOne, type ServedPlaces } from '../places/place.ts'
import { RotatingRepository } from '../rotating-repository.ts'
import { CountingProxy } from '../servers/counting-proxy.ts'
import type { Moment, Moments } from './moments.ts'

const NAME = 'credential'
/** A rotation takes so many at most: one to the grace, and one behind it. So do those that follow a killed run. */
const RUNS = 2

/** Minutes of CI are few: of the moments between statements every other one is taken, at every login other ones. */
const EVERY = process.env.SEALWARD_KILLS === 'every'

/** At which moments runs are killed, for the name of a test. */
export const WHEN = EVERY
  ? 'killed after every phase and between any two statements'
  : 'killed after every phase and between every other two statements (between any two with SEALWARD_KILLS=every)'

/**
 * Rotates every login at a server again and again. Each rotation is killed at another moment, and the next run has to end it: after the push of
 * a phase, and between two pieces of a conversation that changes something at the system. No password may be left anywhere.
 */
export async function disturb(served: ServedPlaces): Promise<void> {
  try {
    const passwords = new Set<string>()
    for (const [index, place] of served.places.entries())
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

function chosen({ phases, pieces }: Rehearsal, index: number): readonly Planned[] {
  return [...phases, ...pieces.filter((_, at) => EVERY || at % 2 === index % 2)]
}

/** In which of the runs that a rotation takes. */
interface Planned {
  readonly lap: number
  readonly moment: Moment
}

interface Rehearsal {
  /** After each commit. */
  readonly phases: readonly Planned[]
  /** Of conversations that change something: before the first of their pieces, and after each. */
  readonly pieces: readonly Planned[]
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
    const phases: Planned[] = []
    const pieces: Planned[] = []
    for (let lap = 0; (await this.#phase()) !== 'revoked'; lap += 1) {
      expect(lap, this.#place.title).toBeLessThan(RUNS)
      await this.#run(null)
      phases.push(...commitsIn(this.repository.moments).map((moment) => ({ lap, moment })))
      pieces.push(...changesIn(this.repository.moments).map((moment) => ({ lap, moment })))
    }
    // What is counted has to be there to be counted.
    const [leastPhases, leastPieces] = this.#place.hasOverlap ? [5, 4] : [4, 2]
    expect(phases.length, this.#place.title).toBeGreaterThanOrEqual(leastPhases)
    expect(pieces.length, this.#place.title).toBeGreaterThanOrEqual(leastPieces)
    return { phases, pieces }
  }

  /** @returns whether it came to that */
  async killAt({ lap, moment }: Planned): Promise<boolean> {
    const where = `${this.#place.title}: run ${lap + 1} killed ${moment.when} ${moment.what} ${moment.at}`
    const old = await this.repository.committed(NAME)
    for (let run = 0; run < lap; run += 1) await this.#run(null)
    const { signal } = await this.#run(moment)
    const atOnce = await this.repository.committed(NAME)
    if (this.#place.hasOverlap) await this.#expectWorks(atOnce, `${where}, at once`)
    for (let run = 0; run < RUNS && !(await this.#isOver(old)); run += 1) await this.#run(null)
    const record = await this.repository.record(NAME)
    expect(record, where).toMatchObject({ phase: 'revoked', pending: null, previous: null, failures: 0 })
    await this.#expectWorks(await this.repository.committed(NAME), where)
    await expect(this.#place.knock(old), `${where}: the old login`).rejects.toThrow()
    return signal === 'SIGKILL'
  }

  async close(): Promise<void> {
    await this.#proxy?.close()
  }

  /** Two hours after the run before: a grace is over, and a lock is old. */
  async #run(doom: Moment | null) {
    this.repository.hoursAhead += 2
    const end = await this.repository.rotate([NAME], doom)
    if (doom === null) expect(end, `${this.#place.title}: ${end.stdout}${end.stderr}`).toMatchObject({ status: 0 })
    return end
  }

  /** A run that was killed before it wrote anything down left the rotation before this one as it was. */
  async #isOver(old: Login): Promise<boolean> {
    const { password } = await this.repository.committed(NAME)
    return (await this.#phase()) === 'revoked' && password.reveal() !== old.password.reveal()
  }

  async #phase(): Promise<string | undefined> {
    return (await this.repository.record(NAME))?.phase
  }

  async #expectWorks(login: Login, where: string): Promise<void> {
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

function commitsIn(moments: Moments): Labelled[] {
  return momentsOf({ what: 'push', when: 'after' }, moments).filter(({ label }) => label === 'refs/heads/main')
}

function changesIn(moments: Moments): Labelled[] {
  const said = momentsOf({ what: 'piece', when: 'after' }, moments)
  const changing = new Set(said.filter(({ label }) => label.endsWith(' changes')).map(conversationOf))
  const begun = momentsOf({ what: 'piece', when: 'before' }, moments).reverse()
  const firsts = new Map(begun.map((one) => [conversationOf(one), one]))
  return [...firsts.values(), ...said].filter((one) => changing.has(conversationOf(one)))
}

function momentsOf(kind: Pick<Moment, 'what' | 'when'>, moments: Moments): Labelled[] {
  return moments.labels(kind).map((label, index) => ({ ...kind, at: index + 1, label }))
}

function conversationOf({ label }: Labelled): string {
  return label.split(' ')[0]!
}
