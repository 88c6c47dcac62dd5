import { constants, openSync, writeSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import { SealwardError } from '../../core/errors.ts'

const LONGEST = 4096
const TERMINAL = '/dev/tty'
const [CTRL_C, CTRL_D, BACKSPACE, CTRL_U, DELETE] = ['\u0003', '\u0004', '\b', '\u0015', '\u007f']

/** What was typed or pasted behind a line: the answer to the next question. */
let ahead = ''

/**
 * Asks for a line at the terminal of this process without showing it, also where its input and output are pipes.
 *
 * In CI nobody is asked, whatever terminal there is; nor behind git's pager, which has the terminal for itself.
 *
 * @returns null where there is no terminal, or the person ended the input
 */
export async function askHidden(
  question: string,
  { env = process.env, platform = process.platform } = {},
): Promise<string | null> {
  if (env.CI || env.GIT_PAGER_IN_USE) return null
  const terminal = platform === 'win32' ? windowsTerminal() : unixTerminal()
  if (terminal === null) return null
  const { input, say, close } = terminal
  say(question)
  input.setRawMode(true)
  try {
    return await readLine(input)
  } finally {
    input.setRawMode(false)
    say('\n')
    close()
  }
}

interface OpenTerminal {
  readonly input: ReadStream
  say(text: string): void
  close(): void
}

function unixTerminal(): OpenTerminal | null {
  try {
    const handle = openSync(TERMINAL, constants.O_RDWR | constants.O_NOCTTY)
    const input = new ReadStream(handle)
    return { input, say: (text) => void writeSync(handle, text), close: () => void input.destroy() }
  } catch {
    return null
  }
}

function windowsTerminal(): OpenTerminal | null {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return null
  return { input: stdin as ReadStream, say: (text) => void stderr.write(text), close: () => void stdin.pause() }
}

function readLine(input: ReadStream): Promise<string | null> {
  // The terminal outlives this process, and is to show again what is typed. A command that ends in its own time hears of it, and asks no more.
  const line = new Line(() => {
    input.setRawMode(false)
    process.kill(process.pid, 'SIGINT')
    ahead = ''
    throw new SealwardError('interrupted', 'nobody gave the passphrase')
  })
  const decoder = new TextDecoder()
  return new Promise((resolve, reject) => {
    const finish = (answer: string | null) => {
      input.off('data', take)
      resolve(answer)
    }
    const take = (chunk: Uint8Array) => {
      ahead += decoder.decode(chunk, { stream: true })
      try {
        const answer = line.take()
        if (answer !== undefined) finish(answer)
      } catch (error) {
        input.off('data', take)
        reject(error)
      }
    }
    const answer = line.take()
    if (answer !== undefined) return resolve(answer)
    input.on('data', take)
    input.on('error', reject)
    input.on('end', () => finish(null))
  })
}

/** The line as it is typed. */
class Line {
  #text = ''
  readonly #interrupt: () => never

  constructor(interrupt: () => never) {
    this.#interrupt = interrupt
  }

  /** Takes what was typed, up to the end of the line. @returns undefined while it has not ended, null where the input was ended */
  take(): string | null | undefined {
    for (const [index, character] of Array.from(ahead).entries()) {
      const rest = () =>
        Array.from(ahead)
          .slice(index + 1)
          .join('')
      if (character === '\r' || character === '\n') {
        ahead = rest().replace(character === '\r' ? /^\n/ : '', '')
        return this.#text
      }
      if (character === CTRL_D && this.#text === '') {
        ahead = rest()
        return null
      }
      this.#press(character)
    }
    ahead = ''
    return undefined
  }

  #press(character: string): void {
    if (character === CTRL_C) this.#interrupt()
    else if (character === CTRL_U) this.#text = ''
    else if (character === BACKSPACE || character === DELETE) this.#text = Array.from(this.#text).slice(0, -1).join('')
    else if (character >= ' ' && this.#text.length < LONGEST) this.#text += character
  }
}
