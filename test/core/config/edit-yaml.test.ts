import { describe, expect, it } from 'vitest'
import { isMap, type YAMLSeq } from 'yaml'
import {
  applySplices,
  insertEntry,
  insertItem,
  pairOf,
  parseToEdit,
  remove,
  removeEntry,
  removeItems,
} from '../../../src/core/config/edit-yaml.ts'

/** What becomes of a text with `c: 3` added to its map `m`. */
function added(text: string): string {
  return applySplices(text, [insertEntry(parseToEdit(text), 'm', 'c: 3')])
}

/** What becomes of a text without its entry `m`. */
function without(text: string): string | null {
  const splice = removeEntry(parseToEdit(text), 'm')
  return splice === null ? null : applySplices(text, [splice])
}

/** The list `l` of a text. */
function listIn(text: string): YAMLSeq {
  const { contents } = parseToEdit(text).document
  return (isMap(contents) ? pairOf(contents, 'l')?.value : null) as YAMLSeq
}

describe('an entry', () => {
  it.each([
    ['of a map in lines', 'm:\n    a: 1 # one\n\nn: 2\n', 'm:\n    a: 1 # one\n    c: 3\n\nn: 2\n'],
    ['of a map in braces', 'm: { a: 1 } # all\n', 'm: { a: 1, c: 3 } # all\n'],
    ['of a map whose last entry is a name alone, in braces', 'm: {a: 1, b}\n', 'm: {a: 1, b, c: 3}\n'],
    ['of a map whose last entry is a name alone, in lines', 'm:\n  ? a\n', 'm:\n  ? a\n  c: 3\n'],
    ['behind a text of several lines', 'm:\n  a: |\n    x\n    y\nn: 2\n', 'm:\n  a: |\n    x\n    y\n  c: 3\nn: 2\n'],
    [
      'behind a map that ends in a list',
      'm:\n  a:\n    - x\n    - y # z\n',
      'm:\n  a:\n    - x\n    - y # z\n  c: 3\n',
    ],
    [
      'behind a map that ends in a map',
      'm:\n  a:\n    b:\n      ? x\nn: 1\n',
      'm:\n  a:\n    b:\n      ? x\n  c: 3\nn: 1\n',
    ],
    ['of a map that has nothing behind its name', 'm: # soon\nn: 2\n', 'm: # soon\n  c: 3\nn: 2\n'],
    ['of a map that is a name alone', '? m\n', '? m\n  c: 3\n'],
    ['of a map that is not there, in a file that is a list', '- 1\n', '- 1\n\nm:\n  c: 3\n'],
  ])('is added to what is there: %s', (_, text, expected) => {
    expect(added(text)).toBe(expected)
  })

  it('goes behind everything, where no reader will take it, if its map is no map', () => {
    expect(added('m: 5\n')).toBe('m: 5\nc: 3\n')
    expect(added('x: &x {}\nm: *x')).toBe('x: &x {}\nm: *x\nc: 3')
  })

  it.each([
    ['in lines, with what stands behind it there', 'a: 1\nm: # x\n  b: 2 # y\n# z\n', 'a: 1\n# z\n'],
    ['in braces', '{ a: 1, m: 2, b: 3 }', '{ a: 1, b: 3 }'],
    ['with a text of several lines', 'm: |\n  x\na: 1\n', 'a: 1\n'],
  ])('is taken away %s', (_, text, expected) => {
    expect(without(text)).toBe(expected)
  })

  it.each(['', 'a: 1\n', '- m\n', 'm\n'])('is not taken away where there is none: %j', (text) => {
    expect(without(text)).toBeNull()
  })
})

describe('an item', () => {
  it.each([
    ['l: []\n', 'l: [c]\n'],
    ['l: [a, b] # two\n', 'l: [a, b, c] # two\n'],
    ['l:\n- a # one\n# of l\nn: 1\n', 'l:\n- a # one\n- c\n# of l\nn: 1\n'],
    ['l:\n  - - a\n    - b\n', 'l:\n  - - a\n    - b\n  - c\n'],
  ])('is added to %j', (text, expected) => {
    expect(applySplices(text, [insertItem(text, listIn(text), 'c')])).toBe(expected)
  })

  it.each([
    ['l: [a, b, c]\n', ['[b, c]', '[a, c]', '[a, b]']],
    ['l: [a]\n', ['[]']],
    ['l: \n- a\n- b # of b\n', ['\n- b # of b', '\n- a']],
  ])('is taken out of %j wherever it stands', (text, expected) => {
    const rests = expected.map((_, index) => applySplices(text, [remove(text, listIn(text), index)]))
    expect(rests).toEqual(expected.map((rest) => `l: ${rest}\n`))
  })
  it.each([
    ['l: [a, b, c, d]\n', [1, 3], 'l: [a, c]\n'],
    ['l: [a, b, c, d]\n', [0, 1], 'l: [c, d]\n'],
    ['l: [a, b, c, d] # x\n', [0, 2, 3], 'l: [b] # x\n'],
    ['l:\n- a\n- b # of b\n- c\n# of l\n', [1, 2], 'l:\n- a\n# of l\n'],
  ])('is taken out of %j together with others: %j', (text, indexes, expected) => {
    expect(applySplices(text, removeItems(text, listIn(text), indexes))).toBe(expected)
  })
})
