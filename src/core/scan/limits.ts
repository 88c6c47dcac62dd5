/** So much of each text is read unless asked otherwise; no text that people write is larger. */
export const TEXT_BYTES = 8 * 1024 * 1024
