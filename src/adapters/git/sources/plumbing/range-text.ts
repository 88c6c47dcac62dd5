import { SealwardError } from '../../../../core/errors.ts'
import type { Reach } from '../published.ts'
import { askList } from './git.ts'

const RANGE = /^((?:(?!\.\.).)*)\.\.\.?((?:(?!\.\.).)*)$/s
const NOTHING = /^(?:0{40}|0{64})$/

/** @throws SealwardError usage when it is no range, not-found when it names no commit of this repository */
export async function readRange(range: string): Promise<Reach> {
  const [, from, to] = RANGE.exec(range) ?? []
  if (from === undefined || to === undefined || from + to === '')
    throw new SealwardError('usage', 'a range is written A..B, with a commit, branch or tag on each side')
  const tip = await commitOf(to || 'HEAD')
  if (NOTHING.test(from)) return { revisions: [tip], unread: [] }
  return { revisions: [tip, `^${await commitOf(from || 'HEAD')}`], unread: [] }
}

async function commitOf(name: string): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
  const ids = await askList(asked).catch(() => [])
  const id = ids.at(-1)
  if (id !== undefined && /^[0-9a-f]{40,64}$/.test(id)) return id
  throw new SealwardError('not-found', 'the range names a commit that is not in this repository', {
    hint: 'a shallow clone lacks older commits: in a workflow, give actions/checkout fetch-depth: 0',
  })
}
