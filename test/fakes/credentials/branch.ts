import { SealwardError } from '../../../src/core/errors.ts'
import type { RotationBranch, RotationCommit, RotationRequests } from '../../../src/tasks/world/git/rotation-branch.ts'

/** A branch in memory, and the one that counts: they are one where nothing has to be merged. */
export interface FakeBranch {
  readonly branch: RotationBranch
  readonly requests: RotationRequests
  /** What the rotation's own branch has, or the one that counts where there is none. */
  readonly files: Map<string, Uint8Array>
  /** What everybody reads. */
  readonly counting: ReadonlyMap<string, Uint8Array>
  readonly messages: string[]
  /** The titles of pull requests. */
  readonly asked: string[]
  /** Merges what is open. */
  merge(): void
  /** Somebody else pushes this, right before the next commit. */
  pushBefore(path: string, bytes: Uint8Array): void
}

export interface BranchOptions {
  readonly now: () => Date
  readonly byRequest?: boolean
}

export function fakeBranch(
  files: Readonly<Record<string, Uint8Array>>,
  { now, byRequest = false }: BranchOptions,
): FakeBranch {
  const own = new Map(Object.entries(files))
  let counting = new Map(own)
  const arrived = new Map([...own.keys()].map((path) => [path, now()]))
  const theirs: [string, Uint8Array][] = []
  const merge = () => {
    for (const [path, bytes] of own) if (!same(counting.get(path), bytes)) arrived.set(path, now())
    counting = new Map(own)
  }
  const commit = async ({ message, files: changes }: RotationCommit) => {
    const isBehind = theirs.length > 0
    for (const [path, bytes] of theirs.splice(0)) own.set(path, bytes)
    if (isBehind && !byRequest) merge()
    if (isBehind || changes.some(({ path, before }) => !same(own.get(path), before ?? undefined)))
      throw new SealwardError('locked', 'somebody else pushed meanwhile')
    for (const { path, after } of changes) after === null ? own.delete(path) : own.set(path, after)
    fake.messages.push(message)
    if (!byRequest) merge()
  }
  const fake: FakeBranch = {
    files: own,
    get counting() {
      return counting
    },
    messages: [],
    asked: [],
    merge,
    pushBefore: (path, bytes) => void theirs.push([path, bytes]),
    branch: {
      read: async (path) => own.get(path) ?? null,
      readCounting: async (path) => counting.get(path) ?? null,
      commit,
      arrivedAt: async (path) => (same(counting.get(path), own.get(path)) ? (arrived.get(path) ?? null) : null),
    },
    requests: {
      ensure: async ({ title }) => {
        fake.asked.push(title)
        return byRequest ? 'https://example.org/pull/1' : null
      },
    },
  }
  return fake
}

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0
}
