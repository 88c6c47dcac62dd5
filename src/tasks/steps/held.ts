import type { Configs, Files, NearestConfig } from '../world.ts'

/**
 * Files that are read once: whoever asks again gets the same bytes. What was compared and what is opened must be one thing, and a file
 * can change between two reads.
 */
export function holdFiles(files: Files): Files {
  const read = once(files.read)
  return { ...files, read: (path, maxBytes) => read(path, maxBytes) }
}

/** The same for configuration: one file has the same bytes for every path it is the nearest to. */
export function holdConfigs(configs: Configs): Configs {
  const held = new Map<string, Promise<NearestConfig | null>>()
  const bytesOf = new Map<string, Uint8Array>()
  const ask: Configs['nearest'] = async (names, path) => {
    const config = await configs.nearest(names, path)
    if (config === null) return null
    const bytes = bytesOf.get(config.file) ?? config.bytes
    bytesOf.set(config.file, bytes)
    return { ...config, bytes }
  }
  return {
    nearest(names, path) {
      const question = `${names.join('\0')}\0\0${path}`
      const answer = held.get(question) ?? ask(names, path)
      held.set(question, answer)
      return answer
    },
  }
}

/** By path alone: within one task a path is always read with one bound. */
function once(read: Files['read']): Files['read'] {
  const held = new Map<string, ReturnType<Files['read']>>()
  return (path, maxBytes) => {
    const bytes = held.get(path) ?? read(path, maxBytes)
    held.set(path, bytes)
    return bytes
  }
}
