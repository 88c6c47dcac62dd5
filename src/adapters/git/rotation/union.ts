import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import type { Git } from './git.ts'
import { readBlob, storeBlob } from './tree.ts'

/** Three versions of one file, by their ids; `before` is null where both sides made it. */
export interface Sides {
  readonly before: string | null
  readonly ours: string
  readonly theirs: string
}

/** Whether .gitattributes has a file merged by keeping the lines of both sides, as that of the ledger does. */
export async function isUnion(git: Git, path: string): Promise<boolean> {
  const printed = (await git.ask(['check-attr', '-z', 'merge', '--', path])).toString('utf8')
  return printed.split('\0')[2] === 'union'
}

/** @returns the id of what has the lines of both: those of the branch that counts first */
export async function uniteBlobs(git: Git, { before, ours, theirs }: Sides): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sealward-union-'))
  try {
    const place = async (name: string, id: string | null) => {
      const path = join(folder, name)
      await writeFile(path, id === null ? '' : await readBlob(git, id), { mode: 0o600 })
      return path
    }
    const files = [await place('theirs', theirs), await place('before', before), await place('ours', ours)]
    const { status, stdout } = await git.attempt(['merge-file', '-p', '-q', '--union', ...files], {
      maxBytes: MOST_BYTES,
    })
    if (status !== 0) throw new SealwardError('git', 'the lines of both branches cannot be put together')
    return await storeBlob(git, stdout)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

const MOST_BYTES = 128 * 1024 * 1024
