import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readBlobs } from '../../../../src/adapters/git/objects/blobs.ts'
import { SealwardError } from '../../../../src/core/errors.ts'
import type { StoredBlob } from '../../../../src/tasks/world/git/repository.ts'
import { type GitRepository, inFolder, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'

const MIB = 1024 * 1024

function read(folder: string, names: readonly string[]): Promise<StoredBlob[]> {
  return inFolder(folder, async () => {
    const blobs: StoredBlob[] = []
    for await (const blob of readBlobs(names)) blobs.push(blob)
    return blobs
  })
}

function store({ tryGit }: GitRepository, content: string | Uint8Array): string {
  return tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim()
}

describe('blobs', () => {
  it('are read in the order that was asked for, byte for byte, also twice', async () => {
    const repository = makeRepository()
    const contents = ['', 'a', '\n', 'a\n\nb\r\n\0', randomBytes(200_000)].map((content) => Buffer.from(content))
    const ids = contents.map((content) => store(repository, content))
    const blobs = await read(repository.path, [...ids, ids[1]!])
    expect(blobs.map(({ name }) => name)).toEqual([...ids, ids[1]])
    expect(blobs.map(({ bytes }) => Buffer.from(bytes!))).toEqual([...contents, contents[1]])
  })

  it('that are not there are told, and the others are still read', async () => {
    const repository = makeRepository()
    const id = store(repository, 'a')
    const blobs = await read(repository.path, ['0'.repeat(40), id, ':sealward.yml'])
    expect(blobs.map(({ bytes }) => bytes?.length ?? null)).toEqual([null, 1, null])
  })

  it('are read for 8 MiB and no further, with their true size, however much follows', async () => {
    const repository = makeRepository()
    const large = store(repository, Buffer.alloc(10 * MIB, 'a'))
    const huge = store(repository, Buffer.alloc(40 * MIB, 'b'))
    const exact = store(repository, Buffer.alloc(8 * MIB, 'c'))
    const last = store(repository, 'the end')
    const blobs = await read(repository.path, [large, huge, exact, huge, last])
    expect(blobs.map(({ bytes, size }) => [bytes!.length / MIB, size / MIB])).toEqual([
      [8, 10],
      [8, 40],
      [8, 8],
      [8, 40],
      [7 / MIB, 7 / MIB],
    ])
    expect(Buffer.from(blobs[4]!.bytes!).toString()).toBe('the end')
  })

  it('are what will be published, whatever stands in their place here', async () => {
    const repository = makeRepository()
    const [id, other] = [store(repository, 'secret'), store(repository, 'clean')]
    repository.git('replace', id, other)
    const [blob] = await read(repository.path, [id])
    expect(Buffer.from(blob!.bytes!).toString()).toBe('secret')
  })

  it('are not looked for when there are none', async () => {
    expect(await read(temporaryFolder(), [])).toEqual([])
  })

  it('fail where git fails', async () => {
    await expect(read(temporaryFolder(), ['0'.repeat(40)])).rejects.toMatchObject({ code: 'git' })
    const repository = makeRepository()
    repository.git('commit', '--quiet', '--allow-empty', '-m', 'a')
    await expect(read(repository.path, [repository.git('rev-parse', 'HEAD').trim()])).rejects.toThrow(SealwardError)
  })

  it('can be left early', async () => {
    const repository = makeRepository()
    const ids = Array.from({ length: 500 }, (_, index) => store(repository, Buffer.alloc(20_000, index)))
    await inFolder(repository.path, async () => {
      for await (const { size } of readBlobs(ids)) {
        expect(size).toBe(20_000)
        return
      }
    })
  })
})
