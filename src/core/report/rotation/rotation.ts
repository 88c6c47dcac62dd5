import { isInGrace, isOpen, outstanding, type Rotation } from '../../rotation/state.ts'
import { amount } from '../amount.ts'
import { printablePath } from '../text.ts'

/** The lines of `rotate status`. Recipients are public. */
export function printRotationStatus(rotation: Rotation): string {
  const { phase, failure, started, updated, old, fresh, keyFile, files, environment, reason } = rotation
  const rows: [string, string | null][] = [
    ['phase', failure === null ? phase : `${phase}: ${failure}`],
    ['began', started],
    ['updated', updated],
    ['old', old],
    ['new', fresh],
    ['key file', keyFile],
    ['files', String(files)],
    ['environment', environment],
    ['reason', reason],
    ...rotation.pushes.map(({ target, done }): [string, string] => ['pushed to', `${target}: ${done ?? 'not yet'}`]),
    ['next', nextStep(rotation)],
  ]
  return rows
    .flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(12)}${printablePath(value)}\n`]))
    .join('')
}

/** What whoever ran a rotation is told at its end. */
export function describeRotation({ files, environment }: Rotation): string {
  return `${amount(files, 'file')}${environment === null ? '' : ` of ${environment}`} under new data keys, for the new key`
}

export function nextStep(rotation: Rotation): string | null {
  if (isOpen(rotation)) return '`sealward rotate key` goes on with it, `sealward rotate key --rollback` takes it back'
  if (outstanding(rotation).length > 0) return '`sealward rotate key` puts the new key where it is outstanding'
  if (isInGrace(rotation))
    return `hand the new key out; from ${rotation.graceUntil!.slice(0, 10)} on \`sealward rotate key --finish\` takes the old one away`
  return null
}
