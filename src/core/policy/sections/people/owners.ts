import { matching, oneOrMore } from '../../schema-parts.ts'

const owner = matching(/^(?=.*[^\s@])[^\p{Cc}]{1,100}$/u, 'must be 1 to 100 characters on one line')

/** Who looks after something: one, or a list. GitHub logins and teams, with or without their `@`, or free words. */
export const owners = oneOrMore(owner)

/** @returns each once, without the `@` */
export function ownersOf(given: string | readonly string[] | undefined): string[] {
  return [...new Set([given ?? []].flat().map((one) => one.trim().replace(/^@/, '')))]
}
