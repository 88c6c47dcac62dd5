import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFiles } from '../../../src/adapters/files/files.ts'
import { openRepository } from '../../../src/adapters/git/porcelain.ts'
import { openStaged } from '../../../src/adapters/git/staged.ts'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { encryptNew } from '../../../src/core/envelope/encrypt.ts'
import { isEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { DEFAULT_RULE } from '../../../src/core/envelope/values/rule.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { type ProtectOutcome, protect } from '../../../src/tasks/files/protect.ts'
import { type GitRepository, inFolder, makeRepository, randomSecret } from '../../support/git-repository.ts'
import { commit, commitBefore, makeHookedRepository } from '../../support/hooked-repository.ts'

const secret = randomSecret()
const plain = `KEY=${secret}\n`

/** Protects files as they are typed in a folder; what was encrypted is told by `plaintexts`. */
async function run(repository: GitRepository, typed: readonly string[] = [], folder = repository.path) {
  const plaintexts: string[] = []
  const recipients = [await recipientOf(await generateIdentity('x25519'))]
  const outcomes = await inFolder(folder, async () => {
    const { top, index, ignored, locate } = await openRepository(folder)
    const files = openFiles()
    return protect<number>(
      { files: typed.map(locate), top },
      {
        ...{ staged: openStaged(), index, ignored, files },
        clock: { now: () => new Date() },
        async encryptTo(path, plaintext) {
          plaintexts.push(Buffer.from(plaintext).toString())
          const document = parseDotenv(plaintext)
          const file = await encryptNew(
            document,
            { recipients, rule: DEFAULT_RULE, macOnlyEncrypted: false },
            new Date(),
          )
          await files.write(path, printEncryptedFile(file), {})
          return plaintexts.length
        },
      },
    )
  })
  return { outcomes, plaintexts }
}

function failures(outcomes: readonly ProtectOutcome<number>[]): unknown[] {
  return outcomes.map((outcome) => (outcome.kind === 'failed' ? [outcome.file, outcome.error.code] : outcome.file))
}

const read = (repository: GitRepository, file: string) => readFileSync(join(repository.path, file), 'utf8')
const gitignore = (repository: GitRepository) => read(repository, '.gitignore')

describe('protecting', () => {
  it('is the way out of a refused commit', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', plain)
    repository.stage('a.txt', 'clean')
    expect(commit(repository).status).toBe(1)
    const { outcomes } = await run(repository, ['.env'])
    expect(outcomes).toEqual([
      {
        kind: 'protected',
        file: '.env',
        output: '.env.encrypted',
        summary: 1,
        source: 'staged',
        diskDiffers: false,
        inHistory: false,
        ignored: 'staged',
      },
    ])
    expect(commit(repository).status).toBe(0)
    expect(repository.tracked()).toEqual(['.env.encrypted', '.gitignore', 'a.txt'])
    expect(read(repository, '.env')).toBe(plain)
    expect(gitignore(repository)).toBe('/.env\n')
    expect(isEncryptedFile(readFileSync(join(repository.path, '.env.encrypted')))).toBe(true)
    expect(repository.git('status', '--porcelain')).toBe('')
    expect(repository.git('log', '--all', '-p')).not.toContain(secret)
  })

  it('without a file takes every staged .env in plain text, and nothing else', async () => {
    const repository = makeRepository()
    for (const file of ['.env', 'b/prod.env', 'b/x.env.example']) repository.stage(file, plain)
    repository.stage('empty.env', 'KEY=\n')
    repository.stage('kept.env', plain)
    repository.stage('sealward.yml', 'hook: {allow: [{path: kept.env, reason: public}]}\n')
    repository.write('unstaged.env', plain)
    const { outcomes } = await run(repository)
    expect(outcomes.map(({ file }) => file)).toEqual(['.env', 'b/prod.env'])
    expect(repository.tracked()).not.toContain('b/prod.env')
    expect(repository.tracked()).toContain('kept.env')
    expect((await run(repository)).outcomes).toEqual([])
  })

  it('encrypts what is staged, not what is on disk, and says that they differ', async () => {
    const repository = makeRepository()
    repository.stage('.env', plain)
    repository.write('.env', 'KEY=newer\n')
    const { outcomes, plaintexts } = await run(repository)
    expect(plaintexts).toEqual([plain])
    expect(outcomes).toMatchObject([{ source: 'staged', diskDiffers: true }])
    expect(read(repository, '.env')).toBe('KEY=newer\n')
  })

  it('encrypts what is on disk of a file that is not staged', async () => {
    const repository = makeRepository()
    repository.stage('old.env', plain)
    commitBefore(repository)
    repository.write('old.env', 'KEY=newer\n')
    repository.write('new.env', plain)
    const { outcomes, plaintexts } = await run(repository, ['old.env', 'new.env'])
    expect(plaintexts).toEqual(['KEY=newer\n', plain])
    expect(outcomes).toMatchObject([
      { source: 'disk', inHistory: true },
      { source: 'disk', inHistory: false },
    ])
    expect(repository.tracked()).toEqual(['.gitignore', 'new.env.encrypted', 'old.env.encrypted'])
  })

  it('says when HEAD has the plaintext, and not when HEAD has another .env', async () => {
    const repository = makeRepository()
    repository.stage('a.env', plain)
    repository.stage('b.env', 'KEY=changeme\n')
    commitBefore(repository)
    repository.stage('a.env', `${plain}MORE=1\n`)
    repository.stage('b.env', plain)
    expect((await run(repository)).outcomes).toMatchObject([{ inHistory: true }, { inHistory: false }])
    expect(repository.git('diff', '--cached', '--name-status', '--', 'a.env', 'b.env')).toBe('D\ta.env\nD\tb.env\n')
  })

  it('encrypts over an encrypted file that is there', async () => {
    const repository = makeRepository()
    repository.stage('.env', plain)
    await run(repository)
    const first = read(repository, '.env.encrypted')
    repository.stage('.env', `${plain}MORE=1\n`)
    expect((await run(repository)).outcomes).toMatchObject([{ kind: 'protected', ignored: 'before' }])
    expect(read(repository, '.env.encrypted')).not.toBe(first)
    expect(gitignore(repository)).toBe('/.env\n')
  })

  it('stages the encrypted file though a pattern ignores it', async () => {
    const repository = makeRepository()
    repository.stage('.gitignore', '.env*\n')
    repository.stage('.env', plain)
    expect((await run(repository)).outcomes).toMatchObject([{ ignored: 'before' }])
    expect(repository.tracked()).toEqual(['.env.encrypted', '.gitignore'])
  })

  it('takes files as they are typed in a folder below, and none outside', async () => {
    const repository = makeRepository()
    repository.stage('sub/deep/.env', plain)
    repository.stage('.env', plain)
    const { outcomes } = await run(repository, ['deep/.env', '../.env'], join(repository.path, 'sub'))
    expect(outcomes.map(({ file }) => file)).toEqual(['sub/deep/.env', '.env'])
    await expect(run(repository, ['../../x.env'], join(repository.path, 'sub'))).rejects.toMatchObject({
      code: 'usage',
    })
    expect((await run(repository, [join(repository.path, '.env')])).outcomes).toMatchObject([{ file: '.env' }])
  })

  it.each([
    'with blank.env',
    '[a]*?.env',
    '!x.env',
    '#x.env',
    'back\\slash.env',
    '-n.env',
    ':(top).env',
    'größe.env',
    'ends .env ',
    'new\nline.env',
  ])('takes any name: %j', async (file) => {
    const repository = makeRepository()
    repository.stage(file, plain)
    repository.stage('other.txt', 'other')
    const { outcomes } = await run(repository, [file])
    expect(outcomes).toMatchObject([{ kind: 'protected', file, ignored: 'staged' }])
    expect(new Set(repository.tracked())).toEqual(new Set(['.gitignore', 'other.txt', `${file}.encrypted`]))
    expect(existsSync(join(repository.path, file))).toBe(true)
    expect(repository.git('status', '--porcelain', '--untracked-files=all')).not.toContain('?? ')
  })
})

