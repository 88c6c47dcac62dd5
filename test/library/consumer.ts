import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type ModuleSystem = 'ESM' | 'CommonJS'

/** One call of the library by a program of the project. */
export interface LibraryCall {
  readonly name: 'load' | 'getSecretOrEnv'
  readonly args: readonly unknown[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** What the program got, or what was thrown at it. */
export interface LibraryAnswer {
  readonly value?: unknown
  readonly error?: {
    readonly code: string
    readonly message: string
    readonly file?: string
    readonly hint?: string
    /** `SealwardError`, and an instance of it and of Error. */
    readonly name: string
    readonly instance: boolean
  }
  /** Whether process.env was the same afterwards. */
  readonly untouched: boolean
}

const IMPORTS: Readonly<Record<ModuleSystem, string>> = {
  ESM: `import * as sealward from 'sealward'\n`,
  CommonJS: `const sealward = require('sealward')\n`,
}

const PROGRAM = `const [name, args] = JSON.parse(process.argv[2])
const before = JSON.stringify(process.env)
const answer = (result) => console.log(JSON.stringify({ ...result, untouched: JSON.stringify(process.env) === before }))
sealward[name](...args.map((arg) => arg ?? undefined)).then(
  (value) => answer({ value }),
  (error) => {
    const { code, message, file, hint, name } = error
    const instance = error instanceof sealward.SealwardError && error instanceof Error
    answer({ error: { code, message, file, hint, name, instance } })
  },
)
`

/** Writes the consumers into a project. @returns what runs one, in a process of its own; anything on its stderr is a failure */
export function writeConsumers(project: string): (system: ModuleSystem, call: LibraryCall) => LibraryAnswer {
  const paths = { ESM: join(project, 'consumer.mjs'), CommonJS: join(project, 'consumer.cjs') }
  for (const system of ['ESM', 'CommonJS'] as const) writeFileSync(paths[system], IMPORTS[system] + PROGRAM)
  return (system, { name, args, cwd, env }) => {
    const { stdout, stderr } = spawnSync(process.execPath, [paths[system], JSON.stringify([name, args])], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, ...env },
      encoding: 'utf8',
    })
    if (stderr !== '') throw new Error(stderr)
    return JSON.parse(stdout) as LibraryAnswer
  }
}
