import { SealwardError } from '../../../core/errors.ts'
import type { ScanSource, ScanStep } from '../../../tasks/world/scan/source.ts'
import { askGit } from './plumbing/git.ts'
import { readPath, splitFields } from './plumbing/raw-log.ts'

const ENTRY = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40}|[0-9a-f]{64})$/
const LINK = '120000'
const TAB = 0x09

/** The files of a commit, as git stores them. Submodules are passed over: the repository holds no more than an id of them. */
export function openCommitTree(commit: string): ScanSource {
  return { what: 'files', steps: () => listTree(commit) }
}

async function* listTree(commit: string): AsyncGenerator<ScanStep> {
  const git = askGit(['ls-tree', '-r', '-z', '--full-tree', `${commit}^{commit}`], { input: [] })
  try {
    for await (const field of splitFields(git.stdout as AsyncIterable<Buffer>)) {
      const tab = field.indexOf(TAB)
      const [, mode, type, id] = ENTRY.exec(field.toString('latin1', 0, tab)) ?? []
      if (id === undefined) throw new SealwardError('git', 'git ls-tree answered in a way that is not understood')
      const path = readPath(Buffer.from(field.subarray(tab + 1)))
      if (type === 'blob') yield { kind: 'place', ...path, id, ...(mode === LINK ? { link: true } : {}) }
    }
    await git.done()
  } finally {
    git.stop()
  }
}
