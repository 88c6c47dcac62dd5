/** The rule that finds the repository's own values. */
export const OWN_SECRET = 'own-secret'

/** What it is about and what to do. */
export const OWN_SECRET_WORDS = {
  what: 'a value that is encrypted in this repository',
  advice: 'Change the value where it is used and in the encrypted file, then take it out of this one.',
} as const
