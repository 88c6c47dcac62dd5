import { run as decrypt } from './decrypt.ts'
import { fail } from './fail.ts'
import { type Mode, readMode } from './modes.ts'
import { openRunner, type Runner } from './world.ts'

const runner = openRunner(process.env)

/** Decrypting is what most steps do, and is in this file. The others are programs of their own, which it costs nothing. */
async function main(): Promise<void> {
  const { run } = await programOf(readMode(process.env))
  await run(runner)
}

async function programOf(mode: Mode): Promise<{ run(runner: Runner): Promise<void> }> {
  if (mode === 'scan') return import('./scan/main.ts')
  if (mode === 'rotate') return import('./rotate/main.ts')
  if (mode === 'organisation') return import('./organisation/main.ts')
  return mode === 'check' ? import('./check/main.ts') : { run: decrypt }
}

main().catch((error: unknown) => fail(error, runner))
