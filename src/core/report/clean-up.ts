import { printable } from './printable.ts'

/** What a post step says: a line for each file, or one that there was nothing to do. The lines are data for `say`, not commands. */
export function printCleanUp(outcome: {
  readonly removed: readonly string[]
  readonly gone: readonly string[]
  readonly left: readonly { readonly path: string; readonly reason: string }[]
}): { readonly lines: readonly string[]; readonly warnings: readonly string[] } {
  const { removed, gone, left } = outcome
  const lines = [
    ...removed.map((path) => `sealward: removed ${printable(path)}`),
    ...gone.map((path) => `sealward: ${printable(path)} was gone already`),
  ]
  const warnings = left.map(({ path, reason }) => `${printable(path)} was not removed: ${reason}`)
  const nothing = lines.length + warnings.length === 0
  return { lines: nothing ? ['sealward: the step wrote no files; there is nothing to remove'] : lines, warnings }
}
