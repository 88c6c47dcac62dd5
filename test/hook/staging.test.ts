import { readFileSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type GitRepository, makeRepository, randomSecret } from '../support/git-repository.ts'
import { commit, commitBefore, makeHookedRepository } from '../support/hooked-repository.ts'
import { armored, pemKeys } from '../support/private-keys.ts'

/**
 * The staging cases in which scanners of diffs and of working trees go wrong, each with real git and the installed hook. The
 * secret is a private key, so that what is judged is the content.
 */
const key = pemKeys().EC!
const other = pemKeys().RSA!
const text = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('')

const BLOCK = 1
const ALLOW = 0

/** Sets the stage; what is committed then is judged. */
type Stage = (repository: GitRepository) => void

const cases: readonly (readonly [title: string, expected: number, stage: Stage])[] = [
  [
    'a staged secret whose working tree is clean',
    BLOCK,
    (r) => {
      r.stage('a.txt', key)
      r.write('a.txt', 'clean\n')
    },
  ],
  [
    'a secret in the working tree alone',
    ALLOW,
    (r) => {
      r.stage('a.txt', 'clean\n')
      r.write('a.txt', key)
    },
  ],
  ['a blank in the name', BLOCK, (r) => r.stage('with a blank.txt', key)],
  ['letters outside ASCII in the name', BLOCK, (r) => r.stage('größe 鍵.txt', key)],
  ['a line end in the name', BLOCK, (r) => r.stage('new\nline.txt', key)],
  ['a tab and quotes in the name', BLOCK, (r) => r.stage('"tab\t".txt', key)],
  [
    'the attribute -diff',
    BLOCK,
    (r) => {
      r.stage('.gitattributes', '*.txt -diff\n')
      r.stage('a.txt', key)
    },
  ],
  [
    'the attribute binary',
    BLOCK,
    (r) => {
      r.stage('.gitattributes', '*.txt binary\n')
      r.stage('a.txt', key)
    },
  ],
  [
    'a textconv driver',
    BLOCK,
    (r) => {
      r.stage('.gitattributes', '*.txt diff=hide\n')
      r.git('config', 'diff.hide.textconv', 'true')
      r.stage('a.txt', key)
    },
  ],
  ['UTF-16LE', BLOCK, (r) => r.stage('a.txt', Buffer.from(`\uFEFF${key}`, 'utf16le'))],
  ['text followed by NULs', BLOCK, (r) => r.stage('a.txt', `${key}\0\0\0`)],
  [
    'a rename with a secret added',
    BLOCK,
    (r) => {
      r.stage('old.txt', text)
      commitBefore(r)
      r.git('mv', 'old.txt', 'new.txt')
      r.stage('new.txt', text + key)
    },
  ],
  [
    'a small file renamed with a secret added',
    BLOCK,
    (r) => {
      r.stage('old.txt', 'one line\n')
      commitBefore(r)
      r.git('mv', 'old.txt', 'new.txt')
      r.stage('new.txt', `one line\n${key}`)
    },
  ],
  [
    'a pure rename of an old secret',
    ALLOW,
    (r) => {
      r.stage('old.txt', key)
      commitBefore(r)
      r.git('mv', 'old.txt', 'new.txt')
    },
  ],
  [
    'a rename and an edit beside an old secret',
    ALLOW,
    (r) => {
      r.stage('old.txt', key)
      commitBefore(r)
      r.git('mv', 'old.txt', 'new.txt')
      r.stage('new.txt', `above\r\n${key.replaceAll('\n', '\r\n')}`)
    },
  ],
  [
    'an edit beside an old secret',
    ALLOW,
    (r) => {
      r.stage('a.txt', `${text}${key}`)
      commitBefore(r)
      r.stage('a.txt', `edited\n${text}${key}more\n`)
    },
  ],
  [
    'a second secret beside an old one',
    BLOCK,
    (r) => {
      r.stage('a.txt', key)
      commitBefore(r)
      r.stage('a.txt', `${key}${other}`)
    },
  ],
  [
    'a copy of an old secret',
    BLOCK,
    (r) => {
      r.stage('a.txt', key)
      commitBefore(r)
      r.stage('b.txt', key)
    },
  ],
  [
    'an old secret made executable',
    ALLOW,
    (r) => {
      r.stage('a.txt', key)
      commitBefore(r)
      r.git('update-index', '--chmod=+x', 'a.txt')
    },
  ],
  [
    'a secret taken out',
    ALLOW,
    (r) => {
      r.stage('a.txt', key)
      commitBefore(r)
      r.stage('a.txt', 'clean\n')
    },
  ],
  [
    'a file with a secret removed',
    ALLOW,
    (r) => {
      r.stage('a.txt', key)
      commitBefore(r)
      r.git('rm', '--quiet', '--cached', 'a.txt')
    },
  ],
  [
    'a secret in the target of a link',
    BLOCK,
    (r) => {
      symlinkSync(
        armored('-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----').replaceAll('/', '+'),
        `${r.path}/link`,
      )
      r.git('add', 'link')
    },
  ],
  [
    'a file that becomes a link, and the other way round',
    BLOCK,
    (r) => {
      symlinkSync('target', `${r.path}/a.txt`)
      r.git('add', 'a.txt')
      commitBefore(r)
      r.git('rm', '--quiet', 'a.txt')
      r.stage('a.txt', key)
    },
  ],
  [
    'the pointer of a submodule alone',
    ALLOW,
    (r) => {
      const inner = makeRepository()
      inner.stage('a.txt', key)
      commitBefore(inner)
      r.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'module')
    },
  ],
  [
    'color.ui=always',
    BLOCK,
    (r) => {
      r.git('config', 'color.ui', 'always')
      r.stage('a.txt', key)
    },
  ],
  [
    'diff.noprefix',
    BLOCK,
    (r) => {
      r.git('config', 'diff.noprefix', 'true')
      r.stage('a.txt', key)
    },
  ],
  [
    'diff.external',
    BLOCK,
    (r) => {
      r.git('config', 'diff.external', '/bin/true')
      r.stage('a.txt', key)
    },
  ],
  ['a plain secret', BLOCK, (r) => r.stage('a.txt', key)],
  ['CRLF', BLOCK, (r) => r.stage('a.txt', key.replaceAll('\n', '\r\n'))],
  [
    'CRLF that git converts',
    BLOCK,
    (r) => {
      r.stage('.gitattributes', '* text=auto eol=crlf\n')
      r.stage('a.txt', key.replaceAll('\n', '\r\n'))
    },
  ],
  [
    'a filter that cleans on the way in',
    ALLOW,
    (r) => {
      r.git('config', 'filter.cut.clean', 'head -n 1')
      r.stage('.gitattributes', '*.txt filter=cut\n')
      r.stage('a.txt', key)
    },
  ],
  [
    'a filter that would hide it on the way out',
    BLOCK,
    (r) => {
      r.git('config', 'filter.cut.smudge', 'head -n 1')
      r.stage('.gitattributes', '*.txt filter=cut\n')
      r.stage('a.txt', key)
    },
  ],
  [
    'intent-to-add, with something else staged',
    ALLOW,
    (r) => {
      r.write('later.txt', key)
      r.git('add', '--intent-to-add', 'later.txt')
      r.stage('a.txt', 'clean\n')
    },
  ],
  [
    'a file that git is told to leave alone in the working tree',
    BLOCK,
    (r) => {
      r.stage('a.txt', 'clean\n')
      commitBefore(r)
      r.stage('a.txt', key)
      r.git('update-index', '--assume-unchanged', 'a.txt')
    },
  ],
  [
    'a sparse checkout without the file',
    BLOCK,
    (r) => {
      r.stage('kept/a.txt', 'clean\n')
      commitBefore(r)
      r.git('sparse-checkout', 'set', 'kept')
      const id = r.tryGit(['hash-object', '-w', '--stdin'], { input: key }).stdout.trim()
      r.git('update-index', '--add', '--cacheinfo', `100644,${id},left/a.txt`)
    },
  ],
]

