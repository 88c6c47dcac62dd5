import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFolder, openNamed } from '../../../../src/adapters/files/sources/folder.ts'
import { openFileReader } from '../../../../src/adapters/files/sources/reader.ts'
import { readPieces } from '../../../../src/adapters/files/sources/standard-input.ts'
import { temporaryFolder } from '../../../support/git-repository.ts'
import { collect, placesOf, readAll, unreadOf } from '../../../support/scan-steps.ts'

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

describe('a folder', () => {
  it('is walked whole and in order; the folders of version control are left out, and that is said', async () => {
    const folder = folderWith({ 'b/c': '', a: '', 'node_modules/x': '', '.git/config': '', 'b/.svn/x': '', '.env': '' })
    const paths = (await placesOf(openFolder(folder))).map(({ path }) => path)
    expect(paths).toEqual(['.env', 'a', 'b/c', 'node_modules/x'])
    expect((await unreadOf(openFolder(folder))).map(({ path }) => path)).toEqual(['.git', 'b/.svn'])
  })

  it('never enters a link, and reads the path that is in it', async () => {
    const folder = folderWith({ 'real/secret': 'a' })
    symlinkSync('real', join(folder, 'folder-link'))
    symlinkSync('/etc/hostname', join(folder, 'link'))
    const places = await placesOf(openFolder(folder))
    expect(await readAll(openFileReader(folder), places)).toMatchObject([
      { path: 'folder-link', text: 'real' },
      { path: 'link', text: '/etc/hostname' },
      { path: 'real/secret', text: 'a' },
    ])
    expect(places[0]).toMatchObject({ link: true })
  })

  it('is walked no deeper than 64 folders, with no more than the stated entries', async () => {
    const folder = folderWith({ [`${'d/'.repeat(66)}x`]: '', [`${'e/'.repeat(64)}y`]: '' })
    expect((await placesOf(openFolder(folder))).map(({ path }) => path.at(-1))).toEqual(['y'])
    expect(await unreadOf(openFolder(folder))).toMatchObject([{ path: 'd/'.repeat(65).slice(0, -1) }])
    await expect(placesOf(openFolder(folder, 10))).rejects.toMatchObject({ code: 'limit' })
    await expect(placesOf(openFolder(join(folder, 'none')))).rejects.toMatchObject({ code: 'not-found' })
  })

  it.skipIf(process.platform !== 'linux')('has names of any bytes, and leaves pipes alone', async () => {
    const folder = temporaryFolder()
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([0xff])]), 'content')
    writeFileSync(join(folder, 'line\nend'), 'b')
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const places = await placesOf(openFolder(folder))
    expect(await readAll(openFileReader(folder), places)).toMatchObject([{ text: 'b' }, { text: 'content' }])
    expect(await unreadOf(openFolder(folder))).toMatchObject([{ path: 'pipe' }])
  })
})

describe('files', () => {
  it('are read to the bound, with their true size', async () => {
    const folder = folderWith({ small: 'abc', exact: 'abcd', large: 'abcdefgh', empty: '' })
    const places = await placesOf(openNamed(['large', 'small', 'exact', 'empty']))
    expect(await readAll(openFileReader(folder, 4), places)).toEqual([
      { path: 'large', text: 'abcd', size: 8 },
      { path: 'small', text: 'abc', size: 3 },
      { path: 'exact', text: 'abcd', size: 4 },
      { path: 'empty', text: '', size: 0 },
    ])
  })

  it('that are gone are passed over; folders and pipes are said, without a wait', async () => {
    const folder = folderWith({ 'd/x': '', last: 'a' })
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe')])
    const places = await placesOf(openNamed(['gone', 'd', 'last/x', 'pipe', join(folder, 'last')]))
    const answers = await readAll(openFileReader(folder), places)
    expect(answers.at(-1)).toMatchObject({ text: 'a' })
    expect(answers.slice(0, -1).every(({ why }) => why?.startsWith('no file'))).toBe(true)
  })
})

describe('standard input', () => {
  async function* chunks(text: string, size: number) {
    for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size))
  }

  it('in pieces is the same text, and each piece knows its line', async () => {
    const text = fc.stringMatching(/^[ab\n]{0,120}$/)
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        async (all, size, overlap) => {
          let seen = ''
          for await (const piece of readPieces(chunks(all, size), '-', { bytes: 16, overlap })) {
            const part = Buffer.from(piece.bytes).toString()
            const repeated = piece.repeated ?? 0
            expect(seen.endsWith(part.slice(0, repeated))).toBe(true)
            const start = seen.slice(0, seen.length - repeated)
            expect(piece.line ?? 1).toBe(start.split('\n').length)
            seen += part.slice(repeated)
          }
          expect(seen).toBe(all)
        },
      ),
    )
  })

  it('that is empty is one empty text', async () => {
    expect(await collect(readPieces(chunks('', 1), '-'))).toMatchObject([{ size: 0 }])
  })
})
