import { shellWord } from '../../core/report/shell-word.ts'
import { printablePath } from '../../core/report/text.ts'
import type { World } from '../world.ts'

/** Says what has to be settled, and where: names alone. */
export function sayConflict(
  file: string,
  { names, place }: { readonly names: readonly string[]; readonly place: string },
  { teller }: Pick<World, 'teller'>,
): void {
  teller.note(`both sides changed ${names.join(', ')} in ${printablePath(file)}`)
  teller.note(`  settle it in ${printablePath(place)}`)
  teller.note(`  then: sealward merge --continue ${shellWord(file) || 'FILE'}`)
}
