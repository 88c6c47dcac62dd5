import type { EncryptedFile } from '../../envelope/file.ts'
import { type MetadataLine, type StoredLine, unescapeLine } from '../../envelope/text/lines.ts'
import { SealwardError } from '../../errors.ts'
import { yamlString } from '../../render/yaml.ts'

/** The forms in which an encrypted dotenv file can be written anew. */
export type PrintedForm = 'yaml' | 'json'

/** The metadata of a file, nested again. */
type Node = string | number | boolean | Node[] | Branch
type Branch = { [name: string]: Node }

/**
 * Writes an encrypted dotenv file as the YAML or JSON that sops would hold. Nothing is opened and no key is needed: a value of a flat tree is
 * bound to the same name, and the MAC goes over the same values, so every ciphertext stays, and every recipient.
 *
 * Blank lines go, and in JSON the comments, which it cannot hold.
 *
 * @throws SealwardError name-invalid for a variable called `sops`, not-representable for a plain comment in YAML, unsupported for JSON under a rule that looks at comments
 */
export function printTree({ lines, metadata }: EncryptedFile, form: PrintedForm): string {
  if (lines.body.some((line) => line.kind === 'variable' && line.name === 'sops'))
    throw new SealwardError('name-invalid', `a variable called sops is where sops keeps its metadata in ${form}`)
  if (form === 'json' && metadata.rule.kind.includes('comment'))
    throw new SealwardError('unsupported', `${metadata.rule.kind} looks at comments, which JSON cannot hold`, {
      hint: 'export it as .yaml',
    })
  const sops = nest(lines.metadata)
  return form === 'json' ? printJson(lines.body, sops) : printYaml(lines.body, sops)
}

function printJson(body: readonly StoredLine[], sops: Node): string {
  const members = body.flatMap((line) =>
    line.kind === 'variable' ? [`\t${JSON.stringify(line.name)}: ${JSON.stringify(unescapeLine(line.stored))}`] : [],
  )
  return `{\n${[...members, `\t"sops": ${JSON.stringify(sops, null, '\t').replaceAll('\n', '\n\t')}`].join(',\n')}\n}\n`
}

function printYaml(body: readonly StoredLine[], sops: Node): string {
  const rows = body.flatMap((line) => {
    if (line.kind === 'blank') return []
    if (line.kind === 'comment') return [`#${checkComment(line.stored)}`]
    return [`${yamlString(line.name)}: ${yamlString(unescapeLine(line.stored))}`]
  })
  return `${[...rows, 'sops:', ...yamlRows(sops, '    ')].join('\n')}\n`
}

/** Comments are in no MAC, and may be plain text: one with a line break of YAML's would be a line of the file. */
function checkComment(text: string): string {
  if (!/[\p{Cc}\u0085\u2028\u2029\uFEFF]/u.test(text)) return text
  throw new SealwardError('not-representable', 'a plain comment holds what YAML cannot', {
    hint: 'remove the comment, or export the file as .json',
  })
}

function yamlRows(node: Node, indent: string): string[] {
  if (Array.isArray(node))
    return node.flatMap((item) => {
      const [first = '', ...rest] = yamlRows(item, `${indent}  `)
      return [`${indent}- ${first.trimStart()}`, ...rest]
    })
  return Object.entries(node as Branch).flatMap(([name, value]) =>
    typeof value === 'object'
      ? [`${indent}${yamlString(name)}:`, ...yamlRows(value, `${indent}    `)]
      : [`${indent}${yamlString(name)}: ${typeof value === 'string' ? yamlString(value) : value}`],
  )
}

/** `age__list_0__map_enc` becomes `age: [{enc}]`. The reader has seen that the names are one tree. */
function nest(lines: readonly MetadataLine[]): Node {
  const root: Branch = Object.create(null)
  for (const { name, stored } of lines) {
    if (name === '') continue
    const steps = name.split(/__(?:map|list)_/)
    const kinds = [...name.matchAll(/__(map|list)_/g)].map(([, kind]) => kind!)
    let here: Branch = root
    for (const [index, kind] of kinds.entries()) here = branchAt(here, steps[index]!, kind)
    here[steps.at(-1)!] = typed(name, unescapeLine(stored))
  }
  return root
}

function branchAt(parent: Branch, step: string, kind: string): Branch {
  const fresh: Node = kind === 'list' ? [] : Object.create(null)
  parent[step] ??= fresh
  return parent[step] as Branch
}

/** In a dotenv file everything is text. */
function typed(name: string, text: string): Node {
  if (name === 'mac_only_encrypted') return text === 'true'
  return name === 'shamir_threshold' ? Number(text) : text
}
