import { parseGlob } from '../glob/glob.ts'
import { matchesGlob } from '../glob/match.ts'

/** Whether a glob of a policy means a path or a name. A policy holds no glob that is at fault. */
export function means(text: string, path: string): boolean {
  const glob = parseGlob(text)
  return typeof glob !== 'string' && matchesGlob(glob, path)
}
