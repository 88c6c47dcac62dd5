import { parentPort, workerData } from 'node:worker_threads'
import { openFileReader } from '../adapters/files/sources/reader.ts'
import { followLfs } from '../adapters/git/sources/lfs.ts'
import { openObjectReader } from '../adapters/git/sources/plumbing/objects.ts'
import type { OwnRuleTexts } from '../core/scan/custom/rules-for.ts'
import { joinReaders } from '../tasks/steps/joined-reader.ts'
import type { PlaceReader, ScanPlace } from '../tasks/world-scan.ts'

/** What a thread is told at its start. */
export interface WorkerData {
  /** What paths are relative to. */
  readonly root: string
  /** The folder that all working trees of the repository share; null outside of one. */
  readonly common: string | null
  /** Rules of sealward.yml. */
  readonly own?: OwnRuleTexts | null
}

export interface World {
  readonly own: OwnRuleTexts | null
  readonly reader: PlaceReader
  onPlaces(answer: (places: readonly ScanPlace[]) => Promise<unknown>): void
}

export function openWorld(): World {
  const { root, common, own = null } = workerData as WorkerData
  const reader = joinReaders(openFileReader(root), openObjectReader())
  return {
    own,
    reader: common === null ? reader : followLfs(reader, common),
    onPlaces(answer) {
      parentPort?.on('message', (places: readonly ScanPlace[]) => {
        answer(places).then((looks) => parentPort?.postMessage(looks))
      })
    },
  }
}
