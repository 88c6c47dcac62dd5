import { isEncryptedFile } from '../../../core/envelope/file.ts'
import { findDataKey, type UnlockWorld, unlockBytes } from '../keys/unlock.ts'
import type { Foreign, ForeignSource } from './foreign.ts'

/** Opens a sops file with an age recipient: a tree, whose values get names, or a dotenv, which has them. */
export async function openSopsSource({ bytes, file }: ForeignSource, world: UnlockWorld): Promise<Foreign> {
  if (isEncryptedFile(bytes))
    return { document: (await unlockBytes(bytes, { path: file }, world)).document, remarks: [] }
  // Trees need the YAML reader, which costs more than everything else here.
  const { parseTreeFile } = await import('../../../core/interchange/sops/file.ts')
  const { openTree } = await import('../../../core/interchange/sops/open-tree.ts')
  const { nameLeaves } = await import('../../../core/interchange/sops/naming.ts')
  const parsed = parseTreeFile(bytes)
  const leaves = await openTree(parsed, await findDataKey(parsed, world))
  const { document, nulls } = nameLeaves(leaves, parsed.form)
  return { document, remarks: nulls.map((path) => `${path} is null, and was left out`) }
}
