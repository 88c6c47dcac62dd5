/**
 * `npm run bench`: figures, never verdicts. Every timing is paired with a floor or a named rival in the same run. `npm run bench -- step hook`
 * prints those alone.
 */
import { benchCheck } from './bench/check.ts'
import { benchHook } from './bench/hook.ts'
import { benchLedger } from './bench/ledger.ts'
import { benchMembers } from './bench/members.ts'
import { benchOwn } from './bench/own.ts'
import { benchPerKey } from './bench/per-key.ts'
import { benchRedact } from './bench/redact.ts'
import { benchSizes } from './bench/sizes.ts'
import { benchStartUp } from './bench/start-up.ts'
import { benchStep } from './bench/step.ts'

const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
  'per-key': benchPerKey,
  'start-up': benchStartUp,
  step: benchStep,
  hook: benchHook,
  redact: benchRedact,
  own: benchOwn,
  check: benchCheck,
  ledger: benchLedger,
  members: benchMembers,
  sizes: benchSizes,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => BENCHES[name] === undefined)
if (unknown.length > 0) {
  console.error(`bench: there are ${Object.keys(BENCHES).join(', ')}`)
  process.exitCode = 2
} else for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) await BENCHES[name]!()
