import { createHash } from 'node:crypto'

/**
 * The Merkle tree of RFC 6962 section 2.1 over the first leaves of a list, kept as the roots of its full subtrees, the largest first.
 * Leaves are ids of entries, which are leaf hashes already. Hashes are in hexadecimal.
 */
export interface Tree {
  readonly size: number
  readonly subtrees: readonly string[]
}

export const EMPTY_TREE: Tree = { size: 0, subtrees: [] }
const NODE = Uint8Array.of(1)

/** Adds leaves behind the others; the given tree stays as it is. */
export function grow({ size, subtrees }: Tree, leaves: Iterable<string>): Tree {
  const roots = [...subtrees]
  let count = size
  for (const leaf of leaves) {
    let root = leaf
    // Every 1 at the end of the count is a full subtree of the size of the one that is made here.
    for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) root = join(roots.pop()!, root)
    roots.push(root)
    count += 1
  }
  return { size: count, subtrees: roots }
}

/** The root of the whole tree; that of an empty one is the hash of nothing. */
export function rootOf({ subtrees }: Tree): string {
  if (subtrees.length === 0) return createHash('sha256').digest('hex')
  return subtrees.reduceRight((right, left) => join(left, right))
}

/** Whether there are as many subtrees as a tree of that size has. */
export function isTree({ size, subtrees }: Tree): boolean {
  return subtrees.length === [...size.toString(2)].filter((bit) => bit === '1').length
}

function join(left: string, right: string): string {
  return createHash('sha256').update(NODE).update(left, 'hex').update(right, 'hex').digest('hex')
}
