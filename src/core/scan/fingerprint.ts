/**
 * A digest by which two hits are known to be the same secret.
 *
 * node:crypto is loaded on demand: it costs a quarter of a start of Node, and a clean commit has nothing to compare.
 */
export async function fingerprintOf(rule: string, content: string | Uint8Array): Promise<string> {
  const { createHash } = await import('node:crypto')
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  return createHash('sha256').update(`${rule}\0`).update(bytes).digest('hex')
}
