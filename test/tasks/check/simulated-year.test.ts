import { describe, expect, it } from 'vitest'
import type { CheckReport } from '../../../src/core/check/judged.ts'
import { parseItems } from '../../../src/core/issues/item.ts'
import { parseMarker } from '../../../src/core/issues/marker.ts'
import { isBot } from '../../../src/core/issues/own.ts'
import type { IssueSettings } from '../../../src/core/issues/settings.ts'
import { keepIssues } from '../../../src/tasks/steps/github/issues.ts'
import { direct, overHttp, ROUTES, type YearFault, type YearGitHub } from '../../support/year/github.ts'
import { printHistory } from '../../support/year/history.ts'
import { ACTS, act, ours, paste, talk } from '../../support/year/people.ts'
import { dateOf, dice, isChangedOn, judgedOn, levelOn, type YearSecret } from '../../support/year/secrets.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const DAYS = 365
const OWNERS = ['mona', 'hubot', 'octo-org/ops', 'the database people']
const EVERY = [60, 90, 120, 180]

const FAULTS: readonly YearFault[] = [
  { route: null, fault: { kind: 'status', status: 503 }, code: 'unavailable' },
  { route: ROUTES.change, fault: { kind: 'secondary-limit', retryAfter: 300 }, code: 'rate-limited' },
  { route: ROUTES.comment, fault: { kind: 'status', status: 500 }, code: 'unavailable' },
  { route: ROUTES.create, fault: { kind: 'hang-up' }, code: 'unavailable' },
  { route: null, fault: { kind: 'primary-limit', resetsIn: 3000 }, code: 'rate-limited' },
]

/** A year of a repository with 50 secrets: who changes them and when, and what else happens. */
class Year {
  readonly github: YearGitHub
  readonly settings: IssueSettings
  readonly #clock: { day: number }
  readonly #random = dice(2027)
  readonly #secrets: YearSecret[]

  constructor(github: YearGitHub, settings: IssueSettings, clock: { day: number }) {
    this.github = github
    this.#clock = clock
    for (const login of ['mona', 'hubot']) github.repository.assignable.add(login)
    this.settings = settings
    this.#secrets = Array.from({ length: 50 }, (_, index) => this.#secret(index, -this.#random(60)))
  }

  get day(): number {
    return this.#clock.day
  }

  set day(day: number) {
    this.#clock.day = day
  }

  /** What a day asks for, to be compared with that of another. */
  levels(day: number): string {
    return this.#secrets.map((secret) => levelOn(day, secret)).join()
  }

