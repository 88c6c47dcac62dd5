import { SealwardError } from '../../../../core/errors.ts'
import type { Call, Flag } from '../../../command.ts'

const REASON_CHARACTERS = 1000

export const REASON: Flag = { name: 'reason', value: 'TEXT', help: 'why, for the ledger' }

/** What `--reason` says. @throws SealwardError usage */
export function reasonOf({ one }: Call): { readonly reason?: string } {
  const reason = one('reason')
  if (reason === undefined) return {}
  if (reason === '' || reason.length > REASON_CHARACTERS)
    throw new SealwardError('usage', `--reason takes 1 to ${REASON_CHARACTERS} characters`)
  return { reason }
}
