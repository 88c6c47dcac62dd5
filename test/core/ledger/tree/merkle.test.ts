import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_TREE, grow, isTree, rootOf } from '../../../../src/core/ledger/tree/merkle.ts'

/** The leaves of the reference tests of Certificate Transparency, and the roots of their first n. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const leaves = LEAVES.map((hex) =>
  createHash('sha256')
    .update(Buffer.from(`00${hex}`, 'hex'))
    .digest('hex'),
)
const anyLeaves = fc.array(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
)

describe('the tree', () => {
  it.each(ROOTS.map((root, size) => ({ root, size })))(
    'of $size leaves has the root that RFC 6962 gives',
    ({ root, size }) => {
      expect(rootOf(grow(EMPTY_TREE, leaves.slice(0, size)))).toBe(root)
    },
  )

  it('has the root of the definition, word for word', () => {
    fc.assert(
      fc.property(anyLeaves, (list) => {
        expect(rootOf(grow(EMPTY_TREE, list))).toBe(plainRoot(list))
      }),
    )
  })

  it('is the same however often it grew', () => {
    fc.assert(
      fc.property(anyLeaves, anyLeaves, (one, other) => {
        const twice = grow(grow(EMPTY_TREE, one), other)
        expect(twice).toEqual(grow(EMPTY_TREE, [...one, ...other]))
        expect(isTree(twice)).toBe(true)
      }),
    )
  })
})

/** RFC 6962 section 2.1, slowly. */
function plainRoot(list: readonly string[]): string {
  if (list.length === 0) return createHash('sha256').digest('hex')
  if (list.length === 1) return list[0]!
  let half = 1
  while (half * 2 < list.length) half *= 2
  const halves = [plainRoot(list.slice(0, half)), plainRoot(list.slice(half))]
  return createHash('sha256')
    .update(Buffer.from(`01${halves.join('')}`, 'hex'))
    .digest('hex')
}
