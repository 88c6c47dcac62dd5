import { isAgeFile } from '../../core/age/foreign.ts'
import { SealwardError } from '../../core/errors.ts'
import type { KeyPlace, Keys, KeyText } from '../../tasks/world.ts'
import { type ConfigSearch, keyFilePaths } from './config.ts'
import { type KeyFile, readKeyFile, readStdin } from './file.ts'
import type { AskHidden } from './passphrases.ts'

export interface KeySearch extends ConfigSearch {
  /** The files of `-i`, in order; `-` is standard input. When there is one, no other place counts. */
  readonly identityFiles?: readonly string[]
  /** Who is asked for passphrases where no file and no command says them. Absent: nobody. */
  readonly ask?: AskHidden
}

const GIVEN = '-i '

/**
 * The places where an identity is looked for, in order. Nothing is read yet.
 *
 * A file named by `-i` must be there and be readable. Everywhere else what cannot be read gives no text and a warning, since
 * another place may hold the key. No name and no message holds what a variable holds: it may be a key in the wrong place.
 *
 * @throws SealwardError usage when `-i` was given a key instead of a file
 */
export function keyPlaces(search: KeySearch): Keys {
  const files = search.identityFiles ?? []
  const places = files.length > 0 ? files.map((file) => givenFile(file, search.platform)) : ambientPlaces(search)
  const unlocked = places.map((place) => unlocking(place, search))
  return { places: () => unlocked }
}

/** What a place holds may be protected by a passphrase, which costs a second and perhaps a person: it is opened once. */
function unlocking({ name, read }: KeyPlace, search: KeySearch): KeyPlace {
  let opened: Promise<KeyText> | undefined
  return {
    name,
    async read() {
      const found = opened === undefined ? await read() : await opened
      if (found === null || !isAgeFile(found.text)) return found
      opened = openPlace({ name, found }, search)
      return opened
    },
  }
}

async function openPlace({ name, found }: { name: string; found: KeyText }, search: KeySearch): Promise<KeyText> {
  const { openProtected } = await import('../../core/age/passphrase.ts')
  const { openPassphrases } = await import('./passphrases.ts')
  const passphrases = openPassphrases(search)
  try {
    return { ...found, text: await openProtected(found.text, (attempt) => passphrases.ask(name, attempt)) }
  } catch (error) {
    if (!(error instanceof SealwardError) || error.code === 'interrupted') throw error
    if (name.startsWith(GIVEN)) throw error.in(name.slice(GIVEN.length))
    return { text: '', warning: error.hint === undefined ? error.message : `${error.message}: ${error.hint}` }
  }
}

function ambientPlaces(search: ConfigSearch): KeyPlace[] {
  return [
    variable('SEALWARD_KEY', search),
    variableFile('SEALWARD_KEY_FILE', search),
    variable('SECRETS_MASTER_KEY', search),
    variable('SOPS_AGE_KEY', search),
    variableFile('SOPS_AGE_KEY_FILE', search),
    variableCommand('SOPS_AGE_KEY_CMD', search),
    ...keyFilePaths(search).map((path) => usualFile(path, search)),
  ]
}

function givenFile(file: string, platform: NodeJS.Platform): KeyPlace {
  if (holdsKey(file))
    throw new SealwardError('usage', '-i takes the path of an identity file, and was given a key', {
      hint: 'put the key into a file, or into SEALWARD_KEY; a command line is visible to other processes',
    })
  const read = async (): Promise<KeyText> => {
    const found = await (file === '-' ? readStdin(process.stdin) : readKeyFile(file, platform))
    if (!('error' in found)) return found
    const code = found.error === 'ENOENT' ? 'not-found' : found.error === 'EFBIG' ? 'limit' : 'io'
    throw new SealwardError(code, `the identity file of -i cannot be read: ${reason(found.error)}`, { file })
  }
  return { name: `${GIVEN}${file}`, read }
}

function variable(name: string, { env }: ConfigSearch): KeyPlace {
  return { name, read: async () => (isSet(env[name]) ? { text: env[name] } : null) }
}

function variableFile(name: string, { env, platform }: ConfigSearch): KeyPlace {
  const read = async (): Promise<KeyText | null> => {
    const path = env[name]
    if (!isSet(path)) return null
    if (holdsKey(path)) return { text: '', warning: 'it holds a key where the path of a file belongs' }
    return orWarning(await readKeyFile(path, platform))
  }
  return { name, read }
}

function variableCommand(name: string, { env }: ConfigSearch): KeyPlace {
  const read = async (): Promise<KeyText | null> => {
    const command = env[name]
    if (!isSet(command)) return null
    const { readCommand } = await import('./command.ts')
    return readCommand({ command, env })
  }
  return { name, read }
}

function usualFile(path: string, { platform, home }: ConfigSearch): KeyPlace {
  const read = async (): Promise<KeyText | null> => {
    const found = await readKeyFile(path, platform)
    return 'error' in found && /^ENOENT$|^ENOTDIR$/.test(found.error) ? null : orWarning(found)
  }
  return { name: abbreviate(path, home), read }
}

function abbreviate(path: string, home: string): string {
  const inHome = home !== '' && path.startsWith(home) && /^[/\\]/.test(path.slice(home.length))
  return inHome ? `~${path.slice(home.length)}` : path
}

function orWarning(found: KeyFile): KeyText {
  return 'error' in found ? { text: '', warning: `it cannot be read: ${reason(found.error)}` } : found
}

/** A secret that a workflow may not see is an empty variable, not a missing one. */
function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== ''
}

function holdsKey(text: string): boolean {
  return /AGE-(?:SECRET-KEY|PLUGIN)-/i.test(text)
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EFBIG: 'larger than 1 MiB',
}

function reason(code: string): string {
  return REASONS[code] ?? `the operating system says ${code}`
}
