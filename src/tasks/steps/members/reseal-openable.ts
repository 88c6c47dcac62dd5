import { SealwardError } from '../../../core/errors.ts'
import type { Clock } from '../../world.ts'
import { type Opener, reseal } from '../rotation/reseal.ts'
import type { PolicyFile } from './policy-files.ts'
import type { Rewrapping } from './rewrap-files.ts'

export interface ResealedFiles {
  readonly files: readonly Rewrapping[]
  /** Those that no key at hand opens, or that are not whole: they stay as they are. */
  readonly left: readonly { readonly path: string; readonly why: string }[]
}

/** Makes a new data key for each file that can be opened here, for the same recipients, without writing anything. */
export async function resealOpenable(
  files: readonly PolicyFile[],
  world: Opener & { readonly clock: Clock },
): Promise<ResealedFiles> {
  const changes: Rewrapping[] = []
  const left: ResealedFiles['left'][number][] = []
  for (const { path, bytes } of files)
    try {
      const { after } = await reseal({ path, bytes, keyGroups: (same) => same }, world)
      changes.push({ path, before: bytes, after, added: [], removed: [], newDataKey: true, together: null })
    } catch (error) {
      if (!(error instanceof SealwardError)) throw error
      left.push({ path, why: error.message })
    }
  return { files: changes, left }
}
