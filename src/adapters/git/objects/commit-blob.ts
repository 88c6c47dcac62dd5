import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import { findEntry, followLink, isBlob, targetOf } from '../../../core/trust/git-object.ts'
import type { BlobOutcome, Comparison } from '../../../core/trust/verdict.ts'
import { openPlainObjects } from '../plain/reader.ts'
import type { ObjectReader, StoredObject } from './stored-object.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A file of the working tree, with the bytes that are about to be used: a second read could find others. */
export interface WorkFile {
  /** What messages call it. */
  readonly file: string
  /** Absolute. */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface CommitQuestion {
  /** The commit of the run; null when it is not known. */
  readonly sha: string | null
  readonly files: readonly WorkFile[]
  readonly env: Environment
}

type Located = WorkFile & { readonly names: readonly string[] }

interface Inside {
  readonly sha: string | null
  readonly files: readonly Located[]
}

const MAX_LINKS = 8
const MAX_TAGS = 4

/**
 * Compares files with what a commit has at their paths, in the order of `files`.
 *
 * Repositories as git leaves them are read here, because to start a process takes longer than all the rest. For one that is kept in
 * another way, or that lacks something, git is asked: one process for each such repository.
 *
 * The way from the commit to the blob is walked here, object by object, each held to its id: what is `same` is what GITHUB_SHA stands
 * for, whatever `.git` is made of. Paths are those of the commit. A link in the working tree changes nothing, and one in the commit
 * is followed inside it. Shallow and partial clones do, because no other commit and no blob is read.
 *
 * Never throws: what cannot be compared is an outcome.
 */
export async function compareWithCommit({ sha, files, env }: CommitQuestion): Promise<Comparison[]> {
  const tops = files.map(({ path }) => findTop(dirname(path)))
  const groups = [...new Set(tops)].map(async (top) => {
    const group = files.filter((_, index) => tops[index] === top)
    const answers = await (top === null
      ? group.map((file) => without(file, 'no-repository'))
      : compareInside(top, group, { sha, env }))
    return group.map((file, index) => [file, answers[index]!] as const)
  })
  const answers = new Map((await Promise.all(groups)).flat())
  return files.map((file) => answers.get(file)!)
}

async function compareInside(
  top: string,
  group: readonly WorkFile[],
  { sha, env }: Pick<CommitQuestion, 'sha' | 'env'>,
): Promise<Comparison[]> {
  const inside = { sha, files: group.map((file) => ({ ...file, names: relative(top, file.path).split(sep) })) }
  return (await compareAlone(top, inside)) ?? (await compareByGit(top, inside, env))
}

/** @returns null when the repository is not one that can be read without git, wherever on the way that shows */
async function compareAlone(top: string, inside: Inside): Promise<Comparison[] | null> {
  const objects = openPlainObjects(top)
  try {
    return await compareAll(objects, inside)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return null
  } finally {
    objects.stop()
  }
}

async function compareByGit(top: string, inside: Inside, env: Environment): Promise<Comparison[]> {
  // Loaded here alone: what starts processes takes longer to load than a comparison without it.
  const { openObjects } = await import('./object-reader.ts')
  let git: ObjectReader | null = null
  try {
    git = await openObjects(top, env)
    return await compareAll(git, inside)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return inside.files.map((file) => without(file, error.code === 'not-found' ? 'no-git' : 'unreadable'))
  } finally {
    git?.stop()
  }
}

async function compareAll(objects: ObjectReader, { sha, files }: Inside): Promise<Comparison[]> {
  const [checkedOut, root] = await Promise.all([objects.read('HEAD'), sha === null ? null : findRoot(objects, sha)])
  const head = checkedOut?.id ?? null
  const compared: Comparison[] = []
  for (const file of files)
    compared.push({ file: file.file, head, blob: root === null ? 'no-commit' : await compareFile(objects, root, file) })
  return compared
}

/** The nearest folder that holds a `.git`: a folder, or the file of a submodule or linked working tree. */
function findTop(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder
  const parent = dirname(folder)
  return parent === folder ? null : findTop(parent)
}

/** @returns the id of the commit's tree, or null when the repository does not have the commit */
async function findRoot(objects: ObjectReader, sha: string): Promise<string | null> {
  let object = await objects.read(sha)
  for (let tags = 0; object?.type === 'tag' && tags < MAX_TAGS; tags += 1)
    object = await objects.read(targetOf('tag', object.content))
  return object?.type === 'commit' ? targetOf('commit', object.content) : null
}

async function compareFile(objects: ObjectReader, root: string, { names, bytes }: Located): Promise<BlobOutcome> {
  const id = await findBlob(objects, root, names)
  if (id === null) return 'absent'
  return isBlob(bytes, id) ? 'same' : 'differs'
}

async function findBlob(
  objects: ObjectReader,
  root: string,
  names: readonly string[],
  links = 0,
): Promise<string | null> {
  let tree = root
  for (const [depth, name] of names.entries()) {
    const rest = names.slice(depth + 1)
    const entry = findEntry((await need(objects, tree)).content, name, root)
    if (entry?.kind === 'link' && links < MAX_LINKS) {
      const target = Buffer.from((await need(objects, entry.id)).content).toString()
      const folder = followLink(names.slice(0, depth), target)
      return folder === null ? null : findBlob(objects, root, [...folder, ...rest], links + 1)
    }
    if (rest.length === 0) return entry?.kind === 'file' ? entry.id : null
    if (entry?.kind !== 'folder') return null
    tree = entry.id
  }
  return null
}

async function need(objects: ObjectReader, id: string): Promise<StoredObject> {
  const object = await objects.read(id)
  if (object === null) throw new SealwardError('git', 'an object of the commit is not there')
  return object
}

function without({ file }: WorkFile, blob: BlobOutcome): Comparison {
  return { file, blob, head: null }
}
