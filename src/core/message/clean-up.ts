/** What decides which part of a message file git commits: https://git-scm.com/docs/git-commit, `--cleanup` */
export interface MessageSettings {
  /** Whether somebody had the file in an editor. */
  readonly edited: boolean
  /** commit.cleanup; null when it is not set. */
  readonly cleanup: string | null
  /** core.commentChar or core.commentString, one character a byte; null when it is not set. */
  readonly comment: string | null
}

/** Where git puts the diff of `--verbose`, for the person to read. */
const SCISSORS = `${'-'.repeat(24)} >8 ${'-'.repeat(24)}\n`
/** From these `auto` chooses one that begins no line of the message. */
const AUTO = [...'#;@!$%^&|:']
const BLANKS = ' \t\v\f\r'

/**
 * The message that git will commit, of the file that it gives to the commit-msg hook: without what is below the scissors, comments, blanks at
 * the ends of lines and needless empty lines. What is given on the command line (`--cleanup`) no hook is told.
 *
 * Where comments begin with is not known under `auto`: there they stay, because it is better to look at too much.
 *
 * @param text one character a byte
 */
export function cleanMessage(text: string, { edited, cleanup, comment }: MessageSettings): string {
  const marks = comment === 'auto' ? AUTO : [comment ?? '#']
  const kept = edited ? cutAtScissors(text, marks) : text
  if (cleanup === 'verbatim') return kept
  const strips = cleanup === 'strip' || (edited && cleanup !== 'whitespace' && cleanup !== 'scissors')
  return stripSpace(kept, strips && comment !== 'auto' ? marks : [])
}

function cutAtScissors(text: string, marks: readonly string[]): string {
  const places = marks.map((mark) => `\n${text}`.indexOf(`\n${mark} ${SCISSORS}`)).filter((place) => place >= 0)
  return places.length === 0 ? text : text.slice(0, Math.min(...places))
}

/** As git-stripspace: a comment's line leaves nothing, not even an empty line. */
function stripSpace(text: string, marks: readonly string[]): string {
  const lines = text
    .split('\n')
    .filter((line) => !marks.some((mark) => line.startsWith(mark)))
    .map(trimEnd)
  const kept = lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''))
  while (kept[0] === '') kept.shift()
  while (kept.at(-1) === '') kept.pop()
  return kept.map((line) => `${line}\n`).join('')
}

/** Not String.trimEnd: half of a letter in UTF-8 may look like one of its blanks. */
function trimEnd(line: string): string {
  let end = line.length
  while (end > 0 && BLANKS.includes(line[end - 1]!)) end -= 1
  return line.slice(0, end)
}
