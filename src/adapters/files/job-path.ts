import { posix, win32 } from 'node:path'
import { SealwardError } from '../../core/errors.ts'

/** Where a path of a job leads: a root, and the names from there. */
export interface JobPath {
  readonly root: string
  readonly parts: readonly string[]
}

export interface JobPlace {
  /** Folders that a job may write in, absolute. */
  readonly roots: readonly string[]
  /** What relative paths are relative to, absolute. */
  readonly cwd: string
  readonly platform: NodeJS.Platform
}

const LONGEST = 4096

/** Names that Windows gives to devices, in every folder and with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\..*)?$/i

/**
 * Folders that must not be written in although they are inside of a root: git runs what stands in `.git` (hooks, `core.fsmonitor`), and
 * the runner reads its own files in RUNNER_TEMP as commands, so a "dotenv file" there would be variables of every later step.
 */
const RESERVED = /^(?:\.git|_runner_file_commands|_github_(?:workflow|home))$/i

/** Characters that the file system of older Macs leaves out when it compares names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/** `GIT~1` is another name for `.git` on Windows. */
const SHORT_NAME = /~\d/

/**
 * Judges a path by its text alone. `..` is refused wherever it leads: behind a link it leads elsewhere.
 *
 * @throws SealwardError usage. The path is not repeated in the message but given as `file`.
 */
export function readJobPath(path: string, { roots, cwd, platform }: JobPlace): JobPath {
  const windows = platform === 'win32'
  const fault = faultOf(path, windows)
  if (fault !== null) throw new SealwardError('usage', `the path ${fault}`, { file: path })
  const { resolve, relative, isAbsolute, sep } = windows ? win32 : posix
  const target = resolve(cwd, path)
  for (const root of roots) {
    const inner = relative(root, target)
    if (inner === '' || isAbsolute(inner) || inner.split(sep)[0] === '..') continue
    const parts = inner.split(sep)
    if (parts.some((part) => RESERVED.test(part.replace(IGNORED, '')) || (windows && SHORT_NAME.test(part))))
      throw new SealwardError('usage', 'the path is in a folder that belongs to git or to the runner', { file: path })
    return { root, parts }
  }
  throw new SealwardError('usage', 'the path is outside of the folders that a job may write in', {
    file: path,
    hint: 'give one below ${{ runner.temp }}, or below the workspace',
  })
}

function faultOf(path: string, windows: boolean): string | null {
  if (path === '' || path.length > LONGEST) return `must have 1 to ${LONGEST} characters`
  if (/[\0-\x1f\x7f]/.test(path)) return 'has a control character'
  const names = path.split(windows ? /[\\/]/ : '/')
  if (names.includes('..')) return 'has ..'
  if (names.at(-1) === '' || names.at(-1) === '.') return 'ends with a folder'
  return windows ? windowsFaultOf(path, names) : null
}

/**
 * Win32 takes many spellings for one place: `\\server\share`, `\\?\`, `C:name` (relative to a drive's own folder), `name:stream`,
 * `name.` and `name ` for `name`, and devices.
 */
function windowsFaultOf(path: string, names: readonly string[]): string | null {
  if (/^[\\/]/.test(path)) return 'begins with a separator (a share, a device, or the root of some drive)'
  const [first = '', ...rest] = names
  const inDrive = /^[A-Za-z]:$/.test(first)
  if ((inDrive ? rest : names).some((name) => name.includes(':'))) return 'has a colon (a drive or a stream)'
  if (names.some((name) => /[<>"|?*]/.test(name))) return 'has a character that Windows does not take'
  if (names.some((name) => name !== '.' && /[. ]$/.test(name))) return 'has a name that ends with a dot or a blank'
  return names.some((name) => DEVICE.test(name)) ? 'names a device' : null
}
