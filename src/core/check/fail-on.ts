import type { CheckPolicy } from '../policy/sections/check.ts'
import { type CheckReport, countLevels } from './judged.ts'

/** What makes a check fail. */
export type FailOn = CheckPolicy['failOn']

/** @returns whether the report fails; `due` includes everything that is worse */
export function failsCheck({ judged }: Pick<CheckReport, 'judged'>, failOn: FailOn): boolean {
  const { due, overdue } = countLevels(judged)
  return (failOn !== 'never' && overdue > 0) || (failOn === 'due' && due > 0)
}
