import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { findHookPlace, openHookFiles } from '../../../src/adapters/git/hook-folder.ts'
import { openRepository } from '../../../src/adapters/git/porcelain.ts'
import { HOOKS } from '../../../src/core/hook-name.ts'
import { type UninstallOutcome, uninstall } from '../../../src/tasks/hooks/uninstall.ts'
import {
  type GitRepository,
  inFolder,
  makeRepository,
  openRepositoryAt,
  packageRoot,
  randomSecret,
  runProgram,
  temporaryFolder,
} from '../../support/git-repository.ts'
import { commit, commitBefore, installHook } from '../../support/hooked-repository.ts'

const secret = `KEY=${randomSecret()}\n`

function uninstallHook(folder: string): Promise<UninstallOutcome> {
  return inFolder(folder, async () => {
    const place = await findHookPlace(await openRepository(folder))
    return uninstall({ places: { look: async () => place }, hooks: openHookFiles(place) })
  })
}

/** Everything in a folder of hooks: name, mode, content or target. */
function snapshot(folder: string): unknown[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name)
    const status = lstatSync(path)
    return [name, status.mode, status.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, 'latin1')]
  })
}

function putHook(repository: GitRepository, text: string, mode = 0o755): string {
  const folder = join(repository.path, '.git', 'hooks')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'pre-commit'), text)
  chmodSync(join(folder, 'pre-commit'), mode)
  return folder
}

describe('installing', () => {
  it('puts an executable hook where git looks, and says so', async () => {
    const repository = makeRepository()
    const folder = join(repository.path, '.git', 'hooks')
    expect(await installHook(repository.path)).toEqual({
      kind: 'installed',
      folder,
      hooks: ['pre-commit'],
      chained: [],
    })
    expect(lstatSync(join(folder, 'pre-commit')).mode & 0o777).toBe(0o755)
    repository.stage('.env', secret)
    expect(commit(repository).status).toBe(1)
  })

  it('again changes nothing', async () => {
    const repository = makeRepository()
    putHook(repository, '#!/bin/sh\n')
    await installHook(repository.path)
    const before = snapshot(join(repository.path, '.git', 'hooks'))
    expect(await installHook(repository.path)).toMatchObject({ kind: 'unchanged' })
    expect(snapshot(join(repository.path, '.git', 'hooks'))).toEqual(before)
  })

  it('another version replaces the first, and keeps what the first had kept', async () => {
    const repository = makeRepository()
    const folder = putHook(repository, '#!/bin/sh\necho theirs\n')
    await installHook(repository.path)
    expect(await installHook(repository.path, '/another/folder')).toMatchObject({
      kind: 'installed',
      chained: ['pre-commit'],
    })
    expect(readFileSync(join(folder, 'pre-commit'), 'utf8')).toContain(
      "recorded_script='/another/folder/dist/hook.js'\n",
    )
    expect(readFileSync(join(folder, 'pre-commit.sealward-previous'), 'utf8')).toContain('echo theirs')
  })

  it('works from any folder of the repository, and in a linked working tree for all of them', async () => {
    const repository = makeRepository()
    commitBefore(repository)
    const linked = openRepositoryAt(temporaryFolder('linked'))
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', linked.path)
    mkdirSync(join(linked.path, 'sub'))
    expect(await installHook(join(linked.path, 'sub'))).toMatchObject({
      folder: join(repository.path, '.git', 'hooks'),
    })
    for (const tree of [repository, linked]) {
      tree.stage('.env', secret)
      expect(commit(tree).status).toBe(1)
    }
  })

  it('makes the folder when the template of the repository had none', async () => {
    const repository = openRepositoryAt(temporaryFolder())
    repository.git('init', '--quiet', '--template=')
    expect(await installHook(repository.path)).toMatchObject({ kind: 'installed' })
  })

  it('goes to core.hooksPath within the repository', async () => {
    const repository = makeRepository()
    repository.git('config', 'core.hooksPath', '.githooks')
    expect(await installHook(repository.path)).toMatchObject({ folder: join(repository.path, '.githooks') })
    repository.stage('.env', secret)
    expect(commit(repository).status).toBe(1)
  })

  it('leaves a core.hooksPath alone that other repositories share, and says what to add there', async () => {
    const shared = temporaryFolder('shared hooks')
    const repository = makeRepository()
    repository.git('config', 'core.hooksPath', shared)
    expect(await installHook(repository.path)).toEqual({
      kind: 'shared',
      folder: shared,
      snippets: [{ hook: 'pre-commit', snippet: `${packageRoot}/hooks/pre-commit || exit\n` }],
    })
    expect(readdirSync(shared)).toEqual([])
    writeFileSync(join(shared, 'pre-commit'), `#!/bin/sh\n'${packageRoot}/hooks/pre-commit' || exit\n`, { mode: 0o755 })
    repository.stage('.env', secret)
    expect(commit(repository).status).toBe(1)
  })

  it('needs a repository', async () => {
    await expect(installHook(temporaryFolder())).rejects.toMatchObject({ code: 'git' })
  })
})

