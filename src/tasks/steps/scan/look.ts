import { MARKER } from '../../../core/scan/allow/comment.ts'
import { archiveKind } from '../../../core/scan/archive-kind.ts'
import { type JudgedFile, judgeBlob } from '../../../core/scan/judge.ts'
import type { ScanRule } from '../../../core/scan/rule.ts'
import type { Look } from '../../world/scan/look.ts'
import type { PlaceReader, ScanItem, ScanPlace, Unread } from '../../world/scan/source.ts'

const MIB = 1024 * 1024

/** Looks at places one after the other. Says each that has something in it, and at the end how much was looked at. */
export async function* lookAt(
  places: Iterable<ScanPlace> | AsyncIterable<ScanPlace>,
  { reader, rules }: { readonly reader: PlaceReader; readonly rules: readonly ScanRule[] },
): AsyncGenerator<Look> {
  let [count, bytes, packed] = [0, 0, 0]
  let last: ScanPlace | null = null
  for await (const answer of reader.read(places)) {
    if (answer.kind === 'unread') {
      yield answer
      continue
    }
    count += 1
    bytes += answer.bytes.length
    if (isPacked(answer)) packed += 1
    if (answer.bytes.length < answer.size) yield cutOff(answer)
    const place = answer.archived?.archive ?? answer.place
    if (place !== last && (await isSuspect(answer, rules))) {
      yield { kind: 'suspect', place }
      last = place
    }
  }
  yield { kind: 'tally', count, bytes, ...(packed === 0 ? {} : { packed }) }
}

function isPacked({ archived, place, bytes }: ScanItem): boolean {
  return archived === undefined && place.link !== true && archiveKind(bytes) !== null
}

/** A comment of ours may be stale without any finding beside it. Those of other tools are never said to be. */
async function isSuspect(item: ScanItem, rules: readonly ScanRule[]): Promise<boolean> {
  const { bytes } = item
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(MARKER)) return true
  return (await judgeBlob(judgedFile(item), rules)).length > 0
}

/** A text as the rules judge it. A file in an archive is judged by its name there, and called by its whole path. */
export function judgedFile({ place, bytes, archived }: ScanItem): JudgedFile {
  const named = archived === undefined ? { path: place.path } : { path: archived.name, shown: place.path }
  return { ...named, link: place.link ?? false, bytes }
}

export function cutOff({ place, bytes, size }: ScanItem): Unread {
  const why = `only the first ${Math.round(bytes.length / MIB)} of ${Math.ceil(size / MIB)} MiB`
  return { kind: 'unread', path: place.path, why }
}
