import { randomBytes } from 'node:crypto'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { ARCHIVE_BOUNDS } from '../../../src/adapters/archives/budget.ts'
import { type ReadOptions, readArchive } from '../../../src/adapters/archives/read-archive.ts'
import { runProgram, temporaryFolder } from '../../support/git-repository.ts'
import { makeZip } from '../../support/make-zip.ts'
import { collect } from '../../support/scan-steps.ts'

const MIB = 1024 * 1024

/** Each file with its text, and what is said of the rest. */
async function read(bytes: Uint8Array, options: ReadOptions = {}): Promise<string[]> {
  const all = await collect(readArchive(bytes, options))
  return all.map((one) => {
    if (one.kind === 'cut') return `${one.path || '(archive)'}: ${one.why}`
    const text = one.bytes.length > 400 ? `${one.bytes.length} of ${one.size}` : Buffer.from(one.bytes).toString()
    return `${one.path} = ${text}${one.link === true ? ' (link)' : ''}`
  })
}

async function makeTar(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content)
  tar.finalize()
  return Buffer.concat((await collect(tar as unknown as AsyncIterable<Buffer>)) as Buffer[])
}

const file = (name: string, content = name) => ({ name, content })

describe('a zip', () => {
  it('is read in the order of its data, packed and stored, folders left out', async () => {
    const zip = makeZip([
      file('a'),
      { ...file('b/.env', 'X=1'), stored: true },
      { name: 'b/', content: '', stored: true },
    ])
    expect(await read(zip)).toEqual(['a = a', 'b/.env = X=1'])
  })

  it('of 64 bits is read', async () => {
    expect(await read(makeZip([{ ...file('a'), zip64: true }, file('b')]))).toEqual(['a = a', 'b = b'])
  })

  it.each([
    ['a link', { ...file('l', '../x'), mode: 0o120777 }, ['l = ../x (link)']],
    ['an encrypted file', { ...file('e'), encrypted: true }, ['e: is encrypted']],
    ['another method', { ...file('m'), method: 14 }, ['m: is packed by a method that is not read (14)']],
    ['a wrong size', { ...file('s', 'text'), size: 9 }, ['s: its size is not what the archive says', 's = text']],
    [
      'a way out',
      file('../../etc/x', 'up'),
      ['(..)/(..)/etc/x: its name leads out of the archive; it was looked at', '(..)/(..)/etc/x = up'],
    ],
    ['a place that is none', { ...file('p'), offset: 7 }, ['p: is not where the archive says']],
  ])('with %s says so, and goes on', async (_, odd, expected) => {
    const said = await read(makeZip([odd, file('rest')]))
    expect(said.toSorted()).toEqual([...expected, 'rest = rest'].toSorted())
  })

  it('with data that overlap is left', async () => {
    const kernel = file('a', 'a'.repeat(50_000))
    expect(await read(makeZip([kernel, { ...file('b'), offset: 0 }]))).toEqual([
      'a = 50000 of 50000',
      '(archive): a zip whose files overlap, as those of a bomb do: the rest is not read',
    ])
  })

  it('that is damaged gives what it can', async () => {
    const zip = makeZip([{ ...file('a', 'x'.repeat(300)), method: 8, stored: true }, file('b')])
    expect(await read(zip)).toEqual(['a: it is damaged, and read as far as it goes', 'a = ', 'b = b'])
    expect(await read(zip.subarray(0, 200))).toEqual(['(archive): a zip that is damaged or cut off'])
  })
})

describe('a tar', () => {
  it.each(['ustar', 'gnu', 'pax', 'v7'])('that the tar of this system wrote as %s is read', async (format) => {
    const folder = temporaryFolder()
    const name = format === 'ustar' || format === 'v7' ? 'n'.repeat(90) : 'n'.repeat(180)
    writeFileSync(join(folder, name), 'long')
    writeFileSync(join(folder, 'é'), 'short')
    symlinkSync(`../${name}`, join(folder, 'link'))
    runProgram('tar', [`--format=${format}`, '-cf', 'x.tar', name, 'é', 'link'], { cwd: folder })
    const { stdout } = runProgram('sh', ['-c', 'base64 x.tar'], { cwd: folder })
    expect(await read(Buffer.from(stdout, 'base64'))).toEqual([
      `${name} = long`,
      'é = short',
      `link = ../${name} (link)`,
    ])
  })

  it('that is cut off is read as far as it goes', async () => {
    const tar = await makeTar({ a: 'a', b: 'b'.repeat(30) })
    expect(await read(tar.subarray(0, 1024 + 300))).toEqual([
      'a = a',
      '(archive): a tar that is damaged or cut off: the rest is not read',
    ])
    expect(await read(tar.subarray(0, 1536 + 10))).toEqual([
      'a = a',
      'b: its size is not what the archive says',
      `b = ${'b'.repeat(10)}`,
    ])
  })
})

describe('archives in archives', () => {
  it('are read two deep, a tar.gz as one', async () => {
    const inner = makeZip([file('.env', 'X=1')])
    const tgz = gzipSync(await makeTar({ 'b.zip': inner, c: 'c' }))
    expect(await read(tgz)).toEqual(['b.zip!.env = X=1', 'c = c'])
    const [cut] = await read(makeZip([{ name: 'd.tgz', content: tgz }]))
    expect(cut).toBe('d.tgz!b.zip: more than 2 archives deep')
  })

  it('a gz has the name of its file without .gz', async () => {
    expect(await read(gzipSync('SELECT 1'), { name: 'x/dump.sql.gz' })).toEqual(['dump.sql = SELECT 1'])
    expect(await read(makeZip([{ name: 'x/.env.gz', content: gzipSync('A=b') }]))).toEqual(['x/.env.gz!.env = A=b'])
  })

  it('of a kind that is not opened are named', async () => {
    const xz = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1, 2])
    expect(await read(makeZip([{ name: 'a.xz', content: xz }]))).toEqual([
      'a.xz: an archive of a kind that is not opened (xz)',
    ])
  })
})

describe('the bounds', () => {
  it('a bomb is left when it unpacks to too many times its size', async () => {
    const bomb = makeZip([file('zeros', '\0'.repeat(40 * MIB)), file('rest')])
    const said = await read(gzipSync(bomb), { bounds: { ...ARCHIVE_BOUNDS, entryBytes: 100 * MIB } })
    expect(said.at(-1)).toBe('(archive): an archive: unpacks to more than 200 times its size: the rest is not read')
    expect(said.join()).not.toContain('rest =')
  })

  it.each([
    ['entries', { entries: 2 }, 'more than 2 files'],
    ['bytes in all', { totalBytes: MIB }, 'unpacks to more than 1 MiB'],
    ['time', { milliseconds: 0 }, 'takes more than 0 s'],
  ])('of %s end it, and are said', async (_, bound, why) => {
    const zip = makeZip([1, 2, 3, 4].map((n) => ({ name: `${n}`, content: randomBytes(MIB / 2) })))
    const said = await read(zip, { bounds: { ...ARCHIVE_BOUNDS, ...bound } })
    expect(said.at(-1)).toBe(`(archive): an archive: ${why}: the rest is not read`)
    expect(said.length).toBeLessThan(5)
  })

  it('of one file read its beginning, and say how large it is', async () => {
    const zip = makeZip([file('a', 'x'.repeat(9000)), file('b')])
    const bounds = { ...ARCHIVE_BOUNDS, entryBytes: 1000 }
    expect(await read(zip, { bounds })).toEqual(['a = 1000 of 9000', 'b = b'])
  })
})
