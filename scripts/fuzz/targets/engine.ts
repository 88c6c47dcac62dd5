import { findComments } from '../../../src/core/scan/allow/comment.ts'
import { ScanText } from '../../../src/core/scan/engine/scan-text.ts'
import { judgeBlob } from '../../../src/core/scan/judge.ts'
import { RULES } from '../../../src/core/scan/rules.ts'
import { generateCorpus } from '../../../test/corpus/generator/corpus.ts'
import type { FuzzTarget } from '../target.ts'

const SEED = 20_260_101
const PATHS = [
  '.env',
  'a.py',
  'conf/app.yaml',
  'x.json',
  '.npmrc',
  'main.tf',
  'run.sh',
  'dump.sql',
  '.envrc',
  'a.min.js',
]

/** Every rule on every kind of file: no throw, and findings that lie within the text. */
export const engine: FuzzTarget = {
  seeds: () => generateCorpus(SEED).map(({ text }) => Buffer.from(text)),
  words: [
    'password=',
    'token: ',
    '"secret": "',
    'ghp_',
    'AKIA',
    '-----BEGIN PRIVATE KEY-----',
    '://u:p@',
    'Basic ',
    'eyJ',
    '\\u0041',
    '%41',
  ],
  async run(input) {
    const path = PATHS[input.length % PATHS.length]!
    const lines = input.filter((byte) => byte === 0x0a).length + 1
    for (const { finding, place } of await judgeBlob({ path, bytes: input }, RULES)) {
      if (place !== undefined && !(place.start >= 0 && place.start < place.end && place.end <= input.length))
        throw new Error('a finding lies outside the text')
      if (finding.line !== undefined && (finding.line < 1 || finding.line > lines))
        throw new Error('there is no such line')
    }
    findComments(new ScanText(input))
  },
}
