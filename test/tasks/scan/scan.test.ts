import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readPieces } from '../../../src/adapters/files/sources/standard-input.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { parseBaseline } from '../../../src/core/scan/allow/baseline.ts'
import { BASELINE_FILE } from '../../../src/core/scan/allow/baseline-file.ts'
import type { ScanOutcome } from '../../../src/core/scan/outcome.ts'
import { RULES } from '../../../src/core/scan/rules.ts'
import { type ScanRequest, type ScanWorld, scan } from '../../../src/tasks/scan/scan.ts'
import { lookAt } from '../../../src/tasks/steps/scan/look.ts'
import type { Probes } from '../../../src/tasks/world/scan/probe.ts'
import type { PlaceReader, ScanItem, ScanPlace, ScanSource, ScanStep } from '../../../src/tasks/world/scan/source.ts'
import { type MemoryWorld, memoryWorld } from '../../fakes/memory-world.ts'

const MIB = 1024 * 1024

/** Random, and of a shape that a rule knows. */
function newToken(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return `ghp_${Array.from(randomBytes(36), (byte) => letters[byte % 62]).join('')}`
}

interface Scanning {
  readonly files: Readonly<Record<string, string>>
  /** Contents by id. */
  readonly objects?: Readonly<Record<string, string>>
  readonly steps?: readonly ScanStep[]
  readonly policy?: string
  readonly request?: Partial<ScanRequest>
  /** So many bytes of each text are read. */
  readonly most?: number
  /** What the clock goes on by each time that somebody asks. */
  readonly tick?: number
}

/** Scans files in memory: all of them, unless steps are given. */
async function scanning(given: Scanning): Promise<{ readonly outcome: ScanOutcome; readonly world: MemoryWorld }> {
  const world = memoryWorld(given.files)
  const outcome = await scan(requestOf(given), worldOf(given, world))
  return { outcome, world }
}

function requestOf({ files, steps, policy, request }: Scanning): ScanRequest {
  const places = Object.keys(files).map((path): ScanPlace => ({ kind: 'place', path }))
  return {
    sources: [sourceOf('files', steps ?? places)],
    whole: true,
    settings: {
      policy: policy === undefined ? null : parsePolicy(Buffer.from(`version: 1\n${policy}`), 'sealward.yml'),
      rules: RULES,
      baselineFile: BASELINE_FILE,
      baselineRequired: false,
    },
    update: null,
    ...request,
  }
}

function sourceOf(what: string, steps: readonly ScanStep[]): ScanSource {
  return {
    what,
    async *steps() {
      yield* steps
    },
  }
}

function worldOf({ objects = {}, most, tick = 0 }: Scanning, memory: MemoryWorld): ScanWorld {
  const reader = readerOf(memory, { objects, most })
  let asked = 0
  return {
    ...memory,
    reader,
    randomBytes: (length) => randomBytes(length),
    clock: { now: () => new Date(memory.clock.now().getTime() + tick * asked++) },
    lookers: {
      async *look(steps) {
        for await (const step of steps) {
          if (step.kind === 'unread') yield step
          else if (step.kind === 'place') yield* lookAt([step], { reader, rules: RULES })
        }
      },
    },
  }
}

interface Contents {
  readonly objects: Readonly<Record<string, string>>
  readonly most: number | undefined
}

function readerOf({ contents }: MemoryWorld, { objects, most }: Contents): PlaceReader {
  return {
    async *read(places) {
      for await (const place of places) {
        const bytes = place.id === undefined ? contents.get(place.path) : Buffer.from(objects[place.id]!)
        if (bytes !== undefined) yield { kind: 'item', place, bytes: bytes.subarray(0, most), size: bytes.length }
      }
    },
    close: () => {},
  }
}

function placesOf({ findings }: ScanOutcome): string[] {
  return findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)
}

