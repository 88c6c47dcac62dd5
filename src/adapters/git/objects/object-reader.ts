import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import { idOf, type ObjectType } from '../../../core/trust/git-object.ts'
import { type ByteReader, readBytes } from './byte-reader.ts'
import { OBJECT_BYTES, type ObjectReader, type StoredObject } from './stored-object.ts'

type Environment = Readonly<Record<string, string | undefined>>

const TIMEOUT_MS = 10_000
const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) (blob|tree|commit|tag) (\d{1,15})$/

/**
 * Starts one git process, which is asked for one object after the other.
 *
 * Opens the repository of a working tree that is not trusted: `.git/config` may have come with an artifact.
 *
 * `cat-file --batch` prints objects as they are: it reads no index and no working tree, so no fsmonitor, hook, filter or textconv has a
 * part in it. What is left is the fetch of objects that a partial clone lacks, and it is given no protocol. Nobody's git configuration
 * is read but the repository's, and every object is held to its id, so that nothing which git was made to say counts for more.
 *
 * The git folder is named, not searched for: git then neither walks up into another repository nor asks who owns it, which in
 * a container is somebody else.
 *
 * @param top the folder that holds `.git`
 * @param env where PATH is taken from
 * @throws SealwardError not-found when there is no git
 */
export async function openObjects(top: string, env: Environment): Promise<ObjectReader> {
  const child = spawn('git', [`--git-dir=${join(top, '.git')}`, '--no-replace-objects', 'cat-file', '--batch'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Windows looks for programs in the current folder first, and the workspace may hold a git.exe.
    cwd: dirname(process.execPath),
    env: environmentFor(env),
    // Not `timeout`, whose timer holds the process for its whole time when there is no git to start.
    signal: AbortSignal.timeout(TIMEOUT_MS),
    killSignal: 'SIGKILL',
    windowsHide: true,
  })
  child.stdin.on('error', () => {}) // it may end before it reads; reading tells
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', () => reject(new SealwardError('not-found', 'git was not found')))
  })
  child.on('error', () => {})
  const reader = readBytes(child.stdout)
  let turn: Promise<unknown> = Promise.resolve()
  return {
    read(name) {
      child.stdin.write(`${name}\n`)
      const answer = turn.then(() => readAnswer(name, reader))
      turn = answer.catch(() => {}) // whoever asked is told
      return answer
    },
    stop() {
      child.stdin.end()
      child.kill()
    },
  }
}

async function readAnswer(name: string, reader: ByteReader): Promise<StoredObject | null> {
  const header = (await reader.line())?.toString('latin1')
  if (header === `${name} missing`) return null
  const [, id = '', type, size] = HEADER.exec(header ?? '') ?? []
  if (Number(size ?? Infinity) > OBJECT_BYTES) throw new SealwardError('git', 'git gave no object')
  const content = await reader.take(Number(size))
  await reader.skip(1)
  const object = { id, type: type as ObjectType, content }
  if ((name !== 'HEAD' && id !== name) || idOf(object.type, content, id) !== id)
    throw new SealwardError('git', 'git gave another object than it was asked for')
  return object
}

/** Nothing is inherited but where programs are: GIT_DIR, GIT_OBJECT_DIRECTORY and GIT_CONFIG_COUNT can come from an earlier step. */
function environmentFor(env: Environment): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => /^(?:PATH|SystemRoot|SystemDrive|windir|TEMP|TMP)$/i.test(name))
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    // For a git that does not know the variable above: a list that allows no protocol there is.
    GIT_ALLOW_PROTOCOL: 'none',
  }
}
