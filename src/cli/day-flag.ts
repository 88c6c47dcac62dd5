import { SealwardError } from '../core/errors.ts'
import { isOfCalendar } from '../core/policy/schema-parts.ts'

/**
 * @param flag its name, for the error
 * @returns the beginning of the day in UTC
 * @throws SealwardError usage for what is no day of the calendar
 */
export function readDay(text: string, flag: string): Date {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || !isOfCalendar(text))
    throw new SealwardError('usage', `${flag} takes a date like 2027-01-31`)
  return new Date(`${text}T00:00:00Z`)
}
