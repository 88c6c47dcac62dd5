import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { constants as system } from 'node:os'
import { join } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { Editor } from '../../tasks/world.ts'
import { type Environment, memoryFolder } from './memory-folder.ts'

const MAX_BYTES = 8 * 1024 * 1024
const ENDING = ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** The user's editor, on a copy that lives in memory where the platform has such a place, and never outlives the call. */
export function openEditor(env: Environment): Editor {
  return { edit: (text) => edit(text, env) }
}

async function edit(text: string, env: Environment): Promise<string> {
  const folder = await mkdtemp(join(memoryFolder(env), 'sealward-')) // mode 0700
  const release = removeAtAnyEnd(folder)
  try {
    const path = join(folder, '.env')
    await writeFile(path, text, { mode: 0o600, flag: 'wx' })
    await openIn(editorOf(env), path, env)
    return await readBack(path)
  } finally {
    release()
  }
}

function editorOf(env: Environment): string {
  return env.VISUAL || env.EDITOR || (process.platform === 'win32' ? 'notepad' : 'vi')
}

/** As git does it: $EDITOR is a shell command, because people put flags and quotes into it; the path is an argument, never text. */
function openIn(editor: string, path: string, env: Environment): Promise<void> {
  const [program, args] =
    process.platform === 'win32'
      ? ['cmd.exe', ['/d', '/s', '/c', `"${editor} "${path}""`]]
      : ['/bin/sh', ['-c', `${editor} "$@"`, editor, path]]
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env, windowsVerbatimArguments: true })
    const settle = (problem: string | null) => {
      if (problem === null) resolve()
      else
        reject(
          new SealwardError('editor', problem, {
            hint: 'nothing was changed; $VISUAL or $EDITOR says which editor is used',
          }),
        )
    }
    child.once('error', () => settle('the editor could not be started'))
    child.once('exit', (code, signal) =>
      settle(code === 0 ? null : `the editor ended with ${signal ?? `status ${code}`}`),
    )
  })
}

/** Text in another encoding is refused: read as UTF-8, its letters would be replaced and then encrypted like that. */
async function readBack(path: string): Promise<string> {
  const bytes = await readBounded(path)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new SealwardError('not-representable', 'the editor saved text that is not UTF-8', {
      hint: 'nothing was changed; set the encoding of the editor to UTF-8',
    })
  }
}

async function readBounded(path: string): Promise<Uint8Array> {
  const status = await stat(path).catch(() => null)
  if (status === null) throw new SealwardError('editor', 'the editor removed the file', { hint: 'nothing was changed' })
  if (status.size > MAX_BYTES)
    throw new SealwardError('limit', `the edited text is larger than ${MAX_BYTES} bytes`, {
      hint: 'nothing was changed',
    })
  return readFile(path)
}

/** Ctrl-C in a terminal is for the editor, and ends nothing here. @returns what removes the folder in the ordinary case */
function removeAtAnyEnd(folder: string): () => void {
  const ignore = () => undefined
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const onSignal = (signal: NodeJS.Signals) => {
    remove()
    process.exit(128 + system.signals[signal])
  }
  process.on('SIGINT', ignore)
  process.on('exit', remove)
  for (const signal of ENDING) process.on(signal, onSignal)
  return () => {
    process.off('SIGINT', ignore)
    process.off('exit', remove)
    for (const signal of ENDING) process.off(signal, onSignal)
    remove()
  }
}
