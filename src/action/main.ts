import { run as decrypt } from './decrypt.ts'
import { fail } from './fail.ts'
import { readMode } from './modes.ts'
import { openRunner } from './world.ts'

const runner = openRunner(process.env)

/** Decrypting is what most steps do, and is in this file. The others are programs of their own, which it costs nothing. */
async function main(): Promise<void> {
  const { run } = readMode(process.env) === 'scan' ? await import('./scan/main.ts') : { run: decrypt }
  await run(runner)
}

main().catch((error: unknown) => fail(error, runner))
