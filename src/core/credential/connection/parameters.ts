import type { Slot } from './slot.ts'

/** A name and its value, and where the value stands in the whole text. */
export interface Parameter {
  /** Lower case, without `_`, `-` and spaces: `SSL Mode`, `sslmode` and `ssl-mode` are one. */
  readonly key: string
  /** As it is written. */
  readonly name: string
  readonly slot: Slot
}

export function plainKey(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '')
}

/** By plain key; of several the last, as drivers have it. */
export function valuesOf(parameters: readonly Parameter[]): ReadonlyMap<string, string> {
  return new Map(parameters.map(({ key, slot }) => [key, slot.text]))
}

/** @returns the first that is there */
export function firstOf(values: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  const key = keys.find((one) => values.has(one))
  return key === undefined ? undefined : values.get(key)
}

/** The places of the parameters that have one of these keys. */
export function slotsOf(parameters: readonly Parameter[], keys: readonly string[]): Slot[] {
  return parameters.filter(({ key }) => keys.includes(key)).map(({ slot }) => slot)
}