describe('protecting leaves', () => {
  it("the user's own edits of .gitignore unstaged", async () => {
    const repository = makeRepository()
    repository.stage('.gitignore', 'a\n')
    repository.write('.gitignore', 'a\nmine')
    repository.stage('.env', plain)
    expect((await run(repository)).outcomes).toMatchObject([{ ignored: 'unstaged' }])
    expect(gitignore(repository)).toBe('a\nmine\n/.env\n')
    expect(repository.git('show', ':.gitignore')).toBe('a\n')
  })

  it('the line ends and the bytes of .gitignore as they are', async () => {
    const repository = makeRepository()
    const before = Buffer.from('a\r\n\xe9', 'latin1')
    repository.stage('.gitignore', before)
    repository.stage('.env', plain)
    await run(repository)
    const after = readFileSync(join(repository.path, '.gitignore'))
    expect(after.toString('latin1')).toBe('a\r\n\xe9\r\n/.env\r\n')
  })

  it('other staged changes staged, and other edits unstaged', async () => {
    const repository = makeRepository()
    repository.stage('a.txt', '1')
    commitBefore(repository)
    repository.stage('a.txt', '2')
    repository.write('a.txt', '3')
    repository.stage('.env', plain)
    await run(repository)
    expect(repository.git('show', ':a.txt')).toBe('2')
    expect(read(repository, 'a.txt')).toBe('3')
  })

  it('everything as it was when a file cannot be encrypted, and goes on to the next', async () => {
    const repository = makeRepository()
    repository.stage('bad.env', `KEY="${secret}\n`)
    repository.stage('.envrc', `export KEY=${secret}\n`)
    repository.stage('good.env', plain)
    const { outcomes } = await run(repository)
    expect(failures(outcomes)).toEqual([['.envrc', 'unsupported'], ['bad.env', 'dotenv-syntax'], 'good.env'])
    expect(repository.tracked()).toEqual(['.envrc', '.gitignore', 'bad.env', 'good.env.encrypted'])
    expect(existsSync(join(repository.path, 'bad.env.encrypted'))).toBe(false)
    expect(gitignore(repository)).toBe('/good.env\n')
  })

  it('a file alone that is not there, or is encrypted already', async () => {
    const repository = makeRepository()
    repository.stage('.env', plain)
    await run(repository)
    const { outcomes } = await run(repository, ['none.env', '.env.encrypted'])
    expect(failures(outcomes)).toEqual([
      ['none.env', 'not-found'],
      ['.env.encrypted', 'exists'],
    ])
  })

  it('a path to be ignored that a pattern below takes in again, and says so', async () => {
    const repository = makeRepository()
    repository.stage('sub/.gitignore', '!.env\n')
    repository.stage('sub/.env', plain)
    expect((await run(repository)).outcomes).toMatchObject([{ kind: 'protected', ignored: 'not' }])
  })

  it('no secret in what it says', async () => {
    const repository = makeRepository()
    repository.stage('bad.env', `${secret}\n`)
    const { outcomes } = await run(repository)
    expect(outcomes[0]).toMatchObject({ kind: 'failed', error: expect.any(SealwardError) })
    expect(JSON.stringify(outcomes)).not.toContain(secret)
  })
})
