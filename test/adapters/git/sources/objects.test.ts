import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { followLfs } from '../../../../src/adapters/git/sources/lfs.ts'
import { openObjectReader } from '../../../../src/adapters/git/sources/plumbing/objects.ts'
import { readRawLog } from '../../../../src/adapters/git/sources/plumbing/raw-log.ts'
import type { ScanPlace } from '../../../../src/tasks/world/scan/source.ts'
import { type GitRepository, inFolder, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'
import { collect, readAll } from '../../../support/scan-steps.ts'

const MIB = 1024 * 1024

function store({ tryGit }: GitRepository, content: string | Uint8Array): ScanPlace {
  const id = tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim()
  return { kind: 'place', path: id, id }
}

describe('objects', () => {
  it('are read in order, byte for byte, also more than one batch of them, and again by the same reader', async () => {
    const repository = makeRepository()
    const contents = ['', 'a', '\n', 'a\n\nb\r\n\0', randomBytes(200_000).toString('hex')]
    const places = contents.map((content) => store(repository, content))
    const many = Array.from({ length: 2500 }, (_, at) => at % contents.length)
    await inFolder(repository.path, async () => {
      const reader = openObjectReader()
      for (const asked of [many, [1, 0]]) {
        const texts: string[] = []
        for await (const answer of reader.read(asked.map((at) => places[at]!)))
          if (answer.kind === 'item') texts.push(Buffer.from(answer.bytes).toString())
        expect(texts).toEqual(asked.map((at) => contents[at]))
      }
      reader.close()
    })
  })

  it('are cut at the bound with their true size, also the huge ones, and the next is still read', async () => {
    const repository = makeRepository()
    const places = [10, 40, 8].map((size) => store(repository, Buffer.alloc(size * MIB, 'a')))
    places.push(
      store(repository, 'the end'),
      { kind: 'place', path: 'none', id: '1'.repeat(40) },
      store(repository, 'x'),
    )
    const answers = await inFolder(repository.path, () => readAll(openObjectReader(), places))
    expect(answers.map(({ text, size, why }) => [text?.length, size, why === undefined])).toEqual([
      [8 * MIB, 10 * MIB, true],
      [8 * MIB, 40 * MIB, true],
      [8 * MIB, 8 * MIB, true],
      [7, 7, true],
      [undefined, undefined, false],
      [1, 1, true],
    ])
  })

  it('can be left in the middle, and asked for again', async () => {
    const repository = makeRepository()
    const places = Array.from({ length: 40 }, (_, at) => store(repository, `${at}`.padEnd(5000, '.')))
    await inFolder(repository.path, async () => {
      const reader = openObjectReader()
      for await (const _ of reader.read(places)) break
      expect((await readAll(reader, places.slice(5, 6)))[0]!.text).toBe('5'.padEnd(5000, '.'))
    })
  })

  it('that are trees, and a folder without a repository, are errors', async () => {
    const repository = makeRepository()
    const tree: ScanPlace = { kind: 'place', path: 'tree', id: repository.git('write-tree').trim() }
    await expect(inFolder(repository.path, () => readAll(openObjectReader(), [tree]))).rejects.toMatchObject({
      code: 'git',
    })
    await expect(inFolder(temporaryFolder(), () => readAll(openObjectReader(), [tree]))).rejects.toMatchObject({
      code: 'git',
    })
  })
})

describe('pointers of Git LFS', () => {
  it('are followed where the content is here, and said where it is not', async () => {
    const repository = makeRepository()
    const content = 'the content'
    const oid = createHash('sha256').update(content).digest('hex')
    repository.write(`.git/lfs/objects/${oid.slice(0, 2)}/${oid.slice(2, 4)}/${oid}`, content)
    const pointer = (id: string) => `version https://git-lfs.github.com/spec/v1\noid sha256:${id}\nsize 11\n`
    const texts = [pointer(oid), pointer('0'.repeat(64)), pointer('../../../config'), 'no pointer']
    const places = texts.map((text) => store(repository, text))
    const answers = await inFolder(repository.path, () =>
      readAll(followLfs(openObjectReader(), `${repository.path}/.git`), places),
    )
    expect(answers.map(({ text, why }) => text ?? why)).toEqual([
      content,
      'its content is in Git LFS and not in this clone',
      texts[2],
      'no pointer',
    ])
  })
})

describe('the log', () => {
  const id = '1'.repeat(40)
  const record = `:100644 100644 ${id} ${id} M`

  async function* chunks(text: string, size: number) {
    for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size))
  }

  it('is read alike however it is cut into chunks', async () => {
    const text = `${id}\0${record}\0a\0${id}\0:${record} \0`.replace(' \0', '\0')
    const merge = `${id}\0::100644 100644 100644 ${id} ${id} ${id} MM\0b\0`
    const whole = await collect(readRawLog(chunks(`${id}\0${record}\0a\0${merge}`, 10_000)))
    expect(whole.map(({ changes }) => changes.map(({ path, before }) => [path, before.length]))).toEqual([
      [['a', 1]],
      [['b', 2]],
    ])
    for (const size of [1, 7, 64])
      expect(await collect(readRawLog(chunks(`${id}\0${record}\0a\0${merge}`, size)))).toEqual(whole)
    await expect(collect(readRawLog(chunks(text, 50)))).rejects.toMatchObject({ code: 'git' })
  })

  it.each([
    ['cut', `${id}\0${record}`],
    ['without a path', `${id}\0${record}\0`],
    ['without a commit', `${record}\0a\0`],
  ])('that is %s is an error', async (_, text) => {
    await expect(collect(readRawLog(chunks(text, 50)))).rejects.toMatchObject({ code: 'git' })
  })
})
