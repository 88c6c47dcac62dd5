import { spawnSync } from 'node:child_process'

type Print = (texts: readonly string[]) => (string | null)[]

/** Runs a program on a JSON document and reads one back. */
export function runTool(command: string, args: readonly string[], input: unknown): (string | null)[] {
  const { status, stdout, stderr } = spawnSync(command, args, {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
  return JSON.parse(stdout) as (string | null)[]
}

/** What makes printers of expressions; null where the program is not installed. */
export function printer(
  run: (texts: readonly string[], expression: string) => (string | null)[],
): ((expression: string) => Print) | null {
  try {
    run([], '""')
  } catch {
    return null
  }
  return (expression) => (texts) => run(texts, expression)
}

/** Whether a program is there. */
export function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}
