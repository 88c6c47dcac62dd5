import { SealwardError } from '../../errors.ts'

/** Why a connection string is not read: different programs would read it differently, so that nothing that is written would be right for all. */
export function ambiguous(what: string): SealwardError {
  return new SealwardError('unsupported', `the connection string ${what}`, {
    hint: 'write it so that every program reads it alike, with %40 for an @ within, and one place for each part of the login',
  })
}
