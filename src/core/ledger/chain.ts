import { byUnits } from './canonical.ts'
import { type Entry, isEntry } from './entry.ts'
import { LEDGER_FILE, type LedgerLine } from './ledger-file.ts'
import { type LedgerProblem, short } from './problem.ts'

/** What is known beside the ledger itself. */
export interface ChainContext {
  /** Entries of archives that are at hand. */
  readonly archived: readonly Entry[]
  readonly now: Date
  /** What errors call the file. */
  readonly file?: string
}

/** A ledger as a graph: every entry names those before it. */
export interface Chain {
  /** In the order of the file, each once; without those that cannot be read. */
  readonly entries: readonly Entry[]
  /** Entries that nothing follows: one, or several after a merge of branches. */
  readonly heads: readonly Entry[]
  readonly problems: readonly LedgerProblem[]
}

/** Two machines are seldom further apart, and a wrong clock is not mended by refusing what it wrote. */
const SKEW = 5 * 60 * 1000
const AHEAD = 24 * 60 * 60 * 1000
const JOIN = 'sealward audit join'

/**
 * Holds every entry against those that it names. An altered entry is named once: what follows it names the id that it states.
 *
 * @param lines as `readLedger` gives them
 */
export function followChain(lines: readonly LedgerLine[], context: ChainContext): Chain {
  const walk = new Walk(lines, context)
  for (const line of lines) walk.take(line)
  return walk.end()
}

/** The entries that none of the others follows, by number and id. */
export function headsOf(entries: readonly Entry[]): Entry[] {
  const followed = new Set(entries.flatMap(({ parents }) => parents))
  return entries.filter(({ id }) => !followed.has(id)).sort(bySequence)
}

/** By number, and by id where branches have the same: parents come before what follows them. */
export function bySequence(one: Entry, other: Entry): number {
  return one.seq - other.seq || byUnits(one.id, other.id)
}

class Walk {
  readonly #problems: LedgerProblem[] = []
  readonly #entries: Entry[] = []
  readonly #seen = new Set<string>()
  /** Ids that the file states, also those of entries that were altered. */
  readonly #stated: ReadonlySet<string>
  readonly #known = new Map<string, Pick<Entry, 'seq' | 'time'>>()
  readonly #now: number
  readonly #file: string

  constructor(lines: readonly LedgerLine[], { archived, now, file = LEDGER_FILE }: ChainContext) {
    this.#now = now.getTime()
    this.#file = file
    this.#stated = new Set(lines.flatMap(({ read }) => read.id ?? []))
    for (const { read } of lines) {
      if (!isEntry(read) || read.event.kind !== 'archived') continue
      // Where the archive is not at hand, its last entry is known from here.
      this.#known.set(read.event.last!, { seq: read.event.through!, time: new Date(0) })
    }
    for (const entry of archived) this.#known.set(entry.id, entry)
  }

  take({ line, read }: LedgerLine): void {
    if (!isEntry(read)) {
      if (read.id !== null) this.#seen.add(read.id)
      this.#tell(read.kind, line, `the line ${read.why}`, 'restore it from git history')
    } else if (this.#seen.has(read.id)) this.#tell('duplicate', line, `entry ${short(read.id)} stands here again`, JOIN)
    else this.#add(read, line)
  }

  #add(read: Entry, line: number): void {
    this.#seen.add(read.id)
    this.#entries.push(read)
    const parents = read.parents.map((id) => this.#parent(id, read, line)).filter((one) => one !== null)
    if (parents.length === read.parents.length) this.#compare(read, parents, line)
    this.#known.set(read.id, read)
  }

  end(): Chain {
    const heads = headsOf(this.#entries)
    // Where a line is missing, what came before it only looks like an end.
    if (heads.length > 1 && this.#problems.every(({ level }) => level === 'notice'))
      this.#notice('fork', `${heads.length} branches of entries are not joined yet: the next entry joins them`, JOIN)
    if (this.#entries.filter(({ parents }) => parents.length === 0).length > 1)
      this.#notice('beginnings', 'there is more than one first entry: the ledger was begun on several branches')
    return { entries: this.#entries, heads, problems: this.#problems }
  }

  #parent(id: string, { id: own }: Entry, line: number): Pick<Entry, 'seq' | 'time'> | null {
    const parent = this.#known.get(id)
    if (parent !== undefined) return parent
    if (this.#seen.has(id)) return null
    if (!this.#stated.has(id))
      this.#tell(
        'gap',
        line,
        `entry ${short(own)} follows ${short(id)}, which is not there`,
        'restore it from git history',
      )
    else this.#tell('order', line, `entry ${short(own)} stands before ${short(id)}, which it follows`, JOIN)
    return null
  }

  #compare({ id, seq, time }: Entry, parents: readonly Pick<Entry, 'seq' | 'time'>[], line: number): void {
    const expected = 1 + Math.max(0, ...parents.map((parent) => parent.seq))
    if (seq !== expected)
      this.#tell('sequence', line, `entry ${short(id)} has the number ${seq}, and after its parents comes ${expected}`)
    const latest = Math.max(...parents.map((parent) => parent.time.getTime()))
    if (time.getTime() < latest - SKEW)
      this.#notice('clock', `entry ${short(id)} is older than the one it follows: a clock was wrong`, undefined, line)
    if (time.getTime() > this.#now + AHEAD)
      this.#notice('clock', `entry ${short(id)} is from the future: a clock was wrong`, undefined, line)
  }

  #tell(kind: LedgerProblem['kind'], line: number, message: string, fix?: string): void {
    this.#problems.push({ kind, level: 'fault', file: this.#file, line, message, ...(fix && { fix }) })
  }

  #notice(kind: LedgerProblem['kind'], message: string, fix?: string, line?: number): void {
    this.#problems.push({
      kind,
      level: 'notice',
      file: this.#file,
      message,
      ...(line && { line }),
      ...(fix && { fix }),
    })
  }
}
