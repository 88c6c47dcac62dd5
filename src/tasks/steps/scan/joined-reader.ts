import type { PlaceReader, ScanPlace } from '../../world/scan/source.ts'

/** So many places are asked for at once: with one question for each, most of the time would be spent on waiting for git. */
const MOST = 1024

/** Reads what has an id from git and the rest from disk, in the order of the places. */
export function joinReaders(disk: PlaceReader, git: PlaceReader): PlaceReader {
  return {
    async *read(places) {
      for await (const run of runsOf(places)) yield* (isStored(run[0]!) ? git : disk).read(run)
    },
    close() {
      disk.close()
      git.close()
    },
  }
}

/** Places of one kind that follow each other. */
async function* runsOf(places: Iterable<ScanPlace> | AsyncIterable<ScanPlace>): AsyncGenerator<ScanPlace[]> {
  let run: ScanPlace[] = []
  for await (const place of places) {
    if (run.length === MOST || (run.length > 0 && isStored(place) !== isStored(run[0]!))) {
      yield run
      run = []
    }
    run.push(place)
  }
  if (run.length > 0) yield run
}

function isStored({ id }: ScanPlace): boolean {
  return id !== undefined
}