describe('a scan', () => {
  it('says what it found and how much it looked at', async () => {
    const token = newToken()
    const { outcome } = await scanning({ files: { 'a.py': `x = 1\nt = "${token}"\n`, 'b.txt': 'hi\n' } })
    expect(placesOf(outcome)).toEqual(['github-pat a.py:2'])
    expect(outcome.looked).toEqual({ what: 'files', count: 2, bytes: 56, milliseconds: 0 })
    expect(JSON.stringify(outcome)).not.toContain(token.slice(4, 12))
  })

  it('orders findings by file, line and column, whatever the order they were found in', async () => {
    const two = `t = "${newToken()}" + "${newToken()}"\n`
    const { outcome } = await scanning({ files: { 'b.py': two, 'a.py': `\n${two}`, 'B.py': two } })
    expect(outcome.findings.map(({ file, line, column }) => [file, line, column])).toEqual([
      ['B.py', 1, 6],
      ['B.py', 1, 51],
      ['a.py', 2, 6],
      ['a.py', 2, 51],
      ['b.py', 1, 6],
      ['b.py', 1, 51],
    ])
  })

  it('looks at nothing when nothing is selected, and says so', async () => {
    const { outcome } = await scanning({ files: {}, request: { sources: [sourceOf('staged files', [])] } })
    expect(outcome).toMatchObject({ findings: [], looked: { what: 'staged files', count: 0, bytes: 0 } })
  })

  it('names every kind of thing that it counted', async () => {
    const message: ScanPlace = { kind: 'place', path: '(commit message)', id: 'm' }
    const sources = [sourceOf('versions of files', []), sourceOf('commit messages', [message])]
    const { outcome } = await scanning({ files: {}, objects: { m: 'Fix it\n' }, request: { sources, whole: false } })
    expect(outcome.looked).toMatchObject({ what: 'versions of files and commit messages', count: 1 })
  })

  it('says which file was not read to its end, and which not at all', async () => {
    const { outcome } = await scanning({
      files: { 'big.txt': 'x'.repeat(3 * MIB) },
      steps: [
        { kind: 'unread', path: 'sub', why: 'a submodule' },
        { kind: 'place', path: 'big.txt' },
        { kind: 'place', path: 'gone.txt' },
      ],
      most: MIB,
    })
    expect(outcome.cut).toEqual([
      { file: 'big.txt', why: 'only the first 1 of 3 MiB' },
      { file: 'sub', why: 'a submodule' },
    ])
    expect(outcome.looked.count).toBe(1)
  })

  it('gives the commit that brought it', async () => {
    const origin = { commit: '0'.repeat(40), author: 'A', date: '2026-01-01T00:00:00Z' }
    const place: ScanPlace = { kind: 'place', path: 'a.py', id: 'one', origin }
    const { outcome } = await scanning({ files: {}, objects: { one: `t = "${newToken()}"\n` }, steps: [place] })
    expect(outcome.findings).toMatchObject([{ file: 'a.py', origin }])
  })

  it('says how far it is, every few seconds and not more often', async () => {
    const files = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${index}.txt`, 'hi\n']))
    const places = Object.keys(files).map((path): ScanPlace => ({ kind: 'place', path }))
    const steps: ScanStep[] = [{ kind: 'mark', done: 5, total: 20 }, ...places]
    const { world } = await scanning({ files, steps, tick: 1000 })
    expect(world.said).toHaveLength(3)
    expect(world.said[0]).toMatch(/^\d files, 0 MB\/s, 5 of 20 commits, about \d+ s left$/)
  })
})

describe('what a place replaces', () => {
  it('is no news: a secret that was there before is not reported, one beside it is', async () => {
    const [old, fresh] = [newToken(), newToken()]
    const { outcome } = await scanning({
      files: {},
      objects: { old: `t = "${old}"\n`, new: `\n\nt = "${old}"\nu = "${fresh}"\n` },
      steps: [{ kind: 'place', path: 'a.py', id: 'new', before: ['old'] }],
    })
    expect(placesOf(outcome)).toEqual(['github-pat a.py:4'])
    expect(outcome.looked.count).toBe(1)
  })

  it('does not count for another secret of the same kind', async () => {
    const { outcome } = await scanning({
      files: {},
      objects: { old: `t = "${newToken()}"\n`, new: `t = "${newToken()}"\n` },
      steps: [{ kind: 'place', path: 'a.py', id: 'new', before: ['old'] }],
    })
    expect(placesOf(outcome)).toEqual(['github-pat a.py:1'])
  })
})

describe('an allowance', () => {
  it('in a comment, with its reason', async () => {
    const { outcome } = await scanning({
      files: { 'a.py': `t = "${newToken()}" # sealward:allow github-pat made up for the manual\n` },
    })
    expect(outcome.findings).toEqual([])
    expect(outcome.allowed).toMatchObject([{ finding: { rule: 'github-pat' }, reason: 'made up for the manual' }])
  })

  it('in sealward.yml, for its path alone', async () => {
    const text = `t = "${newToken()}"\n`
    const { outcome } = await scanning({
      files: { 'test/a.py': text, 'src/a.py': text },
      policy: 'scan:\n  allow:\n    - { path: "test/**", rule: github-pat, reason: opens nothing }\n',
    })
    expect(placesOf(outcome)).toEqual(['github-pat src/a.py:1'])
    expect(outcome.allowed.map(({ finding, reason }) => [finding.file, reason])).toEqual([
      ['test/a.py', 'opens nothing'],
    ])
  })

  it('by a rule that is switched off', async () => {
    const { outcome } = await scanning({
      files: { 'a.py': `t = "${newToken()}"\n` },
      policy: 'scan:\n  disable:\n    - { rule: github-pat, reason: none of ours }\n',
    })
    expect([outcome.findings, outcome.allowed.length]).toEqual([[], 1])
  })

  it('that allows nothing is stale when everything was looked at, also in a file without findings', async () => {
    const given: Scanning = {
      files: { 'a.py': 'x = 1 # sealward:allow github-pat it was here once\n' },
      policy: 'scan:\n  allow:\n    - { path: "gone/**", reason: old }\n',
    }
    const whole = await scanning(given)
    expect(whole.outcome.stale.map(({ file, line }) => [file, line])).toEqual([
      ['a.py', 1],
      ['sealward.yml', 4],
    ])
    const part = await scanning({ ...given, request: { whole: false } })
    expect(part.outcome.stale).toEqual([])
  })

  it('of whole files passes them over, and says how many and why', async () => {
    const text = `t = "${newToken()}"\n`
    const { outcome } = await scanning({
      files: { 'vendor/a.py': text, 'vendor/b.py': text, 'c.py': 'x = 1\n' },
      policy: "scan:\n  ignore:\n    - { path: 'vendor/**', reason: scanned where it comes from }\n",
    })
    expect(outcome.findings).toEqual([])
    expect(outcome.looked.count).toBe(1)
    expect(outcome.cut).toEqual([{ file: '.', why: '2 files ignored by sealward.yml: scanned where it comes from' }])
  })
})

