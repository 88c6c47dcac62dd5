/** The bounds of docs/format.md section 1. Beyond them the code is `limit`. */
export const FILE_BYTES = 8 * 1024 * 1024
export const VARIABLES = 20_000
export const VALUE_BYTES = 128 * 1024
export const VALUE_WARN_BYTES = 32 * 1024
export const RECIPIENTS = 256
