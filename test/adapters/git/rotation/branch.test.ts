import { chmodSync, existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../../src/core/errors.ts'
import { makeRepository, runProgram, temporaryFolder } from '../../../support/git-repository.ts'
import { change, FILE, OWN, openBranch, openRotationScene, plantHooks, RECORD, textOf } from './rotation-scene.ts'

const promote = {
  message: 'Rotate orders-db: promoted',
  files: [change(FILE, 'one\n', 'two\n'), change(RECORD, null, 'state\n')],
}

describe('a commit to the branch that counts', () => {
  it.each(['sha1', 'sha256'] as const)(
    'arrives in one push, and touches neither working tree nor index (%s)',
    async (format) => {
      const scene = openRotationScene({ format })
      const clone = scene.clone()
      clone.stage('half-done', 'staged')
      clone.write(FILE, 'somebody edits this\n')
      const before = [clone.git('status', '--porcelain'), clone.git('rev-parse', 'HEAD')]
      const { branch, said } = await openBranch(clone.path, 'commit')
      expect(await textOf(branch, FILE)).toBe('one\n')
      await branch.commit(promote)
      expect([scene.at('main', FILE), scene.at('main', RECORD), scene.at('main', 'README.md')]).toEqual([
        'two\n',
        'state\n',
        'x\n',
      ])
      expect([await textOf(branch, FILE), await textOf(branch, RECORD)]).toEqual(['two\n', 'state\n'])
      expect([clone.git('status', '--porcelain'), clone.git('rev-parse', 'HEAD')]).toEqual(before)
      expect(scene.remote.git('log', '-1', '--format=%an %s', 'main')).toBe('A Rotate orders-db: promoted\n')
      expect(said).toEqual(['your branch is behind its remote now, which has the new commits: git pull'])
    },
  )

  it('is put on top of what others pushed meanwhile, where that is none of its files', async () => {
    const scene = openRotationScene()
    const { branch } = await openBranch(scene.clone().path, 'commit')
    await branch.read(FILE)
    scene.push({ 'README.md': 'theirs\n' })
    await branch.commit(promote)
    expect([scene.at('main', FILE), scene.at('main', 'README.md')]).toEqual(['two\n', 'theirs\n'])
  })

  it('is refused where a file is not what it was, and the next look sees what it is', async () => {
    const scene = openRotationScene()
    const { branch } = await openBranch(scene.clone().path, 'commit')
    await branch.read(FILE)
    scene.push({ [FILE]: 'theirs\n' })
    await expect(branch.commit(promote)).rejects.toMatchObject({ code: 'locked', file: FILE })
    expect([scene.at('main', FILE), scene.at('main', RECORD), await textOf(branch, FILE)]).toEqual([
      'theirs\n',
      null,
      'theirs\n',
    ])
  })

  it('loses to a push that comes between look and push, and overwrites nothing', async () => {
    const scene = openRotationScene()
    const { branch } = await openBranch(scene.clone().path, 'commit')
    // The server takes somebody else's commit while this one is on its way.
    const theirs = scene.remote.git('commit-tree', '-m', 'quicker', '-p', 'main', 'main^{tree}').trim()
    scene.receive(`unset GIT_QUARANTINE_PATH; git update-ref refs/heads/main ${theirs}`)
    await expect(branch.commit(promote)).rejects.toMatchObject({ code: 'locked' })
    expect([scene.remote.git('rev-parse', 'main').trim(), scene.at('main', FILE)]).toEqual([theirs, 'one\n'])
  })

  it('is one of several at once, of which none is lost', async () => {
    const scene = openRotationScene()
    const opened = await Promise.all(Array.from({ length: 4 }, () => openBranch(scene.clone().path, 'commit')))
    const outcomes = await Promise.all(
      opened.map(async ({ branch }, nth) => {
        for (let tries = 1; ; tries += 1) {
          try {
            await branch.commit({ message: `by ${nth}`, files: [change(`file-${nth}`, null, 'x')] })
            return tries
          } catch (error) {
            if (!(error instanceof SealwardError && error.code === 'locked')) throw error
          }
        }
      }),
    )
    expect(outcomes.every((tries) => tries <= 4)).toBe(true)
    expect(scene.remote.git('ls-tree', '--name-only', 'main').match(/file-\d/g)).toHaveLength(4)
    expect(scene.remote.git('rev-list', '--count', 'main')).toBe('5\n')
  })

  it('that a protected branch does not take is told with what to do about it, and no address', async () => {
    const scene = openRotationScene()
    scene.receive(
      'while read old new ref; do [ "$ref" = refs/heads/main ] && echo "GH006: protected" >&2 && exit 1; done; exit 0',
    )
    const { branch } = await openBranch(scene.clone().path, 'commit')
    const error = await branch.commit(promote).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'git', message: expect.stringContaining('protects main') })
    expect(error).toMatchObject({ hint: expect.stringContaining('mode: pull-request') })
    expect(String(error)).not.toContain(scene.remote.path)
    const { branch: asked } = await openBranch(scene.clone().path, 'pull-request')
    await asked.commit(promote)
    expect(scene.at(OWN, FILE)).toBe('two\n')
  })

  it('keeps the mode of a file, and removes one', async () => {
    const scene = openRotationScene()
    scene.person.stage('tool', 'a')
    chmodSync(join(scene.person.path, 'tool'), 0o755)
    scene.push({ tool: 'a' })
    const { branch } = await openBranch(scene.clone().path, 'commit')
    await branch.commit({ message: 'x', files: [change('tool', 'a', 'b'), change(FILE, 'one\n', null)] })
    expect(scene.remote.git('ls-tree', 'main', 'tool')).toMatch(/^100755/)
    expect(scene.at('main', FILE)).toBe(null)
  })

  it('never goes through a link or a submodule, nor out of the repository', async () => {
    const scene = openRotationScene()
    symlinkSync('production', join(scene.person.path, 'linked'))
    symlinkSync(FILE, join(scene.person.path, 'link'))
    scene.person.git('add', 'linked', 'link')
    const head = scene.person.git('rev-parse', 'HEAD').trim()
    scene.person.git('update-index', '--add', '--cacheinfo', `160000,${head},module`)
    scene.push({ x: 'x' })
    const { branch } = await openBranch(scene.clone().path, 'commit')
    for (const path of ['link', 'linked/.env.encrypted', 'linked/new', 'module', 'module/new', 'production'])
      await expect(branch.commit({ message: 'x', files: [change(path, null, 'a')] })).rejects.toMatchObject({
        code: 'unsupported',
      })
    for (const path of ['../x', '/x', '.git/config', 'a/../../x', 'a//b', 'a\nb', ''])
      await expect(branch.read(path)).rejects.toMatchObject({ code: 'usage' })
  })

  it('runs no hook of the clone, and is not led astray by the environment', async () => {
    const scene = openRotationScene()
    const clone = scene.clone()
    const marks = plantHooks(clone)
    const elsewhere = makeRepository()
    const trace = join(temporaryFolder(), 'trace')
    const env = {
      ...{ GIT_DIR: join(elsewhere.path, '.git'), GIT_INDEX_FILE: join(elsewhere.path, 'index'), GIT_NAMESPACE: 'x' },
      ...{
        GIT_OBJECT_DIRECTORY: elsewhere.path,
        GIT_TRACE: trace,
        GIT_TRACE_CURL: trace,
        GIT_WORK_TREE: elsewhere.path,
      },
    }
    const { branch } = await openBranch(clone.path, 'commit', env)
    await branch.commit(promote)
    expect(scene.at('main', FILE)).toBe('two\n')
    expect([existsSync(trace), existsSync(marks)]).toEqual([false, false])
  })

  it('is by the bot where git knows nobody, and by whom git knows else', async () => {
    const scene = openRotationScene()
    const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' }
    const unnamed = Object.fromEntries(Object.keys(nobody).map((name) => [name, undefined]))
    const { branch } = await openBranch(scene.clone().path, 'commit', unnamed)
    await branch.commit(promote)
    expect(scene.remote.git('log', '-1', '--format=%an %cn', 'main')).toBe('github-actions[bot] github-actions[bot]\n')
    const own = scene.clone()
    own.git('config', 'user.name', 'Ada')
    own.git('config', 'user.email', 'ada@example.org')
    const { branch: second } = await openBranch(own.path, 'commit', unnamed)
    await second.commit({ message: 'x', files: [change(FILE, 'two\n', 'three\n')] })
    expect(scene.remote.git('log', '-1', '--format=%an %ce', 'main')).toBe('Ada ada@example.org\n')
  })

  it('is signed where git is configured to sign commits', async () => {
    const scene = openRotationScene()
    const clone = scene.clone()
    const key = join(temporaryFolder(), 'key')
    runProgram('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
    for (const [name, value] of [
      ['gpg.format', 'ssh'],
      ['user.signingkey', key],
      ['commit.gpgsign', 'true'],
    ] as const)
      clone.git('config', name, value)
    const { branch } = await openBranch(clone.path, 'commit')
    await branch.commit(promote)
    expect(scene.remote.git('cat-file', 'commit', 'main')).toContain('gpgsig -----BEGIN SSH SIGNATURE-----')
    clone.git('config', 'user.signingkey', `${key}-that-is-not-there`)
    const error = await branch
      .commit({ message: 'x', files: [change(FILE, 'two\n', 'three\n')] })
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'git', hint: expect.stringContaining('commit.gpgsign') })
    expect(scene.at('main', FILE)).toBe('two\n')
  })

  it('works in clones as jobs have them: of one commit, and without contents', async () => {
    const scene = openRotationScene()
    for (let nth = 0; nth < 5; nth += 1) scene.push({ 'README.md': `${nth}\n` })
    for (const args of [['--depth=1'], ['--filter=blob:none'], ['--filter=tree:0'], ['--no-checkout', '--depth=2']]) {
      const clone = scene.clone(...args)
      const { branch } = await openBranch(clone.path, 'commit')
      const before = (await textOf(branch, FILE))!
      await branch.commit({ message: 'x', files: [change(FILE, before, `${before}more\n`)] })
      expect(scene.at('main', FILE)).toBe(`${before}more\n`)
    }
  })
})

describe('a branch that counts', () => {
  it('is the default one of the remote, or that of sealward.yml', async () => {
    const scene = openRotationScene()
    scene.push({ [FILE]: 'other\n' }, 'release')
    scene.remote.git('symbolic-ref', 'HEAD', 'refs/heads/release')
    const { branch, repository } = await openBranch(scene.clone().path, 'commit')
    expect([await repository.base(), await textOf(branch, FILE)]).toEqual(['refs/heads/release', 'other\n'])
  })

  it('that is not there is told, as is a remote that is not', async () => {
    const scene = openRotationScene()
    const clone = scene.clone()
    scene.remote.git('symbolic-ref', 'HEAD', 'refs/heads/gone')
    const { branch } = await openBranch(clone.path, 'commit')
    await expect(branch.read(FILE)).rejects.toMatchObject({ code: 'git' })
    clone.git('remote', 'set-url', 'origin', 'https://user:hunter2@127.0.0.1:9/x.git')
    const error = await openBranch(clone.path, 'commit')
      .then(({ branch: other }) => other.read(FILE))
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'git', message: expect.stringContaining('cannot be read') })
    expect(JSON.stringify([String(error), (error as { hint?: string }).hint])).not.toContain('hunter2')
  })
})
