import { type Content, compareContents, type Version } from '../check/history/version.ts'

/** What became of a variable. `unknown`: it was encrypted anew under another data key, and nobody could look inside. */
export interface VariableChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'unknown'
  readonly name: string
  /** Null for one that was not there. */
  readonly before: Content | null
  readonly after: Content | null
}

export interface FileChange {
  readonly variables: readonly VariableChange[]
  readonly recipients: { readonly added: readonly string[]; readonly removed: readonly string[] }
}

/** What differs between two versions of a file, null for one that is not there; names in the order of the newer one. */
export function compareVersions(before: Version | null, after: Version | null): FileChange {
  const [old, fresh] = [before?.values ?? new Map<string, Content>(), after?.values ?? new Map<string, Content>()]
  const names = [...new Set([...fresh.keys(), ...old.keys()])]
  const variables = names.map((name) => compareVariable(name, old.get(name) ?? null, fresh.get(name) ?? null))
  return {
    variables: variables.filter((change) => change !== null),
    recipients: {
      added: without(after?.recipients ?? [], before?.recipients ?? []),
      removed: without(before?.recipients ?? [], after?.recipients ?? []),
    },
  }
}

/** @returns null for one that stayed as it was */
export function compareVariable(name: string, before: Content | null, after: Content | null): VariableChange | null {
  if (before === null && after === null) return null
  if (before === null) return { kind: 'added', name, before, after }
  if (after === null) return { kind: 'removed', name, before, after }
  const likeness = compareContents(before, after)
  return likeness === 'same' ? null : { kind: likeness, name, before, after }
}

function without(all: readonly string[], known: readonly string[]): string[] {
  return all.filter((one) => !known.includes(one))
}
