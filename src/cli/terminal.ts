import { SealwardError } from '../core/errors.ts'

type Colour = 'red' | 'green' | 'yellow' | 'dim'

/** The three standard streams. */
export interface Terminal {
  /** Writes to stdout as it is. */
  print(text: string): void
  /** Writes a line to stderr. */
  error(line: string): void
  /** Colours text for stderr, on a terminal that wants colours; elsewhere returns it as it is. */
  colour(colour: Colour, text: string): string
  /** The same for stdout. */
  paint(colour: Colour, text: string): string
  /** Whether stdout is a terminal. */
  readonly interactive: boolean
  /** Of stdout; 80 where it is no terminal. */
  readonly columns: number
  /** All of stdin. */
  input(maxBytes: number): Promise<Uint8Array>
}

const USUAL_COLUMNS = 80
const CODES: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, dim: 2 }

export function openTerminal(): Terminal {
  const painter = (stream: NodeJS.WriteStream) => (wantsColour(stream) ? coloured : plain)
  return {
    print: (text) => void process.stdout.write(text),
    error: (line) => void process.stderr.write(`${line}\n`),
    colour: painter(process.stderr),
    paint: painter(process.stdout),
    interactive: process.stdout.isTTY === true,
    columns: process.stdout.columns || USUAL_COLUMNS,
    input: readInput,
  }
}

function coloured(colour: Colour, text: string): string {
  return `\u001b[${CODES[colour]}m${text}\u001b[0m`
}

function plain(_: Colour, text: string): string {
  return text
}

/** no-color.org; and never into a pipe. */
function wantsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
}

async function readInput(maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxBytes) throw new SealwardError('limit', `standard input is longer than ${maxBytes} bytes`)
  }
  return Buffer.concat(chunks)
}
