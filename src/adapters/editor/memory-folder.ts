import { accessSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'

export type Environment = Readonly<Record<string, string | undefined>>

/** tmpfs, where a crash or a power cut leaves nothing on a disk; else the ordinary temporary folder. */
export function memoryFolder(env: Environment): string {
  const candidates = process.platform === 'linux' ? [env.XDG_RUNTIME_DIR, '/dev/shm'] : []
  return (
    candidates.find((folder): folder is string => folder !== undefined && folder !== '' && isWritable(folder)) ??
    tmpdir()
  )
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
