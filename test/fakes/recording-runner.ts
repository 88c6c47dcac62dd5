import type { Runner } from '../../src/adapters/runner/runner.ts'

/** A runner that keeps what it is told, in order: `[method, ...arguments]`, with variables as objects. */
export function recordingRunner(): Runner & { readonly told: readonly (readonly unknown[])[] } {
  const told: unknown[][] = []
  return {
    told,
    mask: (secrets) => void told.push(['mask', [...secrets]]),
    set: ({ outputs, environment }) =>
      void told.push(['set', Object.fromEntries(outputs), Object.fromEntries(environment)]),
    keep: (state) => void told.push(['keep', Object.fromEntries(state)]),
    summarise: (markdown) => void told.push(['summarise', markdown]),
    annotate: (...annotation) => void told.push(['annotate', ...annotation]),
    say: (text) => void told.push(['say', text]),
  }
}
