import { describe, expect, it } from 'vitest'
import { openObjectReader } from '../../../../src/adapters/git/sources/plumbing/objects.ts'
import {
  openAllMessages,
  openPush,
  openRange,
  type PublishedSources,
} from '../../../../src/adapters/git/sources/published.ts'
import { type GitRepository, inFolder, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'
import { placesOf, readAll, unreadOf } from '../../../support/scan-steps.ts'

const ZEROS = '0'.repeat(40)

function commit(repository: GitRepository, message = 'a commit'): string {
  repository.git('commit', '--quiet', '--allow-empty', '-m', message)
  return repository.git('rev-parse', 'HEAD').trim()
}

function paths({ path }: GitRepository, { files }: PublishedSources): Promise<string[]> {
  return inFolder(path, async () => (await placesOf(files)).map((place) => place.path))
}

function messages({ path }: GitRepository, { messages }: Pick<PublishedSources, 'messages'>): Promise<string[]> {
  return inFolder(path, async () => {
    const answers = await readAll(openObjectReader(), await placesOf(messages))
    return answers.map(({ path: name, text }) => `${name} ${text!.trim()}`)
  })
}

/** main has `old`; then come two commits. */
function makeHistory(): GitRepository & { readonly base: string } {
  const repository = makeRepository()
  repository.stage('old', 'old')
  const base = commit(repository, 'base')
  repository.stage('gone', 'a secret that the next commit takes back')
  commit(repository, 'first')
  repository.git('rm', '--quiet', 'gone')
  repository.stage('new', 'new')
  commit(repository, 'second')
  return { ...repository, base }
}

describe('a range', () => {
  it('has what each of its commits adds, also what a later one takes back, and nothing older', async () => {
    const repository = makeHistory()
    expect(await paths(repository, openRange(`${repository.base}..main`))).toEqual(['gone', 'new'])
    expect(await paths(repository, openRange(`${repository.base}...`))).toEqual(['gone', 'new'])
    expect(await paths(repository, openRange('main~1..'))).toEqual(['new'])
    expect(await paths(repository, openRange('main..main'))).toEqual([])
    expect(await paths(repository, openRange(`${ZEROS}..main`))).toEqual(['old', 'gone', 'new'])
  })

  it('says of moved content that only its name is new, and names what a change replaces', async () => {
    const repository = makeRepository()
    repository.stage('a', 'one')
    repository.stage('b', 'two')
    const base = commit(repository)
    const [one, two] = ['a', 'b'].map((path) => repository.git('rev-parse', `:${path}`).trim())
    repository.git('mv', 'a', '.env')
    repository.stage('b', 'three')
    commit(repository)
    const found = await inFolder(repository.path, () => placesOf(openRange(`${base}..`).files))
    expect(found.map(({ path, before }) => [path, before])).toEqual([
      ['.env', [one]],
      ['b', [two]],
    ])
  })

  it('has what was slipped into a merge, and nothing of what the base has anyway', async () => {
    const repository = makeRepository()
    repository.stage('a', 'a')
    commit(repository)
    repository.git('checkout', '--quiet', '-b', 'topic')
    repository.stage('topic', 'topic')
    commit(repository)
    repository.git('checkout', '--quiet', 'main')
    repository.stage('main', 'main')
    commit(repository)
    repository.git('checkout', '--quiet', 'topic')
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'main')
    repository.stage('evil', 'evil')
    commit(repository)
    expect(await paths(repository, openRange('main..topic'))).toEqual(['topic', 'evil'])
  })

  it('gives the messages of its commits, without their headers', async () => {
    const repository = makeHistory()
    const found = await messages(repository, openRange(`${repository.base}..main`))
    expect(found).toEqual(['(commit message) second', '(commit message) first'])
  })

  it.each([
    ['main', 'usage'],
    ['..', 'usage'],
    ['a..b..c', 'usage'],
    ['nowhere..main', 'not-found'],
    ['--output=x..main', 'not-found'],
    ['main..--all', 'not-found'],
  ])('written as %s is refused', async (range, code) => {
    const repository = makeHistory()
    await expect(paths(repository, openRange(range))).rejects.toMatchObject({ code })
  })
})

