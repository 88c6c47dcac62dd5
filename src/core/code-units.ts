/** Orders by code units, and so the same in every language of the machine. For `sort`: below, equal to or above 0. */
export function byCodeUnits(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
