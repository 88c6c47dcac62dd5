import { type Document, isAlias, isSeq, type YAMLMap, type YAMLSeq } from 'yaml'

/** A list of a rule in `files`. */
interface RuleList {
  /** Of the rule. */
  readonly path: string
  readonly list: YAMLSeq
}

/** The lists of recipients in `files`, of a document that is a policy. Two rules may share one by an alias. */
export function listsOf(document: Document.Parsed): RuleList[] {
  return listsNamed('recipients', document)
}

/** The groups of `key-groups` in `files`, each a list like those. */
export function groupsOf(document: Document.Parsed): RuleList[] {
  return listsNamed('key-groups', document).flatMap(({ path, list }) =>
    list.items.map((item) => ({ path, list: (isAlias(item) ? item.resolve(document) : item) as YAMLSeq })),
  )
}

function listsNamed(name: string, document: Document.Parsed): RuleList[] {
  const files = document.get('files', true)
  if (!isSeq(files)) return []
  return files.items.flatMap((item) => {
    const rule = (isAlias(item) ? item.resolve(document) : item) as YAMLMap
    const given = rule.get(name, true)
    const list = isAlias(given) ? given.resolve(document) : given
    return isSeq(list) ? [{ path: String(rule.get('path')), list }] : []
  })
}

/** Each list once. */
export function distinct(lists: readonly RuleList[]): YAMLSeq[] {
  return [...new Set(lists.map(({ list }) => list))]
}
