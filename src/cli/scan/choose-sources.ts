import { SealwardError } from '../../core/errors.ts'
import type { ScanRequest } from '../../tasks/scan.ts'
import type { Call } from '../command.ts'
import type { Sources } from './world.ts'

const KINDS = ['staged', 'range', 'history', 'push', 'stashes', 'dangling', 'stdin'] as const
const PUSH_BYTES = 16 * 1024 * 1024

/**
 * Where the flags say to look. Stashes and what is dangling come in addition; of the others there is one.
 *
 * @throws SealwardError usage, not-found
 */
export async function chooseSources(
  call: Call,
  sources: Sources,
): Promise<Pick<ScanRequest, 'sources' | 'whole'> & Partial<Pick<ScanRequest, 'items'>>> {
  const main = KINDS.filter((kind) => kind !== 'stashes' && kind !== 'dangling' && isGiven(call, kind))
  if (main.length > 1) throw new SealwardError('usage', `--${main[0]} and --${main[1]} do not go together`)
  const [kind] = main
  if (kind !== undefined && call.args.length > 0) throw new SealwardError('usage', `--${kind} takes no paths`)
  const beside = [
    ...(call.has('stashes') ? [sources.stashes()] : []),
    ...(call.has('dangling') ? [sources.dangling()] : []),
  ]
  if (kind === 'stdin') return { sources: beside, items: sources.input('(standard input)'), whole: false }
  if (kind === undefined && beside.length > 0 && call.args.length === 0) return { sources: beside, whole: false }
  const chosen = await chooseOne(kind, call, sources)
  return { sources: [...chosen, ...beside], whole: kind === undefined && call.args.length === 0 }
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
