import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openFetchedRotations } from '../../../src/adapters/git/rotation/fetched.ts'
import { RECORD_BYTES, recordPath } from '../../../src/core/credential/record/place.ts'
import { moved, newRecord } from '../../../src/core/credential/record/record.ts'
import { sealRecord } from '../../../src/core/credential/record/seal-record.ts'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { Secret } from '../../../src/core/secret.ts'
import { listRecords } from '../../../src/tasks/credentials/rotation-records.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { documentOf } from '../../support/documents.ts'
import { type GitRepository, makeRepository } from '../../support/git-repository.ts'
import { newMember, seal } from '../../support/sealing.ts'

/** Of three times, the second a phase further on, the third after the moment that it is. */
let [older, newer, later]: Uint8Array[] = []
beforeAll(async () => {
  const file = parseEncryptedFile(await seal(documentOf({ A: 'x' }), [await newMember()]))
  const login = (password: string) => ({ user: 'app', password: new Secret(password) })
  const begun = newRecord({
    ...{ name: 'orders-db', file: '.env.encrypted', driver: 'postgres', strategy: 'dual', target: 'postgres://db' },
    ...{ pending: login('next'), current: login('first'), emergency: false, failures: 0 },
    now: new Date('2026-03-04T00:00:00Z'),
  })
  older = await sealRecord(begun, file)
  newer = await sealRecord(moved(begun, 'applied', { updated: new Date('2026-03-04T03:00:00Z') }), file)
  later = await sealRecord(moved(begun, 'applied', { updated: new Date('2026-03-05T00:00:00Z') }), file)
})

let repository: GitRepository
let said: string[]
const home = process.cwd()
beforeEach(() => {
  ;[repository, said] = [makeRepository(), []]
  repository.git('commit', '--quiet', '--allow-empty', '-m', 'begin')
  process.chdir(repository.path)
  return () => process.chdir(home)
})

/** A branch that has this in the place of a record, and nobody has checked out. */
function branch(ref: string, content: Uint8Array | string, path = recordPath('orders-db')): void {
  repository.git('checkout', '--quiet', '--detach')
  repository.stage(path, content)
  repository.git('commit', '--quiet', '-m', 'record')
  repository.git('update-ref', ref, 'HEAD')
  repository.git('reset', '--quiet', '--hard', 'HEAD~1')
}

const known = async (files: Readonly<Record<string, Uint8Array | string>>) => {
  const teller = { warn: (text: string) => void said.push(text), note: () => {} }
  const world = { ...memoryWorld(files), teller, top: '.', rotations: openFetchedRotations(teller) }
  const atTop = { read: (path: string, most: number) => world.files.read(path.replace(/^\.\//, ''), most) }
  return (await listRecords({ ...world, files: atTop })).map(({ record, branch }) => [
    record.name,
    record.phase,
    branch,
  ])
}

describe('what a clone knows of rotations', () => {
  it('is the newest of each, of the working tree and of branches, fetched ones too', async () => {
    expect(await known({})).toEqual([])
    expect(await known({ [recordPath('orders-db')]: older! })).toEqual([['orders-db', 'pending-committed', null]])
    branch('refs/remotes/origin/sealward/rotation/orders-db', newer!)
    expect(await known({ [recordPath('orders-db')]: older! })).toEqual([
      ['orders-db', 'applied', 'origin/sealward/rotation/orders-db'],
    ])
    branch('refs/heads/sealward/rotation/orders-db', older!)
    expect(await known({})).toEqual([['orders-db', 'applied', 'origin/sealward/rotation/orders-db']])
    expect(await known({ [recordPath('orders-db')]: newer! })).toEqual([['orders-db', 'applied', null]])
  })

  it('is on branches with the prefix of sealward.yml, and the usual one where that cannot be read', async () => {
    branch('refs/heads/rotations/orders-db', older!)
    expect(await known({})).toEqual([])
    const policy = 'rotation: { delivery: { prefix: rotations/ } }\n'
    expect(await known({ 'sealward.yml': policy })).toEqual([['orders-db', 'pending-committed', 'rotations/orders-db']])
    branch('refs/heads/sealward/rotation/orders-db', newer!)
    expect(await known({ 'sealward.yml': '[' })).toEqual([['orders-db', 'applied', 'sealward/rotation/orders-db']])
  })

  it('is nothing of what is no record, is of another credential, or lies deeper', async () => {
    branch('refs/heads/sealward/rotation/orders-db', 'VERSION=1\n')
    branch('refs/heads/sealward/rotation/other', older!, recordPath('other'))
    branch('refs/remotes/origin/sealward/rotation/orders-db/deeper', older!)
    branch('refs/heads/else/sealward/rotation/orders-db', older!)
    branch('refs/heads/sealward/rotation/large', Buffer.alloc(RECORD_BYTES + 1), recordPath('large'))
    branch('refs/heads/sealward/rotation/folder', older!, `${recordPath('folder')}/file`)
    expect(await known({})).toEqual([])
  })

  it('is not what says that it was written tomorrow: it would hide all others', async () => {
    branch('refs/heads/sealward/rotation/orders-db', later!)
    expect(await known({ [recordPath('orders-db')]: older! })).toEqual([['orders-db', 'pending-committed', null]])
  })

  it('is of a credential whose name begins like its branch', async () => {
    branch('refs/heads/rotate-rotate-db', older!, recordPath('rotate-db'))
    const policy = 'rotation: { delivery: { prefix: rotate- } }\n'
    expect(await known({ 'sealward.yml': policy })).toEqual([])
    expect(await openFetchedRotations({ warn: () => {} }).read('rotate-', recordPath)).toMatchObject([
      { branch: 'rotate-rotate-db', name: 'rotate-db' },
    ])
  })

  it('is that of the working tree alone where git cannot be asked, which is said', async () => {
    vi.stubEnv('PATH', '/nowhere')
    expect(await known({ [recordPath('orders-db')]: older! })).toEqual([['orders-db', 'pending-committed', null]])
    vi.unstubAllEnvs()
    expect(said).toEqual(['the branches of rotations were not looked at: git was not found'])
  })
})
