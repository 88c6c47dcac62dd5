/**
 * The environment that a file is for, by its name: `production` of `.env.production.encrypted`, `production.env.encrypted` or
 * `.env.production`.
 *
 * @param path with '/' separators
 * @returns null for a file that names none, such as `.env.encrypted`
 */
export function environmentOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:encrypted|enc)$/, '')
  const match = /^\.env\.(.+)$/.exec(name) ?? /^(.+)\.env$/.exec(name)
  return match?.[1] ?? null
}