describe('a push', () => {
  function cloned(): GitRepository & { readonly base: string; readonly tip: string } {
    const repository = makeHistory()
    const remote = temporaryFolder('remote.git')
    repository.tryGit(['init', '--quiet', '--bare'], { cwd: remote })
    repository.git('remote', 'add', 'origin', remote)
    repository.git('push', '--quiet', 'origin', `${repository.base}:refs/heads/main`)
    return { ...repository, tip: repository.git('rev-parse', 'main').trim() }
  }

  it('publishes what the remote has not: a branch goes on, and a new one begins', async () => {
    const repository = cloned()
    const { tip, base } = repository
    const update = `refs/heads/main ${tip} refs/heads/main ${base}\n`
    const creation = `HEAD~1 ${tip} refs/heads/topic ${ZEROS}\n`
    expect(await paths(repository, openPush(update, 'origin'))).toEqual(['gone', 'new'])
    expect(await paths(repository, openPush(creation, 'origin'))).toEqual(['gone', 'new'])
    expect(await paths(repository, openPush(update + creation, 'origin'))).toEqual(['gone', 'new'])
  })

  it('to an address publishes all but what that remote said it has', async () => {
    const repository = cloned()
    const { tip, base } = repository
    const first = openPush(`refs/heads/main ${tip} refs/heads/main ${ZEROS}\n`, 'https://example.com/*')
    expect(await paths(repository, first)).toEqual(['old', 'gone', 'new'])
    const pattern = openPush(`refs/heads/main ${tip} refs/heads/main ${ZEROS}\n`, '*')
    expect(await paths(repository, pattern)).toEqual(['old', 'gone', 'new'])
    const second = openPush(`refs/heads/main ${tip} refs/heads/main ${base}\n`, 'https://example.com/a')
    expect(await paths(repository, second)).toEqual(['gone', 'new'])
  })

  it('that is forced over commits which are not here counts from what is known of the remote', async () => {
    const repository = cloned()
    const forced = openPush(`refs/heads/main ${repository.tip} refs/heads/main ${'1'.repeat(40)}\n`, 'origin')
    expect(await paths(repository, forced)).toEqual(['gone', 'new'])
  })

  it('that only deletes publishes nothing, and says so', async () => {
    const repository = cloned()
    const deletion = openPush(`(delete) ${ZEROS} refs/heads/old ${repository.base}\n`, 'origin')
    expect(await paths(repository, deletion)).toEqual([])
    const unread = await inFolder(repository.path, () => unreadOf(deletion.files))
    expect(unread).toMatchObject([{ path: 'refs/heads/old' }])
    expect(await paths(repository, openPush('', 'origin'))).toEqual([])
  })

  it('of tags publishes their messages and what they name, be it a commit, a tree or a blob', async () => {
    const repository = cloned()
    const blob = repository.tryGit(['hash-object', '-w', '--stdin'], { input: 'tagged' }).stdout.trim()
    repository.git('tag', '-a', '-m', 'of a blob', 'b', blob)
    repository.git('tag', '-a', '-m', 'of a commit', 'c', 'main')
    const lines = ['b', 'c'].map((tag) => {
      const id = repository.git('rev-parse', `refs/tags/${tag}`).trim()
      return `refs/tags/${tag} ${id} refs/tags/${tag} ${ZEROS}\n`
    })
    const push = openPush(lines.join(''), 'origin')
    expect((await paths(repository, push)).map((path) => (path === blob ? 'the blob' : path))).toEqual([
      'gone',
      'new',
      'the blob',
    ])
    expect((await messages(repository, push)).filter((text) => text.startsWith('(tag')).sort()).toEqual([
      '(tag message) of a blob',
      '(tag message) of a commit',
    ])
  })

  it('of another form is an error', async () => {
    await expect(paths(cloned(), openPush('refs/heads/main\n', 'origin'))).rejects.toMatchObject({ code: 'git' })
  })
})

describe('all messages', () => {
  it('are those of commits and of tags of tags, and none where there is no commit', async () => {
    const repository = makeHistory()
    repository.git('tag', '-a', '-m', 'inner message', 'inner')
    repository.git('tag', '-a', '-m', 'outer message', 'outer', 'inner')
    expect((await messages(repository, { messages: openAllMessages() })).sort()).toEqual([
      '(commit message) base',
      '(commit message) first',
      '(commit message) second',
      '(tag message) inner message',
      '(tag message) outer message',
    ])
    expect(await messages(makeRepository(), { messages: openAllMessages() })).toEqual([])
  })
})
