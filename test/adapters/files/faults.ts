import promises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const FUNCTIONS = ['open', 'link', 'rename', 'unlink'] as const
const METHODS = ['chmod', 'writeFile', 'sync'] as const

/** A call to the operating system, by the name that Node has for it. */
export type Call = (typeof FUNCTIONS)[number] | (typeof METHODS)[number]

/** What happens instead of a call: the process is killed, or the system answers with an error. */
export interface Fault {
  readonly at: Call
  /** Which call of that name, from 1. */
  readonly count?: number
  readonly what: 'kill' | 'ENOSPC' | 'EIO' | 'EPERM' | 'EROFS'
}

type AnyFunction = (...args: never[]) => Promise<unknown>

/** Lets this process meet a fault. Modules that are loaded afterwards meet it; half of a file's content is written before it. */
export async function provoke({ at, count = 1, what }: Fault): Promise<void> {
  const target = await holderOf(at)
  const original = target[at]!
  let calls = 0
  target[at] = async function (this: FileHandle, ...args: never[]) {
    calls += 1
    if (calls !== count) return original.apply(this, args)
    if (at === 'writeFile') await writeHalf(this, args[0] as unknown as Uint8Array)
    if (what === 'kill') process.kill(process.pid, 'SIGKILL')
    throw Object.assign(new Error('injected'), { code: what })
  }
  syncBuiltinESMExports()
}

async function holderOf(call: Call): Promise<Record<string, AnyFunction>> {
  if (FUNCTIONS.some((name) => name === call)) return promises as unknown as Record<string, AnyFunction>
  const handle = await promises.open(import.meta.filename)
  const prototype = Object.getPrototypeOf(handle) as Record<string, AnyFunction>
  await handle.close()
  return prototype
}

async function writeHalf(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  await handle.write(bytes, 0, Math.floor(bytes.length / 2))
}
