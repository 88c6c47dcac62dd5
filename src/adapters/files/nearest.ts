import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Configs, Files, NearestConfig } from '../../tasks/world.ts'

const MAX_CONFIG_BYTES = 1024 * 1024

/**
 * Finds a configuration file as git finds its folder: beside the path, then in each folder above, up to the top of the repository. What is
 * above that is somebody else's: it would say to whom secrets are encrypted.
 *
 * @param top absolute, for who knows it; else the first folder that has a `.git`
 */
export function openConfigs(cwd: string, files: Pick<Files, 'read'>, top?: string): Configs {
  return { nearest: (names, path) => nearest(names, resolve(cwd, path), { files, top }) }
}

/** The same for a repository: paths are from its top, with '/' separators, and so are the names of the files that are found. */
export function openConfigsFrom(top: string, files: Pick<Files, 'read'>): Configs {
  const configs = openConfigs(top, files, top)
  return {
    async nearest(names, path) {
      const config = await configs.nearest(names, path)
      return config === null ? null : { ...config, file: relative(top, config.file).split(sep).join('/') }
    },
  }
}

async function nearest(
  names: readonly string[],
  path: string,
  { files, top }: { readonly files: Pick<Files, 'read'>; readonly top: string | undefined },
): Promise<NearestConfig | null> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    for (const name of names) {
      const file = join(folder, name)
      const bytes = await files.read(file, MAX_CONFIG_BYTES)
      if (bytes !== null) return { file, bytes, relative: relative(folder, path).split(sep).join('/') }
    }
    if (isTop(folder, top) || dirname(folder) === folder) return null
  }
}

function isTop(folder: string, top: string | undefined): boolean {
  return top === undefined ? existsSync(join(folder, '.git')) : folder === top
}
