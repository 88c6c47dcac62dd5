/** As far as a Date reaches (ECMA-262, section 21.4.1.1). */
const FURTHEST = 8.64e15
const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/** @returns null for what is no number of seconds since 1970, or further than a Date reaches: to people that is never */
export function fromSeconds(seconds: unknown): Date | null {
  if (typeof seconds !== 'number' || !(Math.abs(seconds) * 1000 <= FURTHEST)) return null
  return new Date(seconds * 1000)
}

/** As `fromSeconds`, of decimal digits. */
export function fromDigits(digits: string | undefined): Date | null {
  return digits !== undefined && /^\d{1,15}$/.test(digits) ? fromSeconds(Number(digits)) : null
}

/** A date of RFC 3339, also without seconds, without a time, or without a zone, which is UTC then. Null for all else. */
export function fromText(text: unknown): Date | null {
  if (typeof text !== 'string' || text.length > 40) return null
  const [, day = '', minute = '00:00', second = ':00', zone = 'Z'] = DATE.exec(text) ?? []
  return hasCalendar(day) ? valid(`${day}T${minute}${second}${zone}`) : null
}

/** `20270131T235959Z`, the basic form of ISO 8601. Null for all else. */
export function fromBasic(text: string | undefined): Date | null {
  const [whole, year, month, day, hour, minute, second] = BASIC.exec(text ?? '') ?? []
  return whole === undefined ? null : fromText(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** V8 takes 30 February for 2 March. */
function hasCalendar(day: string): boolean {
  return day !== '' && valid(`${day}T00:00:00Z`)?.toISOString().startsWith(day) === true
}

function valid(text: string): Date | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time)
}