describe('a hook that is there', () => {
  it('runs first, with its own arguments and PATH, and its refusal refuses the commit', async () => {
    const repository = makeRepository()
    putHook(repository, '#!/bin/sh\necho "theirs: $0 $#" >&2\ntest ! -f stop\n')
    expect(await installHook(repository.path)).toMatchObject({ chained: ['pre-commit'] })
    repository.stage('a.txt', 'clean')
    const passed = commit(repository)
    expect([passed.status, passed.stderr]).toEqual([
      0,
      expect.stringMatching(/^theirs: \.git\/hooks\/pre-commit\.sealward-previous 0\nsealward: 1 staged file/),
    ])
    repository.stage('stop', '')
    expect(commit(repository)).toMatchObject({ status: 1, stderr: expect.not.stringContaining('looked at') })
  })

  it('does not hide what it stages from the judgement', async () => {
    const repository = makeRepository()
    putHook(repository, `#!/bin/sh\nprintf 'KEY=late%s\\n' x > late.env\ngit add late.env\n`)
    await installHook(repository.path)
    repository.stage('a.txt', 'clean')
    expect(commit(repository)).toMatchObject({ status: 1, stderr: expect.stringContaining('late.env:1: ') })
  })

  it('that is not executable stays so, and is not run, as git would not', async () => {
    const repository = makeRepository()
    putHook(repository, '#!/bin/sh\nexit 1\n', 0o644)
    await installHook(repository.path)
    repository.stage('a.txt', 'clean')
    expect(commit(repository).status).toBe(0)
  })

  it('is not overwritten by a third: two of them in the way are told', async () => {
    const repository = makeRepository()
    const folder = putHook(repository, '#!/bin/sh\necho first\n')
    await installHook(repository.path)
    putHook(repository, '#!/bin/sh\necho second\n')
    const before = snapshot(folder)
    await expect(installHook(repository.path)).rejects.toMatchObject({ code: 'exists' })
    expect(snapshot(folder)).toEqual(before)
  })
})

describe('all hooks', () => {
  it('are one text, installed and taken away together, and chained each for itself', async () => {
    const repository = makeRepository()
    const folder = putHook(repository, '#!/bin/sh\n')
    writeFileSync(join(folder, 'pre-push'), '#!/bin/sh\ncat > pushed; echo "$1" >> pushed\n', { mode: 0o755 })
    const before = snapshot(folder)
    expect(await installHook(repository.path, packageRoot, HOOKS)).toEqual({
      ...{ kind: 'installed', folder, hooks: HOOKS },
      chained: ['pre-commit', 'pre-push'],
    })
    const [text, ...others] = HOOKS.map((hook) => readFileSync(join(folder, hook), 'utf8'))
    expect(others).toEqual([text, text, text])
    expect(await installHook(repository.path, packageRoot, HOOKS)).toEqual({ kind: 'unchanged', folder })
    expect(await uninstallHook(repository.path)).toEqual({
      ...{ kind: 'removed', folder, hooks: HOOKS },
      restored: ['pre-commit', 'pre-push'],
    })
    expect(snapshot(folder)).toEqual(before)
  })

  it('are written when none of them is in the way of two others', async () => {
    const repository = makeRepository()
    const folder = putHook(repository, '#!/bin/sh\n')
    for (const name of ['pre-push', 'pre-push.sealward-previous']) writeFileSync(join(folder, name), '#!/bin/sh\n')
    const before = snapshot(folder)
    await expect(installHook(repository.path, packageRoot, HOOKS)).rejects.toMatchObject({ code: 'exists' })
    expect(snapshot(folder)).toEqual(before)
  })

  it.each([
    ['reads what git writes to it', 'cat > pushed; echo "$1" >> pushed'],
    ['does not read it', 'echo "$1" > pushed'],
  ])('judge a push after a pre-push hook that %s', async (_, body) => {
    const repository = makeRepository()
    const folder = join(repository.path, '.git', 'hooks')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'pre-push'), `#!/bin/sh\n${body}\ntest ! -f stop\n`, { mode: 0o755 })
    await installHook(repository.path, packageRoot, ['pre-push'])
    const remote = temporaryFolder('remote.git')
    repository.git('init', '--quiet', '--bare', remote)
    repository.git('remote', 'add', 'origin', remote)
    repository.stage('.env', secret)
    commitBefore(repository)
    const push = () => repository.tryGit(['push', '--quiet', 'origin', 'main', 'main:two'])
    const refused = push()
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('.env:1')])
    const seen = readFileSync(join(repository.path, 'pushed'), 'utf8')
    expect(seen).toMatch(
      body.startsWith('cat') ? /^refs\/heads\/main .*\n.* refs\/heads\/two 0+\norigin\n$/ : /^origin\n$/,
    )
    repository.write('stop', '')
    expect(push()).toMatchObject({ status: 1, stderr: expect.not.stringContaining('.env:1') })
  })
})

