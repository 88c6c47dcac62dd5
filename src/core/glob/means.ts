import { parseGlob } from './glob.ts'
import { matchesGlob } from './match.ts'

/** Whether a glob means a path or a name. One that is at fault means nothing; who reads a policy has refused it before. */
export function means(text: string, path: string): boolean {
  const glob = parseGlob(text)
  return typeof glob !== 'string' && matchesGlob(glob, path)
}
