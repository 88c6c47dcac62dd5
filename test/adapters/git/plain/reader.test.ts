import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWithCommit } from '../../../../src/adapters/git/objects/commit-blob.ts'
import { openObjects } from '../../../../src/adapters/git/objects/object-reader.ts'
import type { ObjectReader } from '../../../../src/adapters/git/objects/stored-object.ts'
import { openPlainObjects } from '../../../../src/adapters/git/plain/reader.ts'
import { type GitRepository, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'

const FILE = 'a/b/.env'
const OURS = expect.objectContaining({ code: 'git' })

function commit(repository: GitRepository): string {
  repository.git('add', '--all')
  repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '--message', 'x')
  return repository.git('rev-parse', 'HEAD').trim()
}

/** Some commits, in the way that a repository is kept after `keep`. */
function committed(keep: readonly (readonly string[])[] = []) {
  const repository = makeRepository()
  for (let count = 0; count < 40; count += 1) repository.write(`a/${count}`, `${count}`)
  repository.write(FILE, 'A=1\n')
  const first = commit(repository)
  repository.write('a/7', 'changed')
  const sha = commit(repository)
  for (const command of keep) repository.git(...command)
  return { repository, sha, first }
}

/** What a comparison says when there is no git: the answer of the plain reader, or `no-git` when it has none. */
async function alone({ path }: GitRepository, sha: string): Promise<string> {
  const [answer] = await compareWithCommit({
    sha,
    env: { PATH: join(path, 'nothing') },
    files: [{ file: FILE, path: join(path, FILE), bytes: Buffer.from('A=1\n') }],
  })
  return `${answer?.blob} ${answer?.head}`
}

/** The files of a git folder that anybody reads for a comparison. */
function filesOf({ path }: GitRepository): string[] {
  const git = join(path, '.git')
  const names = readdirSync(git, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => /^(?:objects|refs|HEAD|config|packed-refs)/.test(name))
  return files.map((name) => join(git, name)).filter((file) => statSync(file).isFile())
}

async function withReader<T>(reader: ObjectReader, work: (reader: ObjectReader) => Promise<T>): Promise<T> {
  try {
    return await work(reader)
  } finally {
    reader.stop()
  }
}

