/** Where the fingerprints of a repository's values stand, from its top. */
export const FINGERPRINTS_FILE = '.sealward/fingerprints.json'
/** No larger one is read: 20,000 windows come to less. */
export const FINGERPRINTS_BYTES = 4 * 1024 * 1024
