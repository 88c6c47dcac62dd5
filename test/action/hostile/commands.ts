/**
 * Text that a runner obeys when it stands in the wrong place of a log: both forms of commands, in the spellings that have got past
 * somebody's filter. Each carries the word `injected`, by which a test knows it again.
 */
export const COMMANDS: readonly string[] = [
  '::add-mask::injected',
  ' \t::stop-commands::injected',
  '::ADD-MASK::injected',
  '##[add-mask]injected',
  'x ##[set-output name=keys]injected',
  '##[set-env name=PATH;]injected',
  '::set-env name=NODE_OPTIONS::--require injected',
  '::set-output name=count::injected',
  '::save-state name=sealward::injected',
  '::add-path::injected',
  '::add-matcher::injected.json',
  '::error file=x,line=1,title=injected::injected',
  '::debug::injected',
  '::echo::on injected',
  '%0A::error title=injected::injected',
  '%250A::warning title=injected::injected',
  '%0D%0A##[error]injected',
  '\u001b[2J\u001b[1;1H::notice title=injected::injected',
  '\ufeff::error title=injected::injected',
  'x\u2028::error title=injected::injected',
  'x\u0085::error title=injected::injected',
  '\u202e::error title=injected::injected',
  'x\r::error title=injected::injected',
  'x\u000b::error title=injected::injected',
  'injected<<EOF',
]

/** The same behind a line break: for places that can hold one. */
export const LINES: readonly string[] = [
  'x\n::add-mask::injected',
  'x\r\n::error title=injected::injected\r\n',
  'x\n##[error]injected\n',
  'x\nNODE_OPTIONS=--require injected\n',
  'ghadelimiter_00000000-0000-4000-8000-000000000000\nPATH<<EOF\ninjected\nEOF\n',
  'x\n::stop-commands::injected\n::injected::\n',
]

/** A command as the name of a test: nothing in it drives the terminal of whoever runs that. */
export function shown(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
