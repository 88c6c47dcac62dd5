import { printableName } from '../../core/dotenv/names.ts'
import type { Changes } from '../../core/envelope/changes.ts'
import type { EncryptedFile } from '../../core/envelope/file.ts'
import { DEFAULT_RULE } from '../../core/envelope/values/rule.ts'
import { looksSealed } from '../../core/envelope/values/sealed.ts'

/**
 * Values of a change that the file's rule leaves in plain text. The rule stands in the file, where the MAC does not cover it: whoever can
 * write there can have the next secret stored for everybody to read. A name with the usual suffix says it by itself.
 */
export function plainWarnings({ lines, metadata }: EncryptedFile, { added, changed }: Changes): string[] {
  const written = new Set([...added, ...changed].filter((name) => !name.endsWith(DEFAULT_RULE.pattern)))
  return lines.body.flatMap((line) =>
    line.kind === 'variable' && written.has(line.name) && line.stored !== '' && !looksSealed(line.stored)
      ? [`${printableName(line.name)} is stored in plain text: ${metadata.rule.kind} in this file leaves it so`]
      : [],
  )
}