describe('uninstalling', () => {
  it.each([
    ['a script', (folder: string) => writeFileSync(join(folder, 'pre-commit'), '#!/bin/sh\n\xff\r\n', 'latin1')],
    [
      'a script that is not executable',
      (folder: string) => writeFileSync(join(folder, 'pre-commit'), 'x', { mode: 0o640 }),
    ],
    ['a link', (folder: string) => symlinkSync('../../tools/hook.sh', join(folder, 'pre-commit'))],
    ['an empty file', (folder: string) => writeFileSync(join(folder, 'pre-commit'), '')],
    ['nothing', () => {}],
  ])('puts back %s, byte for byte and mode for mode', async (what, put) => {
    const repository = makeRepository()
    const folder = join(repository.path, '.git', 'hooks')
    mkdirSync(folder, { recursive: true })
    put(folder)
    const before = snapshot(folder)
    await installHook(repository.path)
    expect(snapshot(folder)).not.toEqual(before)
    expect(await uninstallHook(repository.path)).toEqual({
      ...{ kind: 'removed', folder, hooks: ['pre-commit'] },
      restored: what === 'nothing' ? [] : ['pre-commit'],
    })
    expect(snapshot(folder)).toEqual(before)
  })

  it('takes away what the hooks have kept, and nothing of other commands', async () => {
    const repository = makeRepository()
    await installHook(repository.path)
    const kept = join(repository.path, '.git', 'sealward')
    mkdirSync(kept)
    writeFileSync(join(kept, 'pre-commit.code'), '')
    writeFileSync(join(kept, 'writes.json'), '')
    await uninstallHook(repository.path)
    expect(readdirSync(kept)).toEqual(['writes.json'])
    rmSync(join(kept, 'writes.json'))
    await uninstallHook(repository.path)
    expect(existsSync(kept)).toBe(false)
  })

  it('twice changes nothing the second time, and nothing that is not ours', async () => {
    const repository = makeRepository()
    const folder = putHook(repository, '#!/bin/sh\necho theirs\n')
    const before = snapshot(folder)
    expect(await uninstallHook(repository.path)).toEqual({ kind: 'absent', folder, managers: [] })
    expect(snapshot(folder)).toEqual(before)
  })
})

