import { SealwardError } from '../../core/errors.ts'
import type { Finder } from '../world.ts'

/**
 * The files that paths and globs name, in their order. A file that is named twice counts where it is named last.
 *
 * @throws SealwardError not-found for a glob that matches nothing, usage when nothing is named
 */
export async function findFiles(patterns: readonly string[], finder: Finder): Promise<string[]> {
  const files = new Set<string>()
  for (const pattern of patterns) {
    const found = /[*?[\]{}]/.test(pattern) ? await finder.find([pattern]) : [pattern]
    if (found.length === 0) throw new SealwardError('not-found', 'the pattern matches no file', { file: pattern })
    for (const file of found) {
      files.delete(file)
      files.add(file)
    }
  }
  if (files.size === 0) throw new SealwardError('usage', 'no file was named')
  return [...files]
}
