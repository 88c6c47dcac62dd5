const LONGEST = 64
/** They say that a file is encrypted, and not which. */
const EMPTY_WORDS = new Set(['', 'env', 'encrypted', 'enc'])

/**
 * What a credential is called that has no name: `production/.env.encrypted` and `DATABASE_URL` make `production-database-url`.
 *
 * @returns `[a-z0-9][a-z0-9-]{0,63}`. Different files may come to the same name.
 */
export function credentialName(path: string, variable: string): string {
  const ofFile = wordsOf(path).filter((word) => !EMPTY_WORDS.has(word))
  return [...ofFile, ...wordsOf(variable)].join('-').slice(-LONGEST).replace(/^-/, '') || 'credential'
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
