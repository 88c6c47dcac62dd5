/** `npm run bench:scan`: the scanner beside others, as far as they are installed (.ci/scan-peers). Figures, never verdicts. */
import { benchAccuracy } from './bench/scan/accuracy.ts'
import { benchTree } from './bench/scan/speed.ts'

await benchAccuracy()
benchTree()
