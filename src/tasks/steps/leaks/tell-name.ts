import { shorten } from '../../../core/report/scan/amounts.ts'
import { judgeBlob } from '../../../core/scan/judge.ts'
import { OF_A_NAME } from '../../../core/scan/leaks/places.ts'
import type { ScanRule } from '../../../core/scan/rule.ts'
import type { ScanItem } from '../../world/scan/source.ts'

export interface NameToTell {
  readonly name: string
  /** What stands before it in a place: `logs: `. */
  readonly before: string
  /** Stands in for it: a number by which whoever may read the run finds it. */
  readonly otherwise: string
}

export interface ToldName {
  /** The whole place. */
  readonly path: string
  /** The name as a text to be looked at, where it holds a secret; else null. */
  readonly secret: ScanItem | null
}

/** No path that people made is longer; a zip has room for 64 KiB. */
const LONGEST = 1000
/** Names are judged as what they mostly are: words of a log. */
const JUDGED_AS = 'name.log'

/** How something is called. A name can hold a secret itself, of a matrix say, which places in a report or an issue must not repeat. */
export async function tellName({ name, before, otherwise }: NameToTell, rules: readonly ScanRule[]): Promise<ToldName> {
  const bytes = Buffer.from(name)
  const hits = await judgeBlob({ path: JUDGED_AS, shown: '', bytes }, rules)
  if (hits.length === 0) return { path: `${before}${shorten(name, LONGEST)}`, secret: null }
  const path = `${before}${otherwise}`
  const place = { kind: 'place', path: `${path}${OF_A_NAME}` } as const
  const archived = { archive: place, name: JUDGED_AS }
  return { path, secret: { kind: 'item', place, bytes, size: bytes.length, archived } }
}
