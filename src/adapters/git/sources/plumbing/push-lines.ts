import { SealwardError } from '../../../../core/errors.ts'
import type { Unread } from '../../../../tasks/world/scan/source.ts'
import type { Reach } from '../published.ts'
import { typesOf } from './listed-objects.ts'

/** `<local ref> SP <local id> SP <remote ref> SP <remote id>` (githooks, pre-push). A local ref may be an expression with spaces. */
const LINE = /^(.+) ([0-9a-f]{40}|[0-9a-f]{64}) (\S+) ([0-9a-f]{40}|[0-9a-f]{64})$/
const NOTHING = /^0+$/

/**
 * What the remote is known to have is left out: what it said that its refs are, as far as it is here, and its remote-tracking branches.
 *
 * @throws SealwardError git when a line is of another form
 */
export async function readPush(lines: string, remote: string): Promise<Reach> {
  const updates = lines.split('\n').filter(Boolean).map(readLine)
  const unread: Unread[] = updates
    .filter(({ local }) => NOTHING.test(local))
    .map(({ ref }) => ({ kind: 'unread', path: ref, why: 'the push deletes it' }))
  const tips = [...new Set(updates.map(({ local }) => local).filter((id) => !NOTHING.test(id)))]
  if (tips.length === 0) return { revisions: [], unread }
  const theirs = [...new Set(updates.map(({ there }) => there).filter((id) => !NOTHING.test(id)))]
  const known = (await typesOf(theirs)).filter(({ type }) => type !== null).map(({ id }) => id)
  return { revisions: [...tips, ...known.map((id) => `^${id}`), '--not', `--remotes=${literally(remote)}`], unread }
}

function readLine(line: string): { readonly local: string; readonly ref: string; readonly there: string } {
  const [, , local, ref, there] = LINE.exec(line) ?? []
  if (!local || !ref || !there) throw new SealwardError('git', 'git gave the pre-push hook a line of another form')
  return { local, ref, there }
}

/** rev-list takes a pattern here. The remote may be an address, and `*` in it must not stand for all remotes. */
function literally(remote: string): string {
  return remote.replace(/[*?[\\]/g, '\\$&')
}
