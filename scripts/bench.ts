/** `npm run bench`: figures, never verdicts. Every timing is paired with a floor or a named rival in the same run. */
import { benchHook } from './bench/hook.ts'
import { benchPerKey } from './bench/per-key.ts'
import { benchRedact } from './bench/redact.ts'
import { benchSizes } from './bench/sizes.ts'
import { benchStartUp } from './bench/start-up.ts'
import { benchStep } from './bench/step.ts'

await benchPerKey()
benchStartUp()
benchStep()
benchHook()
benchRedact()
benchSizes()
