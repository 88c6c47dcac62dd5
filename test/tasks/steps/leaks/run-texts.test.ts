import { describe, expect, it } from 'vitest'
import { openArchives } from '../../../../src/adapters/archives/archives.ts'
import { readPieces } from '../../../../src/adapters/files/sources/standard-input.ts'
import { SealwardError } from '../../../../src/core/errors.ts'
import { RULES } from '../../../../src/core/scan/rules.ts'
import { type RunTextsWorld, runTexts } from '../../../../src/tasks/steps/leaks/run-texts.ts'
import type { Artifact, Download, Job } from '../../../../src/tasks/world/github.ts'
import { makeZip } from '../../../support/make-zip.ts'

const JOB: Job = { id: 1, name: 'build', status: 'completed', conclusion: 'success', attempt: 1, url: '' }
const ARTIFACT: Artifact = { id: 1, name: 'dist', bytes: 10, expired: false }
const got = (bytes: Uint8Array | string): Download => ({ kind: 'bytes', bytes: Buffer.from(bytes) })

interface Given {
  readonly jobs?: readonly Partial<Job>[]
  readonly artifacts?: readonly Partial<Artifact>[]
  readonly download?: (id: number) => Download
  /** Each question about the time takes so many minutes. */
  readonly slow?: number
}

/** Each text by its name, and what is said of the rest; and the downloads that there were. */
async function read({ jobs = [], artifacts = [], download = () => got('x\n'), slow = 0 }: Given) {
  const asked: number[] = []
  const failures: SealwardError[] = []
  let minutes = 0
  const fetch = async (id: number) => {
    asked.push(id)
    return download(id)
  }
  const world: RunTextsWorld = {
    runs: { jobs: async () => jobs.map((job) => ({ ...JOB, ...job })), log: fetch },
    artifacts: { list: async () => artifacts.map((one) => ({ ...ARTIFACT, ...one })), download: fetch },
    archives: openArchives(),
    clock: {
      now: () => {
        minutes += slow
        return new Date(minutes * 60_000)
      },
    },
    largest: 1000,
    pieces: (bytes, path) => readPieces(one(bytes), path, { bytes: 64, overlap: 16 }),
    failed: (error) => failures.push(error),
  }
  const said: string[] = []
  for await (const text of runTexts({ run: 7, logs: true, artifacts: true, rules: RULES }, world))
    said.push(
      text.kind === 'unread'
        ? `${text.path}: ${text.why}`
        : `${text.place.path} as ${text.archived?.name ?? 'itself'} = ${Buffer.from(text.bytes).toString().trim()}`,
    )
  return { said, asked, failures }
}

async function* one(bytes: Uint8Array) {
  yield bytes
}

describe('the texts of a run', () => {
  it('are the logs of the jobs of all attempts, as a file of one name', async () => {
    const { said } = await read({ jobs: [{ name: '.env' }, { name: 'test', attempt: 2 }] })
    expect(said).toEqual(['logs: .env as job.log = x', 'logs: test (attempt 2) as job.log = x'])
  })

  it('are not those of a job that was skipped, or is not finished, which is said', async () => {
    const { said, asked } = await read({
      jobs: [{ conclusion: 'skipped' }, { status: 'in_progress', conclusion: null }],
    })
    expect([said, asked]).toEqual([['logs: build: is not finished, and has no log before it is'], []])
  })

  it('come in pieces where they are long, with the lines that they begin with', async () => {
    const { said } = await read({ jobs: [{}], download: () => got('line of a log\n'.repeat(8)) })
    expect(said.length).toBeGreaterThan(1)
  })

  it('are files of artifacts, and what is no archive as it is', async () => {
    const zip = makeZip([{ name: 'a/b', content: 'in it' }])
    const artifacts = [{ id: 1 }, { id: 2, name: 'plain' }]
    const { said } = await read({ artifacts, download: (id) => got(id === 1 ? zip : 'text') })
    expect(said).toEqual(['artifact dist!a/b as a/b = in it', 'artifact plain as itself = text'])
  })

  it('are not those that are expired or too large, of which nothing is fetched', async () => {
    const { said, asked } = await read({ artifacts: [{ expired: true }, { bytes: 1001 }] })
    expect([said, asked]).toEqual([
      [
        'artifact dist: is gone: deleted, or kept no longer',
        'artifact dist: has more than 0 MiB, and was not looked at',
      ],
      [],
    ])
  })

  it('go on after one that is too large after all, gone, or cannot be fetched', async () => {
    const download = (id: number): Download => {
      if (id === 3) throw new SealwardError('unavailable', 'no answer')
      return id === 1 ? { kind: 'too-large', limit: 2 ** 20 } : id === 2 ? { kind: 'gone' } : got('x')
    }
    const { said, failures } = await read({ jobs: [1, 2, 3, 4].map((id) => ({ id })), download })
    expect(said).toEqual([
      'logs: build: has more than 1 MiB, and was not looked at',
      'logs: build: is gone: deleted, or kept no longer',
      'logs: build: not fetched: no answer',
      'logs: build as job.log = x',
    ])
    expect(failures.map(({ code }) => code)).toEqual(['unavailable'])
  })

  it('end when they have taken too long, and the rest is named', async () => {
    const { said, asked } = await read({ jobs: [{}, {}, {}], slow: 10 })
    expect(asked).toHaveLength(1)
    expect(said.slice(1)).toEqual(Array(2).fill('logs: build: not fetched: the rest took more than 15 minutes'))
  })

  it('are broken off by an error that is none of ours', async () => {
    const download = () => {
      throw new TypeError('a bug')
    }
    await expect(read({ jobs: [{}], download })).rejects.toThrow('a bug')
  })
})
