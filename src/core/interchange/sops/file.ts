import { readText } from '../../dotenv/text.ts'
import { escapeLine, type MetadataLine } from '../../envelope/text/lines.ts'
import { type Metadata, readMetadata } from '../../envelope/text/metadata.ts'
import { SealwardError } from '../../errors.ts'
import { readIniTree } from './read-ini.ts'
import { readYamlTree } from './read-yaml.ts'
import type { Tree, TreeForm } from './tree.ts'

/** A sops file that is a tree, its values still sealed. */
export interface TreeFile {
  readonly form: TreeForm
  readonly tree: Tree
  readonly metadata: Metadata
}

/** The time a reader of YAML takes grows with the file. */
const MAX_BYTES = 1024 * 1024

/** Where the metadata begins, and what is always in it: the look of both is enough, and reading the file says what is wrong. */
const MARKS: Readonly<Record<TreeForm, readonly RegExp[]>> = {
  json: [/"sops"\s*:\s*\{/, /"mac"\s*:/],
  yaml: [/^sops:[ \t]*\r?$/m, /^[ \t]+"?mac"?:/m],
  ini: [/^\[sops\][ \t]*\r?$/m, /^mac[ \t]*=/m],
}

/** @returns the form of a sops file, by its content; null for anything else, a dotenv of sops included */
export function treeFormOf(text: string): TreeForm | null {
  const forms: readonly TreeForm[] = text.trimStart().startsWith('{') ? ['json'] : ['yaml', 'ini']
  return forms.find((form) => MARKS[form].every((mark) => mark.test(text))) ?? null
}

/**
 * Reads a sops file in YAML, JSON or INI.
 *
 * @throws SealwardError malformed, duplicate, unsupported or limit
 */
export function parseTreeFile(bytes: Uint8Array): TreeFile {
  if (bytes.length > MAX_BYTES) throw new SealwardError('limit', `the file is larger than ${MAX_BYTES} bytes`)
  const text = readText(bytes)
  const form = treeFormOf(text)
  if (form === null) throw new SealwardError('malformed', 'this is not a YAML, JSON or INI file of sops')
  const root = form === 'ini' ? readIniTree(text) : readYamlTree(text)
  if (root.kind !== 'map') throw new SealwardError('malformed', 'the file is not a map of names')
  const metadata = root.entries.find(([name]) => name === 'sops')?.[1]
  if (metadata === undefined) throw new SealwardError('malformed', 'the file has no sops metadata')
  const tree: Tree = { kind: 'map', entries: root.entries.filter(([name]) => name !== 'sops') }
  return { form, tree, metadata: readMetadata(flatten(metadata, '')) }
}

/** The metadata in the flat names of a dotenv file, where one reader judges them. In INI they are flat already. */
function flatten(tree: Tree, name: string): MetadataLine[] {
  if (tree.kind === 'leaf') return tree.type === 'null' ? [] : [{ name, stored: escapeLine(spell(tree)) }]
  const steps =
    tree.kind === 'list'
      ? tree.items.map((item, index) => [`${name}__list_${index}`, item] as const)
      : tree.entries.map(([key, value]) => [name === '' ? key : `${name}__map_${key}`, value] as const)
  return steps.flatMap(([path, value]) => flatten(value, path))
}

function spell({ type, text }: Extract<Tree, { kind: 'leaf' }>): string {
  return type === 'bool' ? text.toLowerCase() : text
}