  report(): CheckReport {
    return { at: dateOf(this.day), judged: this.#secrets.map((secret) => judgedOn(this.day, secret)), notes: [] }
  }

  /** Owners change what is due, each in their time; now and then a secret is added or taken out. @returns whether anything was done */
  work(): boolean {
    const changed = this.#secrets.filter((secret) => isChangedOn(this.day, secret))
    for (const secret of changed) Object.assign(secret, { since: this.day, delay: this.#delay() })
    const moves = this.day % 45 === 44
    if (moves) this.#secrets.splice(this.#random(this.#secrets.length), 1, this.#secret(100 + this.day, this.day))
    return moves || changed.length > 0
  }

  /** @returns whether people did anything to issues */
  meddle(): boolean {
    const { repository } = this.github
    if (this.day === 50) talk(repository)
    if (this.day === 100) paste(repository, [])
    if (this.day === 150) paste(repository, ['sealward'])
    return this.#random(10) === 0 && act(repository, ACTS[this.#random(ACTS.length)]!, this.#random)
  }

  /** @returns what breaks today, on one day of 25 */
  trouble(): YearFault | null {
    return this.#random(25) === 0 ? FAULTS[this.#random(FAULTS.length)]! : null
  }

  /** Two runs at once: the second lists before the first writes, and writes when it is done. On the first day, and on one of 25. */
  races(): boolean {
    return this.day === 0 || this.#random(25) === 0
  }

  #secret(index: number, since: number): YearSecret {
    return {
      name: `SECRET_${String(index).padStart(2, '0')}`,
      owner: OWNERS[index % OWNERS.length]!,
      every: EVERY[index % EVERY.length]!,
      since,
      delay: this.#delay(),
    }
  }

  /** Most are quick, some come late, a few wait until it is overdue. */
  #delay(): number {
    return [2, 3, 5, 7, 9, 16, 20, 35][this.#random(8)]!
  }
}

async function raced(year: Year): Promise<void> {
  const second = year.github.world()
  const stale = await second.issues.list('sealward')
  await keepIssues(year.report(), year.settings, year.github.world())
  await keepIssues(year.report(), year.settings, { ...second, issues: { ...second.issues, list: async () => stale } })
}

/** Ours that are open and say of a secret what is not so, or say it twice, or say nothing of it though nobody asked them not to. */
function wrongIn(year: Year): string[] {
  const open = ours(year.github.repository).filter(({ state }) => state === 'open')
  const ids = open.map(({ body }) => parseMarker(body!)!.id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} twice`)
  const said = new Map(open.flatMap(({ body }) => [...parseItems(body!)]))
  const known = new Set(ours(year.github.repository).flatMap(({ body }) => [...parseItems(body!).keys()]))
  const wrong = year.report().judged.filter(({ id, level }) => {
    if (level === 'ok') return said.has(id)
    return said.has(id) ? said.get(id)?.level !== level : !known.has(id)
  })
  const comments = ours(year.github.repository).flatMap((issue) =>
    issue.comments.map((comment) => ({ issue, comment })),
  )
  const told = comments
    .filter(({ comment }) => isBot(comment.author))
    .map(({ issue, comment }) => `${issue.number} ${comment.at}`)
  const toldTwice = told.filter((one, index) => told.indexOf(one) !== index)
  return [...twice, ...toldTwice, ...wrong.map(({ name, level }) => `${name} is ${level}`)]
}

/** What days cost on which nothing happened: no level changed, nobody did anything, and the run before was a good one. */
interface Quiet {
  days: number
  requests: number
  writes: number
}

async function live(year: Year, quiet: Quiet): Promise<void> {
  const { github } = year
  let settled = false
  for (; year.day < DAYS; year.day += 1) {
    const before = year.levels(year.day - 1)
    const touched = [year.work(), year.meddle()].includes(true)
    const isQuiet = settled && !touched && before === year.levels(year.day)
    const trouble = year.trouble()
    const races = year.races() && trouble === null
    if (trouble !== null) github.break(trouble)
    github.requests()
    if (races) await raced(year)
    else await alone(year, isQuiet && trouble === null ? quiet : null)
    github.mend()
    settled = trouble === null && !races
    if (settled) expect([year.day, ...wrongIn(year)]).toEqual([year.day])
  }
}

async function alone(year: Year, quiet: Quiet | null): Promise<void> {
  const { written } = await keepIssues(year.report(), year.settings, year.github.world())
  if (quiet === null) return
  quiet.days += 1
  quiet.requests = Math.max(quiet.requests, year.github.requests())
  quiet.writes += Object.values(written).reduce((sum, count) => sum + count, 0)
}

describe.each([
  ['dashboard', 'dashboard'],
  ['per-finding', 'issues'],
] as const)('a year of daily runs over 50 secrets, mode %s', (mode, file) => {
  const year = (open: typeof direct) => () => liveAndCompare(open, mode, file)
  it('leaves the issues as a careful person would have', year(direct))
  it.skipIf(!full)('leaves the same over the network', year(overHttp))
})

async function liveAndCompare(open: typeof direct, mode: 'dashboard' | 'per-finding', file: string): Promise<void> {
  const clock = { day: 0 }
  const github = await open(() => dateOf(clock.day))
  const year = new Year(github, { mode, names: 'full', mentions: true }, clock)
  const quiet = { days: 0, requests: 0, writes: 0 }
  await live(year, quiet)
  expect(quiet.days).toBeGreaterThan(50)
  expect(quiet).toMatchObject({ requests: 1, writes: 0 })
  await expect(printHistory(github.repository)).toMatchFileSnapshot(`../../vectors/issues/year-${file}.txt`)
  await github.close()
}
