/** What a file is, by its name alone. */
export type DotenvKind = 'dotenv' | 'envrc'

/** A dot-separated part that marks a file as one to commit: `.env.example`, `sample.env`, `.env.local.template`. */
const MEANT_FOR_ALL = new Set(['example', 'sample', 'template', 'dist', 'defaults', 'schema'])

/**
 * Whether a path is named like a file of plaintext variables, in any letter case: `.env`, `.env.*` (so `.env.keys` too),
 * `*.env`, and direnv's `.envrc`. A folder's name does not count.
 *
 * @returns null when it is not, or when its name says that everyone may read it
 */
export function dotenvKind(path: string): DotenvKind | null {
  const name = bareName(path)
  if (name === '.envrc') return 'envrc'
  if (!name.endsWith('.env') && !name.startsWith('.env.')) return null
  return name.split('.').some((part) => MEANT_FOR_ALL.has(part)) ? null : 'dotenv'
}

/** Without what a slip of the keyboard or an editor's backup puts round a name: `.env `, `.env\n`, `.env~`, `#.env#`. */
function bareName(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/^[\s#]+|[\s~#]+$/g, '')
}
