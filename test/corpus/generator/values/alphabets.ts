export const DIGIT = '0123456789'
export const LOWER = 'abcdefghijklmnopqrstuvwxyz'
export const UPPER = LOWER.toUpperCase()
export const HEX = `${DIGIT}abcdef`
export const BASE32 = `${UPPER}234567`
export const BASE36 = DIGIT + LOWER
export const BASE36_UPPER = DIGIT + UPPER
export const BASE62 = DIGIT + UPPER + LOWER
export const BASE64_URL = `${BASE62}-_`
/** The symbols people and password managers choose. */
export const SYMBOLS = '!@#$%^&*-_+=?.'
/** Symbols that quotes, shells and URLs make trouble with. */
export const AWKWARD = '()[]{}<>~|/,;:`\'"\\'
