import { SealwardError } from '../errors.ts'
import { VARIABLE_NAME } from './document.ts'

/** Where a name stands and how strict to be: `anyName` lets a foreign name pass when it can at least be written again. */
export interface NameRule {
  readonly anyName?: boolean
  readonly line?: number
}

/**
 * Checks a variable's name by docs/dotenv.md section 3.1.
 *
 * The message does not quote a name that is refused: in a PEM body pasted without quotes, a line of the key that ends in `=`
 * reads as a name.
 *
 * @throws SealwardError name-invalid
 */
export function checkName(name: string, { anyName = false, line }: NameRule = {}): void {
  const where = line === undefined ? {} : { line }
  if (name.startsWith('sops_')) {
    const hint = 'names that begin with lowercase sops_ hold the metadata of the encrypted file: rename the variable'
    throw new SealwardError('name-invalid', 'a variable name begins with the reserved prefix sops_', { hint, ...where })
  }
  if (VARIABLE_NAME.test(name)) return
  if (!anyName) {
    const hint = 'a value that spans lines must be in quotes; --allow-any-name is for files of other tools'
    throw new SealwardError('name-invalid', 'a variable name is not of the form [A-Za-z_][A-Za-z0-9_]*', {
      hint,
      ...where,
    })
  }
  if (!isWritable(name)) {
    const hint =
      "an empty name, a control character, '=', a blank at either end, or a leading '#' or 'export ' cannot be written"
    throw new SealwardError('name-invalid', 'a variable name would be read back as something else', { hint, ...where })
  }
}

/** A name fit for a message: one with unusual characters could forge log lines, so it is not shown. */
export function printableName(name: string): string {
  return /^[\w.-]{1,128}$/.test(name) ? name : '(a name with unusual characters)'
}

function isWritable(name: string): boolean {
  if (name === '' || name.startsWith(' ') || name.endsWith(' ')) return false
  if (name.startsWith('#') || name.startsWith('export ') || name.startsWith('\uFEFF')) return false
  return !/[=\p{Cc}\p{Surrogate}]/u.test(name)
}
