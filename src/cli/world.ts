import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { openFiles } from '../adapters/files/files.ts'
import { openConfigs } from '../adapters/files/nearest.ts'
import { keyPlaces } from '../adapters/keys/places.ts'
import type { HookWorld } from '../tasks/hooks/install.ts'
import { settlingFiles } from '../tasks/steps/writes/settling-files.ts'
import type { Ignored, Index, Staged } from '../tasks/world/git/repository.ts'
import type { Ledger } from '../tasks/world/ledger.ts'
import type { SignedNames } from '../tasks/world/ssh.ts'
import type {
  Children,
  Clock,
  Configs,
  Editor,
  Files,
  Finder,
  Keys,
  Passphrases,
  Pipe,
  Teller,
} from '../tasks/world.ts'
import { openTerminal, type Terminal } from './terminal.ts'

/** Everything the commands touch. */
export interface World {
  readonly files: Files
  readonly finder: Finder
  readonly configs: Configs
  readonly keys: Keys
  readonly passphrases: Passphrases
  /** Asks the person for a line that is not shown; null where nobody is there. */
  ask(question: string): Promise<string | null>
  readonly clock: Clock
  readonly children: Children
  readonly pipe: Pipe
  readonly editor: Editor
  readonly teller: Teller
  readonly terminal: Terminal
  /** Of the repository that this process stands in. */
  readonly ledger: Ledger
  /** @throws SealwardError git outside a repository */
  repository(): Promise<RepositoryWorld>
  signedNames(): Promise<SignedNames>
  hooks(): Promise<HookWorld & { readonly top: string }>
  /** What a hook is made of: its text, and the folder that the program stands in. */
  ownFiles(): Promise<{ readonly template: string; readonly packageFolder: string }>
}

export interface RepositoryWorld {
  readonly top: string
  readonly index: Index
  readonly ignored: Ignored
  readonly staged: Staged
  locate(file: string): string
}

/** Opens the world. What only some commands need is loaded when it is first used: `get` is to cost little more than Node itself. */
export function openWorld(identityFiles: readonly string[]): World {
  const terminal = openTerminal()
  const teller = {
    warn: (message: string) => terminal.error(`${terminal.colour('yellow', 'warning:')} ${message}`),
    note: (message: string) => terminal.error(message),
  }
  const stored = openFiles()
  const settleFirst = async () => (await import('./rotation/world.ts')).settleHere({ files: stored, teller })
  const files = settlingFiles(stored, settleFirst)
  const configs = openConfigs(process.cwd(), files)
  const clock = { now: () => new Date() }
  return {
    files,
    terminal,
    configs,
    keys: keyPlaces({ env: process.env, platform: process.platform, home: homedir(), identityFiles, ask }),
    ask,
    passphrases: {
      ask: async (what, attempt) => (await openPassphrases()).ask(what, attempt),
      invent: async (what) => (await openPassphrases()).invent(what),
    },
    clock,
    ledger: {
      append: async (event) => (await import('./ledger/world.ts')).writeDown(event, { files, configs, clock }),
    },
    teller,
    finder: {
      find: async (globs) => (await import('../adapters/files/find.ts')).openFinder(process.cwd()).find(globs),
    },
    children: {
      run: async (command, variables, openFilter) =>
        (await import('../adapters/process/children.ts')).openChildren(process.env).run(command, variables, openFilter),
    },
    pipe: { through: async (filter) => (await import('../adapters/process/pipe.ts')).openPipe().through(filter) },
    repository: openGit,
    signedNames: async () => (await import('../adapters/files/names.ts')).openSignedNames(process.cwd()),
    hooks: openHooks,
    ownFiles,
    editor: { edit: async (text) => (await import('../adapters/editor/editor.ts')).openEditor(process.env).edit(text) },
  }
}

async function ask(question: string): Promise<string | null> {
  return (await import('../adapters/keys/hidden-input.ts')).askHidden(question)
}

async function openPassphrases(): Promise<Passphrases> {
  const adapter = await import('../adapters/keys/passphrases.ts')
  return adapter.openPassphrases({ env: process.env, platform: process.platform, ask })
}

async function openGit(): Promise<RepositoryWorld> {
  const { openRepository } = await import('../adapters/git/porcelain.ts')
  const { openStaged } = await import('../adapters/git/staged.ts')
  return { ...(await openRepository(process.cwd())), staged: openStaged() }
}

async function openHooks(): Promise<HookWorld & { readonly top: string }> {
  const { openRepository } = await import('../adapters/git/porcelain.ts')
  const { findHookPlace, openHookFiles } = await import('../adapters/git/hook-folder.ts')
  const repository = await openRepository(process.cwd())
  const place = await findHookPlace(repository)
  return { top: repository.top, places: { look: async () => place }, hooks: openHookFiles(place) }
}

/** The program stands in the package's dist/. */
async function ownFiles(): Promise<{ template: string; packageFolder: string }> {
  const { readFile } = await import('node:fs/promises')
  const packageFolder = dirname(import.meta.dirname)
  return { packageFolder, template: await readFile(join(packageFolder, 'hooks', 'pre-commit'), 'utf8') }
}
