/**
 * Workflow commands as the runner reads them from stdout. Written here and not by @actions/core because loading that costs more than
 * decrypting; the tests hold both to the same output.
 */
export type Command = 'add-mask' | 'error' | 'warning' | 'notice' | 'debug'

export interface CommandProperties {
  readonly title?: string
  readonly file?: string
  readonly line?: number
}

export function printCommand(command: Command, message: string, properties: CommandProperties = {}): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${command}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(message)}\n`
}

/** The command `add-mask` for each of some strings: as printCommand prints it, for thousands of them at once. */
export function printMasks(secrets: readonly string[]): string {
  if (secrets.length === 0) return ''
  const messages = ESCAPED.test(secrets.join('')) ? secrets.map(escapeData) : secrets
  return `::add-mask::${messages.join('\n::add-mask::')}\n`
}

/**
 * Text that may hold what a file chose, as an ordinary line: it can be read neither as a `::` command at the line's start nor
 * as the older `##[` form, which the runner finds anywhere in a line.
 */
export function printPlain(text: string): string {
  const flat = text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/g, '?')
  return `${flat.replaceAll('##[', '## [').replace(/^(\s*)::/, '$1: :')}\n`
}

const ESCAPED = /[%\r\n]/

function escapeData(text: string): string {
  if (!ESCAPED.test(text)) return text
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
