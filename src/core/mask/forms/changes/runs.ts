import { isOpaque } from '../../worth.ts'
import type { Family } from '../family.ts'

/**
 * The long runs of letters and digits of a text that was drawn at random: no escaping touches them, so they also show in
 * spellings that nobody thought of.
 */
export const runs: Family = {
  name: 'runs of letters and digits',
  leaves: true,
  lines: true,
  forms: (text) => (text.match(/[A-Za-z0-9]{16,}/g) ?? []).filter(isOpaque),
}