describe('a repository that is read without git', () => {
  it('has the same objects and the same HEAD as by git, whatever was done to it', async () => {
    const write = fc.record({
      kind: fc.constant('write' as const),
      path: fc.constantFrom('a', 'b', 'c/a', 'c/b', 'c/d/e'),
      text: fc.string({ size: 'medium' }),
    })
    const git = fc.record({
      kind: fc.constant('git' as const),
      args: fc.constantFrom(
        ['gc', '--quiet', '--aggressive'],
        ['repack', '-dq'],
        ['repack', '-adfq', '--depth=50'],
        ['pack-refs', '--all'],
        ['checkout', '--quiet', '--detach'],
        ['checkout', '--quiet', '-B', 'other'],
        ['tag', '--force', '--annotate', '--message', 'x', 'v1'],
        ['prune-packed'],
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(write, git), { minLength: 1, maxLength: 8 }), async (steps) => {
        const repository = makeRepository()
        commit(repository)
        for (const step of steps) {
          if (step.kind === 'git') repository.git(...step.args)
          else {
            rmSync(join(repository.path, step.path), { recursive: true, force: true })
            repository.write(step.path, step.text)
            commit(repository)
          }
        }
        const ids = repository.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)').trim().split('\n')
        const ask = async (reader: ObjectReader) => Promise.all(['HEAD', ...ids].map((name) => reader.read(name)))
        const byGit = await withReader(await openObjects(repository.path, process.env), ask)
        expect(await withReader(openPlainObjects(repository.path), ask)).toEqual(byGit)
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  it('may be shallow', async () => {
    const { repository, sha } = committed()
    const clone = join(temporaryFolder(), 'clone')
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.path}`, clone)
    expect(await alone({ ...repository, path: clone }, sha)).toBe(`same ${sha}`)
  })

  it('ignores replacements and grafts', async () => {
    const { repository, sha, first } = committed()
    repository.git('replace', sha, first)
    writeFileSync(join(repository.path, '.git/info/grafts'), `${sha}\n`)
    const object = await withReader(openPlainObjects(repository.path), (reader) => reader.read(sha))
    expect(Buffer.from(object!.content).toString()).toBe(
      repository.git('--no-replace-objects', 'cat-file', 'commit', sha),
    )
  })

  it('gives no object under the id of another, from whichever place', async () => {
    const { repository, sha, first } = committed()
    const place = (id: string) => join(repository.path, '.git/objects', id.slice(0, 2), id.slice(2))
    const forged = readFileSync(place(first))
    repository.git('gc', '--quiet')
    const ask = () => withReader(openPlainObjects(repository.path), (reader) => reader.read(sha))
    expect((await ask())?.id).toBe(sha)
    // A file of its own stands before the pack that has the true one.
    mkdirSync(dirname(place(sha)), { recursive: true })
    writeFileSync(place(sha), forged)
    await expect(ask()).rejects.toThrow(OURS)
    expect(await alone(repository, sha)).toBe('no-git null')
    rmSync(place(sha))
    const others = repository.git('rev-list', '--objects', '--all').match(/^[0-9a-f]{40}/gm)!
    const [name] = readdirSync(join(repository.path, '.git/objects/pack')).filter((file) => file.endsWith('.idx'))
    const path = join(repository.path, '.git/objects/pack', name!)
    const index = readFileSync(path)
    chmodSync(path, 0o644)
    // Every offset of the index is that of the first object.
    const count = index.readUInt32BE(8 + 255 * 4)
    for (let at = 0; at < count; at += 1) index.writeUInt32BE(12, 1032 + count * 24 + at * 4)
    writeFileSync(path, index)
    const given = await withReader(openPlainObjects(repository.path), (reader) =>
      Promise.allSettled(others.map((id) => reader.read(id))),
    )
    expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('gives no object under its own id as another kind', async () => {
    const { repository, sha } = committed()
    const path = join(repository.path, '.git/objects', sha.slice(0, 2), sha.slice(2))
    const stored = inflateSync(readFileSync(path)).toString('latin1')
    chmodSync(path, 0o644)
    writeFileSync(path, deflateSync(Buffer.from(stored.replace('commit', 'tag'), 'latin1')))
    await expect(withReader(openPlainObjects(repository.path), (reader) => reader.read(sha))).rejects.toThrow(OURS)
  })

  it('leaves to git what it does not have', async () => {
    const { repository } = committed()
    const ask = (name: string) => withReader(openPlainObjects(repository.path), (reader) => reader.read(name))
    for (const name of ['ab'.repeat(20), 'main', '', '../HEAD']) await expect(ask(name)).rejects.toThrow(OURS)
  })
})

describe('a damaged repository', () => {
  const ways: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['objects in files', []],
    ['objects in a pack', [['gc', '--quiet']]],
    ['deltas by id', [['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq', '--depth=50']]],
  ]

  it.each(ways)(
    'of %s never gives a wrong answer when a bit is another',
    async (_, keep) => {
      const { repository, sha } = committed(keep)
      const files = filesOf(repository)
      const right = await alone(repository, sha)
      expect(right).toBe(`same ${sha}`)
      const seen = new Map<string, number>()
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(7), async (which, where, bit) => {
          const path = files[which % files.length]!
          const kept = readFileSync(path)
          if (kept.length === 0) return
          const bytes = Buffer.from(kept)
          bytes[where % bytes.length]! ^= 1 << bit
          chmodSync(path, 0o644)
          writeFileSync(path, bytes)
          const answer = await alone(repository, sha)
          writeFileSync(path, kept)
          seen.set(answer, (seen.get(answer) ?? 0) + 1)
          expect([right, 'no-git null']).toContain(answer)
        }),
        { numRuns: 500 },
      )
      expect(await alone(repository, sha)).toBe(right)
      expect([...seen.keys()].sort()).toEqual(['no-git null', right])
    },
    60_000,
  )

  it.each(ways)(
    'of %s never gives a wrong answer when a file breaks off',
    async (_, keep) => {
      const { repository, sha } = committed(keep)
      const right = await alone(repository, sha)
      expect(right).toBe(`same ${sha}`)
      for (const path of filesOf(repository)) {
        const kept = readFileSync(path)
        chmodSync(path, 0o644)
        const lengths = [0, 1, 8, 11, 12, 13, 40, 1031, 1033, kept.length >> 1, kept.length - 21, kept.length - 1]
        for (const length of lengths.filter((one) => one >= 0 && one < kept.length)) {
          writeFileSync(path, kept.subarray(0, length))
          expect([right, 'no-git null']).toContain(await alone(repository, sha))
        }
        rmSync(path)
        expect([right, 'no-git null']).toContain(await alone(repository, sha))
        writeFileSync(path, kept)
      }
      expect(await alone(repository, sha)).toBe(right)
    },
    60_000,
  )
})
