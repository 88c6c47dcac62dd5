/** So much of each text is read unless asked otherwise; no text that people write is larger. */
export const TEXT_BYTES = 8 * 1024 * 1024

/** An archive is opened whole, up to this size; a larger one is said, and left packed. */
export const ARCHIVE_BYTES = 64 * 1024 * 1024
