import { parentPort, workerData } from 'node:worker_threads'
import { openFileReader } from '../adapters/files/sources/reader.ts'
import { followLfs } from '../adapters/git/sources/lfs.ts'
import { openObjectReader } from '../adapters/git/sources/plumbing/objects.ts'
import type { PlaceReader, ScanPlace } from '../tasks/world-scan.ts'

/** What a thread is told at its start. */
export interface WorkerData {
  /** What paths are relative to. */
  readonly root: string
  /** The folder that all working trees of the repository share; null outside of one. */
  readonly common: string | null
}

export interface World {
  readonly reader: PlaceReader
  onPlaces(answer: (places: readonly ScanPlace[]) => Promise<unknown>): void
}

export function openWorld(): World {
  const { root, common } = workerData as WorkerData
  return {
    reader: openPlaceReader(root, common),
    onPlaces(answer) {
      parentPort?.on('message', (places: readonly ScanPlace[]) => {
        answer(places).then((looks) => parentPort?.postMessage(looks))
      })
    },
  }
}

/** Reads what has an id from git, and the rest from disk. */
export function openPlaceReader(root: string, common: string | null): PlaceReader {
  const disk = openFileReader(root)
  const objects = openObjectReader()
  const git = common === null ? objects : followLfs(objects, common)
  return {
    async *read(places) {
      const list: ScanPlace[] = []
      for await (const place of places) list.push(place)
      const stored = list.filter(({ id }) => id !== undefined)
      if (stored.length < list.length) yield* disk.read(list.filter(({ id }) => id === undefined))
      if (stored.length > 0) yield* git.read(stored)
    },
    close() {
      disk.close()
      git.close()
    },
  }
}
