import type { Document } from '../../dotenv/document.ts'
import { SealwardError } from '../../errors.ts'
import type { OpenedLeaf } from './open-tree.ts'
import { DEFAULT_SECTION } from './read-ini.ts'
import { printPath, type TreeForm, type TreePath } from './tree.ts'

/** A tree as variables. */
export interface Named {
  readonly document: Document
  /** The paths of nulls, which were left out. */
  readonly nulls: readonly string[]
}

/**
 * Gives each value of a tree the name of a variable: `a.b[0]` becomes `A_B_0`.
 *
 * @throws SealwardError duplicate, naming both paths, when two would have one name; name-invalid when nothing of a path is left
 */
export function nameLeaves(leaves: readonly OpenedLeaf[], form: TreeForm): Named {
  const taken = new Map<string, TreePath>()
  const document: Document[number][] = []
  for (const { path, value } of leaves) {
    if (value === null) continue
    const name = variableName(path, form)
    const other = taken.get(name)
    if (other !== undefined)
      throw new SealwardError('duplicate', `${printPath(other)} and ${printPath(path)} would both be ${name}`, {
        hint: 'rename one of them with `sops edit`',
      })
    taken.set(name, path)
    document.push({ kind: 'entry', name, value })
  }
  return { document, nulls: leaves.filter(({ value }) => value === null).map(({ path }) => printPath(path)) }
}

/** Letters in capitals, and a `_` for each step and each run of other characters. */
function variableName(path: TreePath, form: TreeForm): string {
  const steps = form === 'ini' && path[0] === DEFAULT_SECTION ? path.slice(1) : path
  const name = steps
    .join('_')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .toUpperCase()
  if (/^_*$/.test(name))
    throw new SealwardError('name-invalid', `${printPath(path)} has no letter or digit to name a variable by`)
  return /^\d/.test(name) ? `_${name}` : name
}
