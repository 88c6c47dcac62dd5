import { SealwardError } from '../../../core/errors.ts'

/** What nobody knows is no reason to change anything. */
export function notKnown(because: string, why: string | null): SealwardError {
  return new SealwardError('unavailable', `${because}: ${why ?? 'no answer'}`, {
    hint: 'nothing was changed; can the system be reached from here, and does `tls` of the entry fit it? docs/credentials.md, section 4',
  })
}