describe('a manager of hooks', () => {
  it.each([
    ['husky', '.husky/pre-commit', `${packageRoot}/hooks/pre-commit\n`],
    [
      'lefthook',
      'lefthook.yml',
      `pre-commit:\n  commands:\n    sealward:\n      run: ${packageRoot}/hooks/pre-commit\n`,
    ],
    [
      'lefthook',
      '.config/lefthook.toml',
      `pre-commit:\n  commands:\n    sealward:\n      run: ${packageRoot}/hooks/pre-commit\n`,
    ],
    [
      'pre-commit',
      '.pre-commit-config.yaml',
      'repos:\n  - repo: https://github.com/sealward/sealward\n    rev: v1.2.3\n    hooks:\n      - id: sealward\n',
    ],
  ])('%s keeps its hooks: its file %s is to have the lines', async (name, file, snippet) => {
    const repository = makeRepository()
    repository.write(file, '')
    const folder = join(repository.path, '.git', 'hooks')
    mkdirSync(folder, { recursive: true })
    const before = snapshot(folder)
    expect(await installHook(repository.path)).toEqual({
      kind: 'managed',
      managers: [{ name, file, snippet }],
    })
    expect(snapshot(folder)).toEqual(before)
  })

  it('that has the lines is known, and left to the user when uninstalling', async () => {
    const repository = makeRepository()
    repository.write('lefthook.yml', 'pre-commit: {commands: {sealward: {run: x}}}\n')
    repository.write('.husky/_/h', '')
    const lefthook = { name: 'lefthook', file: 'lefthook.yml' }
    expect(await installHook(repository.path)).toMatchObject({
      managers: [
        { name: 'husky', file: '.husky/pre-commit', snippet: expect.stringContaining('hooks/pre-commit') },
        { ...lefthook, snippet: null },
      ],
    })
    expect(await uninstallHook(repository.path)).toMatchObject({ kind: 'absent', managers: [lefthook] })
  })

  it('gets a command that both its file and the shell read as one word', async () => {
    const repository = makeRepository()
    repository.write('lefthook.yml', '')
    const outcome = await installHook(repository.path, "/it's a folder")
    const [lefthook] = outcome.kind === 'managed' ? outcome.managers : []
    const { run } = parse(lefthook!.snippet!)['pre-commit'].commands.sealward
    const [word, ...rest] = runProgram('sh', ['-c', `printf '%s\\n' ${run}`]).stdout.split('\n')
    expect([word, rest]).toEqual(["/it's a folder/hooks/pre-commit", ['']])
  })

  it('gets a line for each hook that its files lack', async () => {
    const repository = makeRepository()
    repository.write('.husky/pre-commit', 'node_modules/sealward/hooks/pre-commit\n')
    repository.write(
      'lefthook.yml',
      'pre-commit: {commands: {sealward: {run: node_modules/sealward/hooks/pre-commit}}}\n',
    )
    repository.write('.pre-commit-config.yaml', '# - id: sealward\n# - id: sealward-commit-msg\n')
    const outcome = await installHook(repository.path, '/s', HOOKS)
    const managers = outcome.kind === 'managed' ? outcome.managers : []
    expect(managers.slice(0, 4).map(({ file, snippet }) => [file, snippet])).toEqual([
      ['.husky/pre-commit', null],
      ['.husky/pre-merge-commit', '/s/hooks/pre-merge-commit\n'],
      ['.husky/commit-msg', '/s/hooks/commit-msg "$@"\n'],
      ['.husky/pre-push', '/s/hooks/pre-push "$@"\n'],
    ])
    const [lefthook, preCommit] = managers.slice(4).map(({ snippet }) => parse(snippet!))
    expect(lefthook).toEqual({
      'pre-merge-commit': { commands: { sealward: { run: '/s/hooks/pre-merge-commit' } } },
      'commit-msg': { commands: { sealward: { run: '/s/hooks/commit-msg {1}' } } },
      'pre-push': { commands: { sealward: { use_stdin: true, run: '/s/hooks/pre-push {1}' } } },
    })
    expect(preCommit).toEqual({
      default_install_hook_types: ['pre-merge-commit', 'pre-push'],
      repos: [expect.objectContaining({ hooks: [{ id: 'sealward' }, { id: 'sealward-pre-push' }] })],
    })
  })

  it("gets the path of the repository's own package where there is one", async () => {
    const repository = makeRepository()
    repository.write('.husky/pre-commit', '')
    const stored = join(repository.path, 'node_modules/.pnpm/sealward@1.2.3/node_modules/sealward')
    expect(await installHook(repository.path, stored)).toMatchObject({
      managers: [{ snippet: 'node_modules/sealward/hooks/pre-commit\n' }],
    })
    expect(await installHook(repository.path, repository.path)).toMatchObject({
      managers: [{ snippet: 'hooks/pre-commit\n' }],
    })
  })
})
