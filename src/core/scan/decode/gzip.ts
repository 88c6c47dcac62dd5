/**
 * Unpacks a gzip stream, or as much as is there of one that was cut off. node:zlib is loaded here, on demand: few texts hold one,
 * and the start of a hook is felt.
 *
 * @param most how many bytes it may unpack to
 * @returns null when it is none; `too large` when it unpacks to more: a bomb is not opened
 */
export async function gunzip(bytes: Uint8Array, most: number): Promise<Uint8Array | 'too large' | null> {
  const { gunzipSync, constants } = await import('node:zlib')
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.max(1, most), finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : null
  }
}
