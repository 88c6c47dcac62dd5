import type { ValueType } from '../../envelope/values/sealed.ts'

/**
 * The values of a sops file of another form than dotenv, in the order of the file: the MAC goes over them in that order, so objects of
 * JavaScript, which put names like `1` first, will not do.
 */
export type Tree =
  | { readonly kind: 'map'; readonly entries: readonly (readonly [name: string, value: Tree])[] }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | Leaf

/** A value, in the spelling in which sops hashes and encrypts it: `True`, `1.5`, an RFC 3339 time. */
export interface Leaf {
  readonly kind: 'leaf'
  readonly type: Exclude<ValueType, 'comment'> | 'null'
  readonly text: string
}

/** Where a value stands: names of maps, and numbers in lists. */
export type TreePath = readonly (string | number)[]

/** The forms that sops has for trees; what it calls binary is JSON with one value. */
export type TreeForm = 'yaml' | 'json' | 'ini'

/** A path for a message. */
export function printPath(path: TreePath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return /^[\w.[\]-]{1,200}$/.test(text) ? text.replace(/^\./, '') : '(a path with unusual characters)'
}
