import { SealwardError } from '../../core/errors.ts'
import type { ScanRequest } from '../../tasks/scan/scan.ts'
import type { Call } from '../command.ts'
import type { Sources } from './world.ts'

const KINDS = ['staged', 'range', 'history', 'push', 'stashes', 'dangling', 'stdin'] as const
const PUSH_BYTES = 16 * 1024 * 1024

export type Chosen = Pick<ScanRequest, 'sources' | 'whole' | 'items'> & {
  /** From where the names of files are seen: those on disk are typed where the person stands. */
  readonly shownFrom: 'here' | 'top'
}

/**
 * Where the flags say to look. Stashes and what is dangling come in addition; of the others there is one.
 *
 * @throws SealwardError usage, not-found, git
 */
export async function chooseSources(call: Call, sources: Sources): Promise<Chosen> {
  const main = KINDS.filter((kind) => kind !== 'stashes' && kind !== 'dangling' && isGiven(call, kind))
  if (main.length > 1) throw new SealwardError('usage', `--${main[0]} and --${main[1]} do not go together`)
  const [kind] = main
  if (kind !== undefined && call.args.length > 0) throw new SealwardError('usage', `--${kind} takes no paths`)
  const ofGit = KINDS.find((one) => one !== 'stdin' && isGiven(call, one))
  if (ofGit !== undefined && !sources.inRepository)
    throw new SealwardError('git', `--${ofGit} needs a git repository, and this is none`)
  if (kind === 'stdin' && call.has('archives'))
    throw new SealwardError('usage', '--archives looks into files, not into standard input')
  const beside = [
    ...(call.has('stashes') ? [sources.stashes()] : []),
    ...(call.has('dangling') ? [sources.dangling()] : []),
  ]
  const inHistory = { whole: false, shownFrom: 'top' } as const
  if (kind === 'stdin') return { ...inHistory, sources: beside, items: sources.input('(standard input)') }
  if (kind === undefined && beside.length > 0 && call.args.length === 0) return { ...inHistory, sources: beside }
  const chosen = [...(await chooseOne(kind, call, sources)), ...beside]
  if (kind !== undefined && kind !== 'staged') return { ...inHistory, sources: chosen }
  return { sources: chosen, whole: kind === undefined && call.args.length === 0, shownFrom: 'here' }
}

async function chooseOne(kind: (typeof KINDS)[number] | undefined, call: Call, sources: Sources) {
  switch (kind) {
    case 'staged':
      return [sources.staged()]
    case 'range': {
      const { files, messages } = sources.range(call.one('range')!)
      return [files, messages]
    }
    case 'history':
      return [sources.history(), sources.messages()]
    case 'push': {
      const lines = Buffer.from(await call.world.terminal.input(PUSH_BYTES)).toString('latin1')
      const { files, messages } = sources.push(lines, call.one('push')!)
      return [files, messages]
    }
    default:
      return sources.paths(call.args, { submodules: call.has('submodules') })
  }
}

function isGiven(call: Call, kind: (typeof KINDS)[number]): boolean {
  return kind === 'range' || kind === 'push' ? call.one(kind) !== undefined : call.has(kind)
}