describe.each([
  ['read by the hook itself', {}],
  // A variable that the hook does not know: what it says of the repository, git knows.
  ['read by git', { GIT_UNHEARD_OF: '1' }],
])('%s, a commit with', (__, env) => {
  it.each(cases)('%s', async (_, expected, stage) => {
    const repository = await makeHookedRepository()
    stage(repository)
    const run = commit(repository, [], { env })
    expect([run.status, run.stderr]).toEqual([
      expected,
      expect.stringMatching(/ looked at in \d+ ms, |: no staged files to look at/),
    ])
  })
})

describe('a .env by its name', () => {
  const value = `KEY=${randomSecret()}\n`

  it.each([
    ['renamed from another .env passes', '.env', '.env.local', ALLOW],
    ['renamed from a name that is none is refused', 'settings.txt', '.env', BLOCK],
    ['renamed from an example is refused', '.env.example', '.env', BLOCK],
    ['renamed to an example passes', '.env', '.env.example', ALLOW],
  ])('%s', async (_, from, to, expected) => {
    const repository = await makeHookedRepository()
    repository.stage(from, value)
    commitBefore(repository)
    repository.git('mv', from, to)
    expect(commit(repository).status).toBe(expected)
  })

  it('stays refused when it is edited, however it got in', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', value)
    commitBefore(repository)
    repository.stage('.env', `${value}# edited\n`)
    expect(commit(repository).status).toBe(BLOCK)
  })

  it('passes when it is a link', async () => {
    const repository = await makeHookedRepository()
    symlinkSync('../shared/.env', `${repository.path}/.env`)
    repository.git('add', '.env')
    expect(commit(repository).status).toBe(ALLOW)
  })

  it('is refused when its name is not UTF-8', async () => {
    const repository = await makeHookedRepository()
    const id = repository.tryGit(['hash-object', '-w', '--stdin'], { input: value }).stdout.trim()
    const record = Buffer.concat([Buffer.from(`100644 ${id}\t`), Buffer.from([0xff]), Buffer.from('.env\0')])
    repository.tryGit(['update-index', '-z', '--index-info'], { input: record })
    const run = commit(repository)
    expect([run.status, run.stderr]).toEqual([BLOCK, expect.stringContaining('\uFFFD.env:1: one value in plain text')])
  })
})

it('a refusal tells nothing of the secret, and nothing that a terminal would obey', async () => {
  const repository = await makeHookedRepository()
  const secret = randomSecret()
  repository.stage('evil\u001b]0;x\u0007\n.env', `KEY=${secret}\n`)
  repository.stage('k.pem', key)
  const { stderr } = commit(repository)
  expect(stderr).not.toContain(secret)
  expect(stderr).not.toContain(key.split('\n')[1]!.slice(0, 16))
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  expect(readFileSync(`${repository.path}/k.pem`, 'utf8')).toBe(key)
})
