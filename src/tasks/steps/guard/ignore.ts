import type { Ignored, Index } from '../../world/git/repository.ts'
import type { Files } from '../../world.ts'

/**
 * How git came to leave a path alone: it did before; by a line in .gitignore, which is staged; by the same line, left for the
 * user to stage beside edits of their own; or not at all, because another pattern takes the path in again.
 */
export type IgnoredBy = 'before' | 'staged' | 'unstaged' | 'not'

interface IgnoreWorld {
  readonly files: Files
  readonly index: Index
  readonly ignored: Ignored
}

const GITIGNORE = '.gitignore'
const GITIGNORE_BYTES = 1024 * 1024

/** Has git ignore one exact path, by the .gitignore at `top`. */
export async function ignorePath(path: string, top: string, world: IgnoreWorld): Promise<IgnoredBy> {
  if (await world.ignored.ignores(path)) return 'before'
  // Staging the file would stage the user's own edits with it.
  const edited = await world.index.differs(GITIGNORE)
  await addLine(`${top}/${GITIGNORE}`, ignoreLine(path), world.files)
  if (!edited) await world.index.add(GITIGNORE)
  if (!(await world.ignored.ignores(path))) return 'not'
  return edited ? 'unstaged' : 'staged'
}

/** Adds a line in the line ends that the file has. Works on bytes, so that text in any encoding stays what it was. */
async function addLine(gitignore: string, line: string, files: Files): Promise<void> {
  await files.locked(gitignore, async () => {
    const text = Buffer.from((await files.read(gitignore, GITIGNORE_BYTES)) ?? []).toString('latin1')
    const end = text.includes('\r\n') ? '\r\n' : '\n'
    const before = text === '' || text.endsWith('\n') ? text : `${text}${end}`
    const added = Buffer.from(`${line}${end}`, 'utf8').toString('latin1')
    await files.write(gitignore, Buffer.from(before + added, 'latin1'), {})
  })
}

/**
 * Anchored at the top, with what gitignore would read as a pattern escaped. A line end cannot be written in that file; `?` stands
 * for it, and may match one path more.
 */
function ignoreLine(path: string): string {
  const escaped = path.replace(/[\\*?[]/g, '\\$&').replace(/[\r\n]/g, '?')
  return `/${escaped.replace(/ $/, '\\ ')}`
}
