import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFinder } from '../../../src/adapters/files/find.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'

/** A folder with these files in it. */
function tree(...paths: string[]): string {
  const root = temporaryFolder()
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
  }
  return root
}

const find = (root: string, ...globs: string[]) => openFinder(root).find(globs)

describe('finding files by globs', () => {
  const PATHS = ['.env.encrypted', 'prod.env.encrypted', 'a/.env.encrypted', 'a/b/.env.dev.encrypted', 'a/readme.md']

  it.each([
    ['*.encrypted', ['.env.encrypted', 'prod.env.encrypted']],
    ['**/.env*.encrypted', ['.env.encrypted', 'a/.env.encrypted', 'a/b/.env.dev.encrypted']],
    ['a/*', ['a/.env.encrypted', 'a/readme.md']],
    ['./a/**', ['a/.env.encrypted', 'a/b/.env.dev.encrypted', 'a/readme.md']],
    ['{prod,dev}.env.encrypted', ['prod.env.encrypted']],
    ['a/[bc]/.*', ['a/b/.env.dev.encrypted']],
    ['missing/**', []],
    ['a', []],
  ])('%s finds %j, dot files like any other', async (glob, expected) => {
    expect(await find(tree(...PATHS), glob)).toEqual(expected)
  })

  it('gives each file once, sorted, whatever the order of the globs', async () => {
    const root = tree('c', 'a', 'b/a', 'b.txt')
    expect(await find(root, 'c', '**/a', '*', 'a')).toEqual(['a', 'b.txt', 'b/a', 'c'])
  })

  it('enters neither .git nor node_modules, at any depth, and knows them from names that only resemble them', async () => {
    const root = tree('.git/x', 'node_modules/p/x', 'a/.git/x', 'a/node_modules/x', '.github/x', 'b/node_modules2/x')
    expect(await find(root, '**/x')).toEqual(['.github/x', 'b/node_modules2/x'])
  })

  it.runIf(process.platform !== 'win32')(
    'follows no link, to a file or to a folder, so it cannot go in circles',
    async () => {
      const root = tree('a/x')
      const outside = tree('x')
      symlinkSync(join(outside, 'x'), join(root, 'x'))
      symlinkSync(outside, join(root, 'b'))
      symlinkSync('..', join(root, 'a', 'up'))
      expect(await find(root, '**')).toEqual(['a/x'])
    },
  )

  it('is bounded, by what it meets and not by what it finds', async () => {
    const root = tree('a', 'b', 'c', 'd/e')
    expect(await openFinder(root, 5).find(['a'])).toEqual(['a'])
    expect((await refusal(() => openFinder(root, 4).find(['a']))).code).toBe('limit')
  })

  it('finds nothing in a folder that is missing', async () => {
    expect(await find(join(tree(), 'missing'), '**')).toEqual([])
  })

  it.each(['!a', '/etc/*', '../*', '@(a|b)', '{a'])('refuses the glob %s as it does everywhere', async (glob) => {
    expect(await refusal(() => find(tree('a'), glob))).toMatchObject({ code: 'usage', file: glob })
  })
})
