import { type JudgedFile, judgeBlob } from '../../../src/core/scan/judge.ts'
import type { Hit } from '../../../src/core/scan/rule.ts'
import { secret } from '../../../src/core/scan/rules/secret.ts'
import { RULES } from '../../../src/core/scan/rules.ts'

/** What Sealward's own rules say of a file, without what the scanner's engine sees in it. */
export function ownHits(file: JudgedFile): Promise<Hit[]> {
  return judgeBlob(
    file,
    RULES.filter((rule) => rule !== secret),
  )
}
