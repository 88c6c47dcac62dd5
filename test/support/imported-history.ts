import type { GitRepository } from './git-repository.ts'

/** A commit to be made: what it writes, and null for what it removes. */
export interface Planned {
  /** The day of its date, from `DAY_ZERO`. */
  readonly day: number
  readonly files: Readonly<Record<string, string | Uint8Array | null>>
  /** Places in the list; absent for the commit before it. A tree begins as that of the first parent. */
  readonly parents?: readonly number[]
}

export const DAY_ZERO = Date.UTC(2025, 0, 1)

export function dayOf(day: number): Date {
  return new Date(DAY_ZERO + day * 24 * 60 * 60 * 1000)
}

/** Makes commits with their dates in one go (`git fast-import`); the last one is that of `main`. The working tree stays as it is. */
export function importHistory(repository: GitRepository, plans: readonly Planned[]): void {
  const parts = plans.flatMap((plan, at) => commitOf(plan, at))
  const last = `reset refs/heads/main\nfrom :${plans.length}\n\ndone\n`
  const input = Buffer.concat([...parts, Buffer.from(last)])
  const { status, stderr } = repository.tryGit(['fast-import', '--quiet', '--done', '--force'], { input })
  if (status !== 0) throw new Error(`git fast-import: ${stderr}`)
}

function commitOf({ day, files, parents }: Planned, at: number): Buffer[] {
  const [first, ...others] = parents ?? (at === 0 ? [] : [at - 1])
  const seconds = dayOf(day).getTime() / 1000
  const lines = [
    `commit refs/imported/${at}`,
    `mark :${at + 1}`,
    `committer A <a@example.com> ${seconds} +0000`,
    'data 1\nx',
    ...(first === undefined ? [] : [`from :${first + 1}`]),
    ...others.map((parent) => `merge :${parent + 1}`),
  ]
  const changes = Object.entries(files).flatMap(([path, content]) => {
    if (content === null) return [Buffer.from(`D ${path}\n`)]
    const bytes = Buffer.from(content)
    return [Buffer.from(`M 100644 inline ${path}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')]
  })
  return [Buffer.from(`${lines.join('\n')}\n`), ...changes, Buffer.from('\n')]
}