describe('the baseline', () => {
  const update = (reason: string) => ({ update: { reason } })
  const textOf = (world: MemoryWorld) => Buffer.from(world.contents.get(BASELINE_FILE)!).toString()
  const entriesOf = (world: MemoryWorld) =>
    parseBaseline(world.contents.get(BASELINE_FILE)!, BASELINE_FILE).findings.map(({ file, reason }) => [file, reason])

  it('holds what was found, from the first time on, and then allows it on another line', async () => {
    const token = newToken()
    const files = { 'a.py': `t = "${token}"\n` }
    const first = await scanning({ files, request: update('from before') })
    expect(entriesOf(first.world)).toEqual([['a.py', 'from before']])
    expect(first.world.said).toEqual(['the baseline has 1 finding'])
    expect(textOf(first.world)).not.toContain(token.slice(4))

    const later = { 'a.py': `\n\n${files['a.py']}u = "${newToken()}"\n`, [BASELINE_FILE]: textOf(first.world) }
    const { outcome } = await scanning({ files: later })
    expect(placesOf(outcome)).toEqual(['github-pat a.py:4'])
    expect(outcome.allowed).toMatchObject([{ finding: { line: 3 }, reason: 'from before' }])
    expect(outcome.stale).toEqual([])
  })

  it('is written under a lock', async () => {
    const { world } = await scanning({ files: { 'a.py': `t = "${newToken()}"\n` }, request: update('x') })
    expect(world.touched).toEqual([
      `read ${BASELINE_FILE}`,
      ...['lock', 'write', 'unlock'].map((verb) => `${verb} ${BASELINE_FILE}`),
    ])
  })

  it('drops what is gone when everything was looked at, and keeps it when a part was', async () => {
    const [one, other] = [`t = "${newToken()}"\n`, `t = "${newToken()}"\n`]
    const { world } = await scanning({ files: { 'a.py': one, 'b.py': other }, request: update('first') })
    const files = { 'b.py': `${other}u = "${newToken()}"\n`, [BASELINE_FILE]: textOf(world) }
    const part = await scanning({ files, request: { ...update('second'), whole: false } })
    expect(entriesOf(part.world).toSorted()).toEqual([
      ['a.py', 'first'],
      ['b.py', 'first'],
      ['b.py', 'second'],
    ])
    const whole = await scanning({ files, request: update('second') })
    expect(entriesOf(whole.world).toSorted()).toEqual([
      ['b.py', 'first'],
      ['b.py', 'second'],
    ])
  })

  it('is stale where it matches nothing, and is no finding itself', async () => {
    const { world } = await scanning({ files: { 'a.py': `t = "${newToken()}"\n` }, request: update('x') })
    const { outcome } = await scanning({ files: { [BASELINE_FILE]: textOf(world) } })
    expect(outcome.findings).toEqual([])
    expect(outcome.stale.map(({ file }) => file)).toEqual([BASELINE_FILE])
  })

  it('that somebody named and that is not there is an error', async () => {
    const settings = { ...requestOf({ files: {} }).settings, baselineRequired: true }
    await expect(scanning({ files: {}, request: { settings } })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a stream', () => {
  async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < text.length; at += 700) yield Buffer.from(text.slice(at, at + 700))
  }
  const stream = (text: string, bytes = 1000, overlap = 200): AsyncIterable<ScanItem> =>
    readPieces(chunksOf(text), '(standard input)', { bytes, overlap })
  const ofStream = async (items: AsyncIterable<ScanItem>) =>
    (await scanning({ files: {}, request: { sources: [], items, whole: false } })).outcome

  it('is one text, however many pieces it comes in', async () => {
    expect((await ofStream(stream('word\n'.repeat(1000)))).looked).toMatchObject({
      what: 'texts',
      count: 1,
      bytes: 5000,
    })
  })

  it('without a byte is no text', async () => {
    expect((await ofStream(stream(''))).looked).toMatchObject({ count: 0, bytes: 0 })
  })

  it('has each finding once and on its line, wherever the pieces are cut', async () => {
    for (let before = 150; before < 210; before += 3) {
      const text = `${'word\n'.repeat(before)}t = "${newToken()}"\n${'word\n'.repeat(300)}`
      expect(placesOf(await ofStream(stream(text)))).toEqual([`github-pat (standard input):${before + 1}`])
    }
  })
})

describe('a scan that asks issuers', () => {
  it('asks about what is a finding in the end, and keeps the secret to itself', async () => {
    const [token, allowed, old] = [newToken(), newToken(), newToken()]
    const given: Scanning = {
      files: {
        'a.py': `t = "${token}"\nu = "${allowed}" # sealward:allow github-pat made up for a test\n`,
        'b.py': `t = "${old}"\n`,
      },
      request: { before: sourceOf('files', [{ kind: 'place', path: 'b.py' }]) },
    }
    const asked: string[] = []
    const probes: Probes = {
      knows: () => true,
      async ask({ value }) {
        asked.push(value.reveal())
        return { state: 'live' }
      },
    }
    const outcome = await scan(requestOf(given), { ...worldOf(given, memoryWorld(given.files)), probes })
    expect(asked).toEqual([token])
    expect(outcome.findings.map(({ file, verified }) => [file, verified])).toEqual([['a.py', 'live']])
    expect(JSON.stringify(outcome)).not.toContain(token.slice(4, 12))
  })

  it('asks about what stands behind NULs and a byte order mark, as a wide text has them', async () => {
    const token = newToken()
    const given: Scanning = { files: {} }
    const memory = memoryWorld({})
    memory.contents.set('a.txt', Buffer.from(`\ufefft = "${token}"\n`, 'utf16le'))
    const asked: string[] = []
    const probes: Probes = {
      knows: () => true,
      async ask({ value }) {
        asked.push(value.reveal())
        return null
      },
    }
    const request = { ...requestOf(given), sources: [sourceOf('files', [{ kind: 'place', path: 'a.txt' }])] }
    const outcome = await scan(request, { ...worldOf(given, memory), probes })
    expect(asked).toEqual([token])
    expect(outcome.findings.map(({ verified }) => verified)).toEqual([undefined])
  })
})
