import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FILE, type MergingRepository, makeMergingRepository } from '../support/merging-repository.ts'

const LEDGER = '.sealward/ledger.jsonl'

/** A repository with encrypted files in folders of their own, which keeps a ledger. */
async function makeLedgered(...folders: readonly string[]): Promise<MergingRepository> {
  const repository = await makeMergingRepository({ A: '1', B: '1' })
  repository.write('sealward.yml', `recipients:\n  alice: ${repository.alice.recipient.text}\nledger: true\n`)
  for (const folder of ['', ...folders]) change(repository, `${folder === '' ? '' : `${folder}/`}${FILE}`, 'B=start')
  return repository
}

/** Sets a variable, and commits the file with its entry. */
function change(repository: MergingRepository, file: string, assignment: string): void {
  const [name = '', value = ''] = assignment.split('=')
  repository.write(file.replace(FILE, 'README'), '')
  const { status, stderr } = repository.sealward('set', '-f', file, name, value)
  if (status !== 0) throw new Error(stderr)
  repository.git('add', '--all')
  repository.git('commit', '--quiet', '--message', assignment)
}

/** The exit status of `audit verify`, and the kinds of what it found, but for the signature that nobody made. */
function verify(repository: MergingRepository) {
  const { status, stdout } = repository.sealward('audit', 'verify')
  return {
    status,
    kinds: [...stdout.matchAll(/\[([a-z]+)\]$/gm)].map(([, kind]) => kind).filter((kind) => kind !== 'unsigned'),
  }
}

function kindsIn(repository: MergingRepository): string[] {
  const { stdout } = repository.sealward('audit', 'log')
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' ')[3]!)
}

describe('a merge of branches with a ledger', () => {
  it.each([
    ['that somebody settled by hand', true],
    ['that is settled without a question', false],
  ])('%s has an entry of its own, to which those of both sides lead', async (_, isConflict) => {
    const repository = await makeLedgered()
    repository.git('checkout', '--quiet', '-b', 'side')
    change(repository, FILE, isConflict ? 'A=theirs' : 'B=theirs')
    repository.git('checkout', '--quiet', 'main')
    change(repository, FILE, 'A=ours')
    // A driver that does nothing leaves a conflict.
    repository.git('config', 'merge.sealward.driver', 'false')
    expect(repository.gitAs(null, 'merge', 'side').status).toBe(1)
    const first = repository.sealward('merge', FILE)
    expect(first.status).toBe(isConflict ? 1 : 0)
    if (isConflict) {
      writeFileSync(/settle it in (.*)/.exec(first.stderr)![1]!, 'A=both\nB=start\n')
      expect(repository.sealward('merge', '--continue', FILE).status).toBe(0)
    }
    // The entry is staged with the file.
    repository.git('commit', '--quiet', '--no-edit')
    expect(repository.git('status', '--short')).toBe('')
    expect(kindsIn(repository).slice(-2)).toEqual(['merged', 'merged'])
    expect(verify(repository)).toEqual({ status: 0, kinds: [] })
  })

  it('of many at once is refused by git, which asks no attributes for that, and changes nothing; one by one they join', async () => {
    const folders = ['b', 'c', 'd']
    const repository = await makeLedgered(...folders)
    for (const folder of folders) {
      repository.git('checkout', '--quiet', '-b', folder, 'main')
      change(repository, `${folder}/${FILE}`, 'B=branch')
    }
    repository.git('checkout', '--quiet', 'main')
    const octopus = repository.gitAs(repository.alice.identity.secret.reveal(), 'merge', ...folders)
    expect([octopus.status, octopus.stdout]).toEqual([2, expect.stringContaining('Should not be doing an octopus')])
    expect(repository.git('status', '--short')).toBe('')
    for (const folder of folders) repository.git('merge', '--quiet', '--no-edit', folder)
    expect(verify(repository)).toEqual({ status: 0, kinds: ['fork'] })
    change(repository, FILE, 'B=after')
    expect(kindsIn(repository).slice(-2)).toEqual(['merged', 'values-changed'])
    expect(verify(repository)).toEqual({ status: 0, kinds: [] })
  })

  it('of many at once goes well where one of them alone wrote to the ledger', async () => {
    const repository = await makeLedgered('b')
    for (const branch of ['x', 'y']) {
      repository.git('checkout', '--quiet', '-b', branch, 'main')
      repository.write(branch, branch)
      repository.git('add', '--all')
      repository.git('commit', '--quiet', '--message', branch)
    }
    repository.git('checkout', '--quiet', '-b', 'b', 'main')
    change(repository, `b/${FILE}`, 'B=branch')
    repository.git('checkout', '--quiet', 'main')
    repository.git('merge', '--quiet', '--no-edit', 'x', 'y', 'b')
    expect(repository.git('log', '-1', '--format=%P').trim().split(' ').length).toBeGreaterThan(2)
    expect(repository.git('show', `HEAD:${LEDGER}`)).toBe(repository.git('show', `b:${LEDGER}`))
    expect(verify(repository)).toEqual({ status: 0, kinds: [] })
  })
})
