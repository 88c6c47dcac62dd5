import type { GenericSchema } from 'valibot'
import type { Path } from './values.ts'

/** What stands where a schema has no place for it. */
export type Stray =
  | { readonly kind: 'unknown-key'; readonly path: Path; readonly known: readonly string[] }
  | { readonly kind: 'list-for-map'; readonly path: Path }

export type StrayKey = Extract<Stray, { kind: 'unknown-key' }>

/** The parts of valibot's schemas that have others in them. A pipe shows its first schema. */
interface Inner {
  readonly type: string
  readonly entries?: Readonly<Record<string, GenericSchema>>
  readonly wrapped?: GenericSchema
  readonly getter?: (value: unknown) => GenericSchema
  readonly item?: GenericSchema
  readonly value?: GenericSchema
  readonly options?: readonly GenericSchema[]
}

/**
 * Finds all keys that a schema does not know. Valibot itself stops at the first of each map, and takes a list for a map.
 */
export function findStrays(schema: GenericSchema, value: unknown, path: Path = []): Stray[] {
  const { type, entries, wrapped, getter, item, value: ofRecord, options } = schema as unknown as Inner
  if (wrapped !== undefined) return findStrays(wrapped, value, path)
  if (getter !== undefined) return findStrays(getter(value), value, path)
  if (typeof value !== 'object' || value === null) return []
  if (type === 'union') {
    const meant = options!.find((option) => takes(option, value))
    return meant === undefined ? [] : findStrays(meant, value, path)
  }
  const inside = (inner: GenericSchema, key: string | number, child: unknown) =>
    findStrays(inner, child, [...path, key])
  if (type === 'array') return Array.isArray(value) ? value.flatMap((child, index) => inside(item!, index, child)) : []
  if (entries === undefined && type !== 'record') return []
  if (Array.isArray(value)) return [{ kind: 'list-for-map', path }]
  return Object.entries(value).flatMap(([key, child]) => {
    const inner = entries === undefined ? ofRecord! : Object.hasOwn(entries, key) ? entries[key]! : null
    if (inner !== null) return inside(inner, key, child)
    return [{ kind: 'unknown-key' as const, path: [...path, key], known: Object.keys(entries!) }]
  })
}

/** A union has one schema for a map and one for a list at most. */
function takes(schema: GenericSchema, value: object): boolean {
  const { type, entries } = schema as unknown as Inner
  return Array.isArray(value) ? type === 'array' : entries !== undefined || type === 'record'
}
