import { posix, win32 } from 'node:path'

export interface ConfigSearch {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

/** Sealward's own key files and then the one of sops, where each system keeps configuration. */
export function keyFilePaths(search: ConfigSearch): string[] {
  const { join } = search.platform === 'win32' ? win32 : posix
  const own = ownFolders(search).map((folder) => join(folder, 'sealward', 'keys.txt'))
  return [...own, join(configFolder(search), 'sops', 'age', 'keys.txt')]
}

/** On macOS also `~/.config`, where many tools from elsewhere look. */
function ownFolders(search: ConfigSearch): string[] {
  const folder = configFolder(search)
  const common = posix.join(search.home, '.config')
  return search.platform === 'darwin' && folder !== common ? [folder, common] : [folder]
}

function configFolder({ env, platform, home }: ConfigSearch): string {
  if (platform === 'win32') return appData(env) ?? win32.join(home, 'AppData', 'Roaming')
  const xdg = env.XDG_CONFIG_HOME ?? ''
  // The XDG specification: a relative path is invalid and is to be ignored.
  if (posix.isAbsolute(xdg)) return posix.normalize(xdg)
  return platform === 'darwin' ? posix.join(home, 'Library', 'Application Support') : posix.join(home, '.config')
}

/** Names of variables know no case on Windows, but a copy of the environment does. */
function appData(env: ConfigSearch['env']): string | undefined {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'APPDATA')
  return name === undefined || env[name] === '' ? undefined : env[name]
}
