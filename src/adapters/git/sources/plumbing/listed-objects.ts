import { askList } from './git.ts'
import { askRevisions, type Revisions } from './revisions.ts'

/** An object as rev-list names it: the path or the tag it was met under first, which may be none. */
export interface ListedObject {
  readonly id: string
  readonly name: string
}

/** The objects of one type that `revisions` reach and do not exclude. */
export async function* listObjects(type: 'blob' | 'tag', revisions: Revisions): AsyncGenerator<ListedObject> {
  const only = [`--filter=object:type=${type}`, '--filter-provided-objects']
  for await (const line of askRevisions(['--objects', ...only, '--missing=allow-any'], revisions)) {
    const space = line.indexOf(' ')
    yield space < 0 ? { id: line, name: '' } : { id: line.slice(0, space), name: line.slice(space + 1) }
  }
}

/** Types by name, null for what is not there. A name may be an id or an expression such as `refs/tags/a^{}`. */
export async function typesOf(names: readonly string[]): Promise<{ id: string; type: string | null }[]> {
  if (names.length === 0) return []
  const lines = await askList(['cat-file', '--batch-check'], { input: [`${names.join('\n')}\n`] })
  return lines.map((line, at) => {
    const [, id, type] = /^([0-9a-f]+) (blob|tree|commit|tag) \d+$/.exec(line) ?? []
    return { id: id ?? names[at]!, type: type ?? null }
  })
}
