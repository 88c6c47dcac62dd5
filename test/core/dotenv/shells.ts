import { spawnSync } from 'node:child_process'
import { expect } from 'vitest'

/** Whether a shell is on this machine: a POSIX one always is, bash need not be. */
export function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0
}

/**
 * The variables named V_... that a process has after a shell ran a script with an argument as `$1`. The shell may say nothing: what it
 * complains about, or what a value made it run, would show on stderr.
 */
export function exportedBy(shell: string, script: string, argument: string): Record<string, string> {
  const dump = '"$2" -e "process.stdout.write(JSON.stringify(process.env))"'
  const run = spawnSync(shell, ['-c', `${script}; ${dump}`, shell, argument, process.execPath], { encoding: 'utf8' })
  expect({ stderr: run.stderr, status: run.status }).toEqual({ stderr: '', status: 0 })
  const environment = JSON.parse(run.stdout) as Record<string, string>
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('V_')))
}
