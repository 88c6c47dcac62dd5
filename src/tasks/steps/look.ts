import { MARKER } from '../../core/scan/allow/comment.ts'
import { judgeBlob } from '../../core/scan/judge.ts'
import type { ScanRule } from '../../core/scan/rule.ts'
import type { Look } from '../world-look.ts'
import type { PlaceReader, ScanItem, ScanPlace, Unread } from '../world-scan.ts'

const MIB = 1024 * 1024

/** Looks at places one after the other. Says each that has something in it, and at the end how much was looked at. */
export async function* lookAt(
  places: Iterable<ScanPlace> | AsyncIterable<ScanPlace>,
  { reader, rules }: { readonly reader: PlaceReader; readonly rules: readonly ScanRule[] },
): AsyncGenerator<Look> {
  let [count, bytes] = [0, 0]
  for await (const answer of reader.read(places)) {
    if (answer.kind === 'unread') {
      yield answer
      continue
    }
    count += 1
    bytes += answer.bytes.length
    if (answer.bytes.length < answer.size) yield cutOff(answer)
    if (await isSuspect(answer, rules)) yield { kind: 'suspect', place: answer.place }
  }
  yield { kind: 'tally', count, bytes }
}

/** A comment of ours may be stale without any finding beside it. Those of other tools are never said to be. */
async function isSuspect({ place, bytes }: ScanItem, rules: readonly ScanRule[]): Promise<boolean> {
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(MARKER)) return true
  return (await judgeBlob({ path: place.path, link: place.link ?? false, bytes }, rules)).length > 0
}

export function cutOff({ place, bytes, size }: ScanItem): Unread {
  const why = `only the first ${Math.round(bytes.length / MIB)} of ${Math.ceil(size / MIB)} MiB`
  return { kind: 'unread', path: place.path, why }
}
