/** So much of each blob is read; no text that people write is larger. */
export const BLOB_BYTES = 8 * 1024 * 1024
