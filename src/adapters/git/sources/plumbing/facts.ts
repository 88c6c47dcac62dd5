import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Unread } from '../../../../tasks/world/scan/source.ts'
import { askList } from './git.ts'
import { askRevisions, type Revisions } from './revisions.ts'

/** What of its history a repository has. */
export interface RepositoryFacts {
  readonly bare: boolean
  readonly shallow: boolean
  /** A partial clone: some objects were promised and are not here. */
  readonly partial: boolean
  /** The folder that all working trees share, absolute. */
  readonly common: string
  /** Stands for where history begins here: another one means that more of it came, or less. */
  readonly beginning: string
}

/** @throws SealwardError git when this is no repository */
export async function readFacts(): Promise<RepositoryFacts> {
  const asked = ['--is-bare-repository', '--is-shallow-repository', '--git-common-dir']
  const [bare, shallow, common = '.git'] = await askList(['rev-parse', ...asked])
  const folder = resolve(common)
  return {
    bare: bare === 'true',
    shallow: shallow === 'true',
    partial: await isPartial(),
    common: folder,
    beginning: shallow === 'true' ? await digestOf(resolve(folder, 'shallow')) : 'whole',
  }
}

/** What a scan of history has to say before it starts. */
export function sayShallow({ shallow }: RepositoryFacts): Unread[] {
  const why = 'a shallow clone: older commits are not here (git fetch --unshallow brings them)'
  return shallow ? [{ kind: 'unread', path: '.', why }] : []
}

/** The ids of the objects that a partial clone lacks. rev-list finds them without fetching any. */
export async function findMissing({ partial }: RepositoryFacts, revisions: Revisions): Promise<Set<string>> {
  const missing = new Set<string>()
  if (!partial) return missing
  for await (const line of askRevisions(['--objects', '--missing=print'], revisions))
    if (line.startsWith('?')) missing.add(line.slice(1))
  return missing
}

export function sayMissing(missing: ReadonlySet<string>): Unread[] {
  const why = `a partial clone: ${missing.size} objects are not here (git fetch --refetch --no-filter brings them)`
  return missing.size > 0 ? [{ kind: 'unread', path: '.', why }] : []
}

async function isPartial(): Promise<boolean> {
  const names = await askList(['config', '--get-regexp', '^(extensions\\.partialclone|remote\\..*\\.promisor)$']).catch(
    () => [], // exit status 1: there is none
  )
  return names.length > 0
}

async function digestOf(path: string): Promise<string> {
  const bytes = await readFile(path)
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}
