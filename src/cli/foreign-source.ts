import { FILE_BYTES } from '../core/envelope/limits.ts'
import { SealwardError } from '../core/errors.ts'
import type { Call, Flag } from './command.ts'

/** The keys of other tools are given as identities are. */
export const FOREIGN_KEY: Flag = {
  name: 'identity',
  short: 'i',
  value: 'FILE',
  repeat: true,
  help: 'age identities, Fernet keys or a .env.keys; given one, no other place is looked at',
}

/** Where dotenvx looks for keys, beside its key file: the lines that such a file would have. */
export function dotenvxVariables(env: NodeJS.ProcessEnv = process.env): string {
  return Object.entries(env)
    .flatMap(([name, value]) => (name.startsWith('DOTENV_PRIVATE_KEY') ? [`${name}=${value}\n`] : []))
    .join('')
}

/**
 * The bytes of an input; `-` is standard input.
 *
 * @throws SealwardError not-found or limit
 */
export async function readInput(input: string, { world }: Pick<Call, 'world'>): Promise<Uint8Array> {
  if (input === '-') return world.terminal.input(FILE_BYTES)
  const bytes = await world.files.read(input, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file: input })
  return bytes
}
