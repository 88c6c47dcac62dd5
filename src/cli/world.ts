import { homedir } from 'node:os'
import { openFiles } from '../adapters/files/files.ts'
import { openConfigs } from '../adapters/files/nearest.ts'
import { keyPlaces } from '../adapters/keys/places.ts'
import type { Children, Clock, Configs, Editor, Files, Finder, Keys, Teller } from '../tasks/world.ts'
import { openTerminal, type Terminal } from './terminal.ts'

/** Everything the commands touch. */
export interface World {
  readonly files: Files
  readonly finder: Finder
  readonly configs: Configs
  readonly keys: Keys
  readonly clock: Clock
  readonly children: Children
  readonly editor: Editor
  readonly teller: Teller
  readonly terminal: Terminal
}

/** Opens the world. What only some commands need is loaded when it is first used: `get` is to cost little more than Node itself. */
export function openWorld(identityFiles: readonly string[]): World {
  const terminal = openTerminal()
  const files = openFiles()
  return {
    files,
    terminal,
    configs: openConfigs(process.cwd(), files),
    keys: keyPlaces({ env: process.env, platform: process.platform, home: homedir(), identityFiles }),
    clock: { now: () => new Date() },
    teller: {
      warn: (message) => terminal.error(`${terminal.colour('yellow', 'warning:')} ${message}`),
      note: (message) => terminal.error(message),
    },
    finder: {
      find: async (globs) => (await import('../adapters/files/find.ts')).openFinder(process.cwd()).find(globs),
    },
    children: {
      run: async (command, variables) =>
        (await import('../adapters/process/children.ts')).openChildren(process.env).run(command, variables),
    },
    editor: { edit: async (text) => (await import('../adapters/editor/editor.ts')).openEditor(process.env).edit(text) },
  }
}
