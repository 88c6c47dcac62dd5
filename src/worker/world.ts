import { parentPort, workerData } from 'node:worker_threads'
import { openArchives } from '../adapters/archives/archives.ts'
import { openFileReader } from '../adapters/files/sources/reader.ts'
import { followLfs } from '../adapters/git/sources/lfs.ts'
import { openObjectReader } from '../adapters/git/sources/plumbing/objects.ts'
import type { OwnRuleTexts } from '../core/scan/custom/rules-for.ts'
import { ARCHIVE_BYTES, TEXT_BYTES } from '../core/scan/limits.ts'
import type { OwnSecrets } from '../core/scan/own/rules-of-own.ts'
import { joinReaders } from '../tasks/steps/scan/joined-reader.ts'
import { openingArchives } from '../tasks/steps/scan/opened-reader.ts'
import type { PlaceReader, ScanPlace } from '../tasks/world/scan/source.ts'

/** What a thread is told at its start. */
export interface WorkerData {
  /** What paths are relative to. */
  readonly root: string
  /** The folder that all working trees of the repository share; null outside of one. */
  readonly common: string | null
  /** Rules of sealward.yml. */
  readonly own?: OwnRuleTexts | null
  /** Values of the repository's encrypted files, or fingerprints of them, to look for. */
  readonly secrets?: OwnSecrets | null
  /** Whether archives are opened. */
  readonly archives?: boolean
}

export interface World {
  readonly own: OwnRuleTexts | null
  readonly secrets: OwnSecrets | null
  readonly reader: PlaceReader
  onPlaces(answer: (places: readonly ScanPlace[]) => Promise<unknown>): void
}

export function openWorld(): World {
  const { own = null, secrets = null, ...readable } = workerData as WorkerData
  return {
    own,
    secrets,
    reader: openReader(readable),
    onPlaces(answer) {
      parentPort?.on('message', (places: readonly ScanPlace[]) => {
        answer(places).then((looks) => parentPort?.postMessage(looks))
      })
    },
  }
}

function openReader({ root, common, archives = false }: WorkerData): PlaceReader {
  const upTo = (maxBytes: number) => {
    const joined = joinReaders(openFileReader(root, maxBytes), openObjectReader(maxBytes))
    return common === null ? joined : followLfs(joined, common, maxBytes)
  }
  const reader = upTo(TEXT_BYTES)
  return archives ? openingArchives(reader, { archives: openArchives(), whole: upTo(ARCHIVE_BYTES) }) : reader
}
