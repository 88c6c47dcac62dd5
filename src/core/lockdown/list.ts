import { toDoPath } from '../members/to-do.ts'

/** @returns where the list of a lockdown is: what is to be rotated because of it */
export function lockdownListPath(since: Date): string {
  return toDoPath({ member: 'lockdown', removed: since })
}
