import { describe, expect, it } from 'vitest'
import { findEntry, followLink, idOf, isBlob, targetOf } from '../../../src/core/trust/git-object.ts'
import { refusal } from '../dotenv/reading.ts'

const SHA1 = 'a1'.repeat(20)
const SHA256 = 'b2'.repeat(32)

function treeOf(like: string, ...entries: readonly (readonly [mode: string, name: string])[]): Buffer {
  return Buffer.concat(
    entries.map(([mode, name]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(like, 'hex')])),
  )
}

describe('an object of git', () => {
  // `git hash-object` of an empty file, in a repository of each kind.
  it.each([
    ['e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', SHA1],
    ['473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813', SHA256],
  ])('has the id %s', (id, like) => {
    expect(idOf('blob', Buffer.of(), like)).toBe(id)
  })

  it('is a file with the line ends of Windows too, and no other', () => {
    const id = idOf('blob', Buffer.from('A=1\nB=2\n'), SHA1)
    expect(['A=1\nB=2\n', 'A=1\r\nB=2\r\n', 'A=1\nB=3\n'].map((text) => isBlob(Buffer.from(text), id))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('is about another one: a commit about a folder, a tag about a commit', () => {
    expect(targetOf('commit', Buffer.from(`tree ${SHA1}\nparent ${SHA1}\n`))).toBe(SHA1)
    expect(targetOf('tag', Buffer.from(`object ${SHA256}\ntype commit\n`))).toBe(SHA256)
  })

  it.each([
    ['a commit that begins as a tag', 'commit', `object ${SHA1}\n`],
    ['a tag that begins as a commit', 'tag', `tree ${SHA1}\n`],
    ['an id that breaks off', 'commit', `tree ${SHA1.slice(1)}\n`],
    ['an id in capitals', 'commit', `tree ${SHA1.toUpperCase()}\n`],
    ['a line without an id', 'commit', 'tree\n'],
    ['nothing', 'tag', ''],
  ] as const)('is refused for %s', (_, type, text) => {
    expect(refusal(() => targetOf(type, Buffer.from(text))).code).toBe('git')
  })
})

describe('a folder of git', () => {
  it.each([SHA1, SHA256])('knows each of its names, and what is under it (ids like %s)', (like) => {
    const tree = treeOf(like, ['100644', 'a'], ['40000', 'b'], ['120000', 'c d'], ['160000', 'e'], ['100755', 'f'])
    const kinds = ['a', 'b', 'c d', 'e', 'f', 'g'].map((name) => findEntry(tree, name, like)?.kind ?? null)
    expect(kinds).toEqual(['file', 'folder', 'link', 'submodule', 'file', null])
    expect(findEntry(tree, 'f', like)?.id).toBe(like)
  })

  it.each([
    ['within an id', treeOf(SHA1, ['100644', 'a']).subarray(0, -1)],
    ['before the end of a name', Buffer.from('100644 a')],
    ['before a name', Buffer.from('100644')],
    ['in the second entry', Buffer.concat([treeOf(SHA1, ['100644', 'a']), Buffer.from('1')])],
  ])('is refused when it breaks off %s', (_, tree) => {
    expect(refusal(() => findEntry(tree, 'z', SHA1)).code).toBe('git')
  })
})

it.each<[string, readonly string[], string, string[] | null]>([
  ['a neighbour', ['app'], 'b', ['app', 'b']],
  ['a folder above', ['app', 'conf'], '../../b', ['b']],
  ['names that say nothing', ['app'], './/b/.', ['app', 'b']],
  ['the top', ['app'], '..', []],
  ['what is above the top', ['app'], '../../b', null],
  ['an absolute path', ['app'], '/etc/passwd', null],
])('a link to %s leads there, or nowhere', (_, folder, target, place) => {
  expect(followLink(folder, target)).toEqual(place)
})
