import { SealwardError } from '../../../core/errors.ts'
import { LEDGER_FILE } from '../../../core/ledger/ledger-file.ts'

/** What is said where a ledger is asked about and there is none. */
export function noLedger(): SealwardError {
  return new SealwardError('not-found', 'there is no ledger here', {
    file: LEDGER_FILE,
    hint: 'with `ledger: true` in sealward.yml the next command that changes an encrypted file begins it: docs/ledger.md',
  })
}
