import { createSecretKey, type KeyObject } from 'node:crypto'
import { plaintextValue, readBool } from '../../envelope/decrypt.ts'
import { VALUE_BYTES, VARIABLES } from '../../envelope/limits.ts'
import { checkMac, type Mac, startMac } from '../../envelope/values/mac.ts'
import { openValue } from '../../envelope/values/open-value.ts'
import { compileRule, type Rule } from '../../envelope/values/rule.ts'
import { looksSealed } from '../../envelope/values/sealed.ts'
import { SealwardError } from '../../errors.ts'
import { valueText } from '../value-text.ts'
import type { TreeFile } from './file.ts'
import { type Leaf, printPath, type Tree, type TreePath } from './tree.ts'

/** A value of an opened tree. */
export interface OpenedLeaf {
  readonly path: TreePath
  /** Null where the tree has a null, which no .env can hold. */
  readonly value: string | null
}

/** One walk through a tree. */
interface Walk {
  readonly key: KeyObject
  readonly mac: Mac
  readonly isEncrypted: (names: readonly string[]) => boolean
  readonly leaves: OpenedLeaf[]
}

/**
 * Opens every value of a tree and checks its MAC before it gives any of them away.
 *
 * @throws SealwardError value-not-authentic, plaintext-value, malformed, mac-mismatch, not-representable, unsupported or limit
 */
export async function openTree({ tree, metadata }: TreeFile, dataKey: Uint8Array): Promise<readonly OpenedLeaf[]> {
  const key = createSecretKey(dataKey)
  const mac = startMac(metadata.macOnlyEncrypted)
  const walk: Walk = { key, mac, isEncrypted: await compileForTree(metadata.rule), leaves: [] }
  open(tree, [], walk)
  checkMac(metadata.mac, { digest: mac.digest(), key, timestamp: metadata.timestamp })
  return walk.leaves
}

function open(tree: Tree, path: TreePath, walk: Walk): void {
  if (tree.kind === 'list') for (const [index, item] of tree.items.entries()) open(item, [...path, index], walk)
  else if (tree.kind === 'map') for (const [name, value] of tree.entries) open(value, [...path, name], walk)
  else {
    walk.leaves.push({ path, value: openLeaf(tree, path, walk) })
    if (walk.leaves.length > VARIABLES) throw new SealwardError('limit', `more than ${VARIABLES} values`)
  }
}

function openLeaf(leaf: Leaf, path: TreePath, walk: Walk): string | null {
  if (leaf.type === 'null') return null
  // The place in a list is not part of what a value is bound to: only names are.
  const names = path.filter((step) => typeof step === 'string')
  const encrypted = walk.isEncrypted(names)
  try {
    const { type, text } = encrypted ? openSealed(leaf, names, walk.key) : leaf
    if (Buffer.byteLength(text) > VALUE_BYTES)
      throw new SealwardError('limit', `a value of more than ${VALUE_BYTES} bytes`)
    walk.mac.add(text, encrypted)
    return type === 'bool' ? readBool(text) : text
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    throw new SealwardError(error.code, `${printPath(path)}: ${error.message}`)
  }
}

function openSealed({ type, text }: Leaf, names: readonly string[], key: KeyObject): { type: string; text: string } {
  if (type === 'str' && text === '') return { type, text }
  if (type !== 'str' || !looksSealed(text)) throw plaintextValue()
  const opened = openValue(text, key, `${names.join(':')}:`)
  if (opened.type === 'comment') throw new SealwardError('malformed', 'a value is marked as a comment')
  return { type: opened.type, text: valueText(opened.plaintext, names.at(-1)!) }
}

/** In a tree a rule looks at every name on the way to a value, and one that it matches decides. */
async function compileForTree(rule: Rule): Promise<Walk['isEncrypted']> {
  if (rule.kind.includes('comment'))
    throw new SealwardError('unsupported', `${rule.kind} is not followed through the comments of a tree`, {
      hint: 'decrypt the file with sops, and give the variables to `sealward encrypt`',
    })
  const selector = (await compileRule(rule))()
  return rule.kind.startsWith('un')
    ? (names) => names.every((name) => selector.variable(name))
    : (names) => names.some((name) => selector.variable(name))
}
