import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Configs, Files, NearestConfig } from '../../tasks/world.ts'

const MAX_CONFIG_BYTES = 1024 * 1024

/** Finds a configuration file as git finds its folder: beside the path, then in each folder above. */
export function openConfigs(cwd: string, files: Pick<Files, 'read'>): Configs {
  return { nearest: (names, path) => nearest(files, names, resolve(cwd, path)) }
}

async function nearest(
  files: Pick<Files, 'read'>,
  names: readonly string[],
  path: string,
): Promise<NearestConfig | null> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    for (const name of names) {
      const file = join(folder, name)
      const bytes = await files.read(file, MAX_CONFIG_BYTES)
      if (bytes !== null) return { file, bytes, relative: relative(folder, path).split(sep).join('/') }
    }
    if (dirname(folder) === folder) return null
  }
}
