import { type DotenvxKey, parseDotenvxKey } from './ecies.ts'

/** More than a repository has environments; each may be tried on each value. */
const MAX_KEYS = 64
const LINE = /^[ \t]*(?:export[ \t]+)?(DOTENV_PRIVATE_KEY\w*)[ \t]*=[ \t]*["']?([0-9A-Fa-f, ]+)/gm

/**
 * The private keys of a `.env.keys` file. A line may hold several, divided by commas, and a name may stand twice: dotenvx tries all.
 *
 * @returns the keys by their variable, in order; what is no key is passed over
 */
export function parseDotenvxKeys(text: string): { readonly name: string; readonly key: DotenvxKey }[] {
  const found: { name: string; key: DotenvxKey }[] = []
  for (const [, name, values] of text.matchAll(LINE))
    for (const value of values!.split(',')) {
      const key = parseDotenvxKey(value.trim())
      if (key !== null && found.length < MAX_KEYS) found.push({ name: name!, key })
    }
  return found
}

/** The variable of a file's key, by the file's name: `_PRODUCTION` for `.env.production`, nothing for `.env`. */
export function keySuffixOf(path: string): string {
  const name = path.slice(path.search(/[^/\\]*$/)).replace(/\.txt$/, '')
  const environment = /^\.env\.(.+)$/.exec(name)?.[1]
  return environment === undefined ? '' : `_${environment.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
}
