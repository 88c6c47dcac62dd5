import { SealwardError } from '../../errors.ts'

/** A map or a list that flattened names pass through, with the numbers of a list's items. */
interface Node {
  readonly separator: string
  readonly items: Set<number>
}

const SEPARATOR = /(__map_|__list_)/
const LIST = '__list_'
const INDEX = /^(?:0|[1-9]\d{0,8})$/
/** SOPS nests four deep at most. Without a bound, one long name would cost the square of its length. */
const DEPTH = 16

/**
 * Refuses flattened names that are not one tree: a name that is both a value and a structure, or both a map and a list, and a list
 * with a gap. docs/format.md section 7.
 *
 * @param names without the prefix `sops_`, each once
 * @throws SealwardError malformed
 */
export function checkStructure(names: Pick<ReadonlySet<string>, 'has' | 'keys'>): void {
  const nodes = new Map<string, Node>()
  for (const name of names.keys()) {
    const [root = '', ...steps] = name.split(SEPARATOR)
    if (steps.length > 2 * DEPTH) throw malformed('a metadata name is nested too deeply')
    let path = root
    for (let at = 0; at < steps.length; at += 2) {
      if (names.has(path)) throw malformed('a metadata name is both a value and a structure')
      const [separator = '', key = ''] = [steps[at], steps[at + 1]]
      enter(nodes, path, separator, key)
      path += separator + key
    }
  }
  for (const { items } of nodes.values()) if (hasGap(items)) throw malformed('a metadata list has a gap')
}

/** The name of the structure that a flattened name belongs to, or the name itself. */
export function rootOf(name: string): string {
  return name.split(SEPARATOR, 1)[0]!
}

function enter(nodes: Map<string, Node>, path: string, separator: string, key: string): void {
  const node = nodes.get(path) ?? { separator, items: new Set() }
  if (node.separator !== separator) throw malformed('a metadata name is both a map and a list')
  if (separator === LIST && !INDEX.test(key)) throw malformed('an item of a metadata list has no number')
  if (separator === LIST) node.items.add(Number(key))
  nodes.set(path, node)
}

function hasGap(items: ReadonlySet<number>): boolean {
  for (const item of items) if (item >= items.size) return true
  return false
}

function malformed(message: string): SealwardError {
  return new SealwardError('malformed', message)
}
