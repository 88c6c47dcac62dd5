import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import type { FuzzTarget } from '../target.ts'

const SEEDS = [
  'A=b\n',
  'export A="b c" # comment\r\nB=\'d\'\n',
  'A="line\nbreak"\n\n# comment\n  B = x\\n\n',
  'A=`b`\nB="\\u0041\\x41\\$"\nC=${A}\n',
  '\ufeffA=b\nÄ=ü\n',
]

/** What is read is printed as it was, byte for byte; the rest is refused in words of our own. */
export const dotenv: FuzzTarget = {
  seeds: () => SEEDS.map((seed) => Buffer.from(seed)),
  words: ['="', "='", '=`', '\\"', '\\n', '${', '\r\n', 'export ', '#', '\u2028'],
  run(input) {
    try {
      const printed = printDotenv(parseDotenv(input))
      if (printDotenv(parseDotenv(printed)) !== printed) throw new Error('what was printed is read as something else')
    } catch (error) {
      if (!(error instanceof SealwardError) || error.code === 'internal') throw error
    }
  },
}
