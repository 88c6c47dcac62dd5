import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type GitRepository, makeRepository, type Run, runProgram, temporaryFolder } from '../support/git-repository.ts'
import { makeHookedRepository, shipped } from '../support/hooked-repository.ts'
import { armored } from '../support/private-keys.ts'
import { madeToken } from '../support/token.ts'

const hooked = () => makeHookedRepository(undefined, ['commit-msg'])
const token = madeToken()

/** Commits, with what an editor leaves in the file: what git put there is behind it. */
function edit(repository: GitRepository, text: string, args: readonly string[] = []): Run {
  const folder = temporaryFolder()
  const editor = join(folder, 'editor')
  writeFileSync(join(folder, 'text'), text)
  writeFileSync(editor, `#!/bin/sh\ncat '${folder}/text' "$1" > '${folder}/both' && cp '${folder}/both' "$1"\n`)
  chmodSync(editor, 0o755)
  return repository.tryGit(['commit', '--allow-empty', ...args], { env: { GIT_EDITOR: editor } })
}

function say(repository: GitRepository, message: string, config: readonly string[] = []): Run {
  const options = config.flatMap((setting) => ['-c', setting])
  return repository.tryGit([...options, 'commit', '--quiet', '--allow-empty', '--message', message])
}

describe('a message', () => {
  it('without a secret is committed, and it is said that it was looked at', async () => {
    const repository = await hooked()
    expect(say(repository, 'Add the mailer\n\nIt sends mail.')).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^sealward: 1 commit message looked at in \d+ ms, nothing to refuse\n$/),
    })
  })

  it('with a secret is refused with its line, and with the way to mend it, which works', async () => {
    const repository = await hooked()
    const { status, stderr } = say(repository, `Add the mailer\n\nIt has ${token} now.`)
    expect(status).toBe(1)
    expect(stderr).toContain('(commit message):3: a GitHub personal access token')
    expect(stderr).not.toContain(token)
    const command = /^ {4}(git commit .*)$/m.exec(stderr)![1]!
    const env = { GIT_EDITOR: `sed -i 's/${token}/nothing/'` }
    expect(
      runProgram('sh', ['-c', command.replace('commit', 'commit --allow-empty')], { cwd: repository.path, env }),
    ).toMatchObject({
      status: 0,
    })
    expect(repository.git('log', '-1', '--format=%B')).toContain('It has nothing now.')
  })

  it.each([
    ['a private key', armored('-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----')],
    ['a password', 'The password: "Tr4verse-orchid!9"'],
  ])('with %s is refused', async (_, text) => {
    expect(say(await hooked(), `Add\n\n${text}`).status).toBe(1)
  })

  it('that is empty is said to be, and never passes as looked at', () => {
    const file = join(temporaryFolder(), 'message')
    writeFileSync(file, ' \n')
    const run = runProgram(process.execPath, [shipped.program, 'commit-msg', file], { cwd: makeRepository().path })
    expect([run.status, run.stderr]).toEqual([0, 'sealward: no commit messages to look at\n'])
  })

  it.each([
    ['without a file', []],
    ['with a file that is not there', ['no such file']],
  ])('%s is not judged, and refused', (_, args) => {
    const run = runProgram(process.execPath, [shipped.program, 'commit-msg', ...args], { cwd: makeRepository().path })
    expect(run.status).toBe(2)
  })

  it('is judged in a linked working tree and from a folder below', async () => {
    const repository = await hooked()
    expect(say(repository, 'first').status).toBe(0)
    const linked = temporaryFolder('linked')
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', linked)
    const run = repository.tryGit(['-C', linked, 'commit', '--quiet', '--allow-empty', '-m', token])
    expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('(commit message):1: ')])
  })
})

describe('of a message, what git will not commit is not judged:', () => {
  it('comments of a message from an editor', async () => {
    const repository = await hooked()
    expect(edit(repository, `Add\n# ${token}\n`).status).toBe(0)
    expect(repository.git('log', '-1', '--format=%B')).not.toContain(token)
    expect(edit(repository, `Add\n ${token}\n`).status).toBe(1)
  })

  it('but those of a message on the command line, which git keeps', async () => {
    const repository = await hooked()
    expect(say(repository, `Add\n\n# ${token}`).status).toBe(1)
    expect(say(repository, `Add\n\n# ${token}`, ['commit.cleanup=strip']).status).toBe(0)
    expect(say(repository, `Add\n\n; ${token}`, ['commit.cleanup=strip', 'core.commentChar=;']).status).toBe(0)
  })

  it('the diff that --verbose shows', async () => {
    const repository = await hooked()
    repository.stage('a.txt', `${token}\n`)
    const run = edit(repository, 'Add\n', ['--verbose'])
    expect(run.status).toBe(0)
    expect(repository.git('log', '-1', '--format=%B')).not.toContain(token)
  })
})

describe('a message is allowed', () => {
  it('by sealward.yml of the index, as the refusal prints it', async () => {
    const repository = await hooked()
    const { stderr } = say(repository, token)
    repository.stage('sealward.yml', stderr.slice(stderr.indexOf('    hook:')).replace(/^ {4}/gm, ''))
    expect(say(repository, token)).toMatchObject({ status: 0, stderr: expect.stringContaining('1 allowed') })
  })

  it('by a comment in it', async () => {
    const message = `Add\n\n${token} sealward:allow * made up for a test`
    expect(say(await hooked(), message)).toMatchObject({ status: 0, stderr: expect.stringContaining('made up') })
  })
})
