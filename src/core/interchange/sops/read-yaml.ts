import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { refusedToken } from '../../config/tokens.ts'
import { SealwardError } from '../../errors.ts'
import { numberLeaf } from './number.ts'
import type { Leaf, Tree } from './tree.ts'

/** YAML's two forms of a time that sops hashes as one: in a file that it wrote only the second occurs. */
const DATE = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)$/

/**
 * Reads a sops file in YAML, or in JSON, which is YAML.
 *
 * @throws SealwardError malformed or duplicate with the line, unsupported for several documents, aliases and tags
 */
export function readYamlTree(text: string): Tree {
  const lines = new LineCounter()
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  const refused = refusedToken(tokens)
  if (refused !== null) throw new SealwardError('unsupported', refused.message, { line: lineAt(refused.offset) })
  const composer = new Composer({ schema: 'core', uniqueKeys: false, stringKeys: true })
  const documents: Document.Parsed[] = [...composer.compose(tokens, true, text.length)]
  if (documents.length > 1)
    throw new SealwardError('unsupported', 'the file has several YAML documents', { hint: HINT })
  const fault = documents[0]!.errors[0]
  if (fault !== undefined) throw malformed(fault.code.toLowerCase().replaceAll('_', ' '), lineAt(fault.pos[0]))
  return treeOf(documents[0]!.contents, lineAt)
}

const HINT = 'decrypt it with sops, and give the variables to `sealward encrypt`'

/** Depth is bounded by what the tokens were let through with. */
function treeOf(node: Node | null, lineAt: (offset: number) => number): Tree {
  if (isAlias(node))
    throw new SealwardError('unsupported', 'an alias (*) is not accepted here', { line: lineAt(node.range![0]) })
  if (isMap<Scalar, Node | null>(node)) return mapOf(node, lineAt)
  if (isSeq<Node | null>(node)) return { kind: 'list', items: node.items.map((item) => treeOf(item, lineAt)) }
  return isScalar(node) ? leafOf(node) : { kind: 'leaf', type: 'null', text: '' }
}

/** The library's own check for a name that stands twice takes the square of their number. */
function mapOf(map: YAMLMap<Scalar, Node | null>, lineAt: (offset: number) => number): Tree {
  const entries = new Map<string, Tree>()
  for (const { key, value } of map.items) {
    const name = String(key.value)
    if (entries.has(name))
      throw new SealwardError('duplicate', 'the same name stands twice in a map', { line: lineAt(key.range![0]) })
    entries.set(name, treeOf(value, lineAt))
  }
  return { kind: 'map', entries: [...entries] }
}

function leafOf({ value, source = '', type }: Scalar): Leaf {
  if (value === null) return { kind: 'leaf', type: 'null', text: '' }
  if (typeof value === 'boolean') return { kind: 'leaf', type: 'bool', text: value ? 'True' : 'False' }
  if (typeof value === 'number') return numberLeaf(source, value)
  const text = String(value)
  if (type !== 'PLAIN') return { kind: 'leaf', type: 'str', text }
  if (DATE.test(text)) return { kind: 'leaf', type: 'time', text: `${text}T00:00:00Z` }
  return { kind: 'leaf', type: TIME.test(text) ? 'time' : 'str', text }
}

function malformed(what: string, line: number): SealwardError {
  return new SealwardError('malformed', `not YAML: ${what}`, { line })
}
