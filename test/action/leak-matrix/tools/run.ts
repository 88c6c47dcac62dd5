import { spawnSync } from 'node:child_process'
import type { Around, Form } from '../form.ts'

/** Expressions of a language, each a form. */
export type Expressions = Readonly<Record<string, string | readonly [expression: string, around: Around]>>

/** What all expressions make of all texts, in one run of a program. */
type Run = (texts: readonly string[], expressions: readonly string[]) => readonly (readonly (string | null)[])[]

/** Forms that share one run for the same texts. Empty where the program is not installed. */
export function formsOf(language: string, expressions: Expressions, run: Run): Form[] {
  const codes = Object.values(expressions).map((entry) => (typeof entry === 'string' ? entry : entry[0]))
  if (!works(run)) return []
  const results = new Map<string, ReturnType<Run>>()
  const runOnce = (texts: readonly string[]) => {
    const key = JSON.stringify(texts)
    if (!results.has(key)) results.set(key, run(texts, codes))
    return results.get(key)!
  }
  return Object.entries(expressions).map(([name, entry], at) => ({
    name: `${language}: ${name}`,
    around: typeof entry === 'string' ? 'anything' : entry[1],
    print: (texts) => runOnce(texts)[at]!,
  }))
}

function works(run: Run): boolean {
  try {
    run([], [])
    return true
  } catch {
    return false
  }
}

/** Runs a program on a JSON document and gives what it prints. */
export function runTool(command: string, args: readonly string[], input: unknown): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`)
  return stdout
}

/** Whether a program is there. */
export function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}
