import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  makeRepository,
  type Run,
  type RunOptions,
  randomSecret,
  runProgram,
  temporaryFolder,
} from '../support/git-repository.ts'
import { commit, commitBefore, makeHookedRepository, shipped } from '../support/hooked-repository.ts'
import { pemKeys } from '../support/private-keys.ts'
import { madeToken } from '../support/token.ts'

const secret = `KEY=${randomSecret()}\n`

function hook(folder: string, args: readonly string[], options: RunOptions = {}): Run {
  return runProgram(process.execPath, [shipped.program, ...args], { cwd: folder, ...options })
}

function policy(...allowances: readonly string[]): string {
  return `hook:\n  allow:\n${allowances.map((allowance) => `    - ${allowance}\n`).join('')}`
}

describe('the hook ends with', () => {
  it('0 on a clean commit, and says what it looked at', () => {
    const repository = makeRepository()
    repository.stage('a.txt', 'clean')
    expect(hook(repository.path, ['pre-commit'])).toEqual({
      status: 0,
      stdout: '',
      stderr: expect.stringMatching(/^sealward: 1 staged file looked at in \d+ ms, nothing to refuse\n$/),
    })
  })

  it('1 on a finding', () => {
    const repository = makeRepository()
    repository.stage('.env', secret)
    expect(hook(repository.path, ['pre-commit'])).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^\.env:1: one value in plain text \[plaintext-dotenv\]\n {2}fix: sealward protect \.env\nsealward: 1 staged file looked at in \d+ ms, 1 finding: refused\n {2}A false alarm/,
      ),
    })
  })

  it.each([
    ['without the name of a hook', []],
    ['with the name of another', ['post-merge']],
    ['with a flag', ['--help']],
  ])('2 %s', (_, args) => {
    const run = hook(makeRepository().path, args)
    expect([run.status, run.stderr]).toEqual([
      2,
      expect.stringContaining(
        '[usage]\n  sealward has these hooks: pre-commit, pre-merge-commit, commit-msg, pre-push\n',
      ),
    ])
  })

  it('2 outside a repository, and when git is not there', () => {
    expect(hook(temporaryFolder(), ['pre-commit'])).toMatchObject({ status: 2 })
    const run = hook(makeRepository().path, ['pre-commit'], { env: { PATH: '/no/such/folder' } })
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('git was not found [git]')])
  })

  it('2 when the index cannot be read, or names what git does not have', () => {
    const broken = makeRepository()
    broken.write('.git/index', 'no index')
    expect(hook(broken.path, ['pre-commit'])).toMatchObject({ status: 2 })
    const lacking = makeRepository()
    lacking.git('update-index', '--add', '--cacheinfo', `100644,${'1'.repeat(40)},a.txt`)
    const run = hook(lacking.path, ['pre-commit'])
    expect([run.status, run.stderr]).toEqual([
      2,
      expect.stringContaining('a.txt: git does not have the staged content'),
    ])
  })
})

describe('files named on the command line, as managers of hooks do', () => {
  it('are judged as the index has them, staged or not', () => {
    const repository = makeRepository()
    repository.stage('.env', secret)
    repository.stage('a.txt', 'clean')
    commitBefore(repository)
    expect(hook(repository.path, ['pre-commit'])).toMatchObject({
      status: 0,
      stderr: 'sealward: no staged files to look at\n',
    })
    const all = hook(repository.path, ['pre-commit', '.env', 'a.txt'])
    expect([all.status, all.stderr]).toEqual([1, expect.stringContaining('sealward: 2 named files looked at')])
    repository.write('.env', 'KEY=\n')
    expect(hook(repository.path, ['pre-commit', '.env']).status).toBe(1)
    repository.stage('.env', 'KEY=\n')
    expect(hook(repository.path, ['pre-commit', '.env']).status).toBe(0)
  })

  it('leave the others alone', () => {
    const repository = makeRepository()
    repository.stage('.env', secret)
    repository.stage('a.txt', 'clean')
    expect(hook(repository.path, ['pre-commit', 'a.txt']).status).toBe(0)
  })

  it('may be called anything', () => {
    const repository = makeRepository()
    for (const name of ['-n.env', '--help', 'a b.env', ':(top)x.env', '*.env']) repository.stage(name, secret)
    expect(hook(repository.path, ['pre-commit', '--help', '-n.env', 'a b.env', ':(top)x.env']).stderr).toContain(
      '4 findings',
    )
  })

  it('never pass when none of them is in the index', () => {
    const repository = makeRepository()
    repository.write('.env', secret)
    const run = hook(repository.path, ['pre-commit', '.env'])
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('so nothing was looked at [not-found]')])
  })
})

describe('rules of sealward.yml', () => {
  const rules = `scan:
  rules:
    - id: shop-session
      what: a session token of our shop
      keywords: [shop_sess_]
      pattern: shop_sess_[0-9a-f]{40}
      severity: high
      confidence: high
      advice: End the session in the shop's console.
      hits: ["SESSION=shop_sess_{hex:40}"]
      misses: ["shop_sess_id"]
`
  const session = `shop_sess_${randomBytes(20).toString('hex')}`

  it('count for a commit, from the index: its files and its message', async () => {
    const repository = await makeHookedRepository(undefined, ['pre-commit', 'commit-msg'])
    repository.write('sealward.yml', rules)
    repository.stage('a.txt', `${session}\n`)
    expect(commit(repository).status).toBe(0)
    repository.git('add', 'sealward.yml')
    repository.write('sealward.yml', '')
    repository.stage('b.txt', `${session}\n`)
    const refused = commit(repository)
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining(
        "b.txt:1: a session token of our shop [shop-session]\n  fix: End the session in the shop's",
      ),
    ])
    repository.git('rm', '--quiet', '--cached', 'b.txt')
    const message = repository.tryGit(['commit', '--quiet', '--message', session])
    expect([message.status, message.stderr]).toEqual([1, expect.stringContaining('(commit message):1: ')])
  })

  it('that cannot be read refuse the commit, be there a secret or not', () => {
    const repository = makeRepository()
    repository.stage('sealward.yml', 'scan:\n  rules: [{}]\n')
    const run = hook(repository.path, ['pre-commit'])
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('[policy-invalid]')])
  })
})

describe('an allowance that somebody may have counted on', () => {
  it('is named when it has expired, or names a rule that there is not, or gives no reason', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    repository.stage('a.pem', `${pemKeys().EC}\n# sealward:allow private-key\n`)
    repository.stage(
      'sealward.yml',
      policy(
        '{ path: .env, reason: r, expires: 2020-01-01 }',
        '{ path: other/**, reason: r, expires: 2020-01-02 }',
        '{ path: .env, rule: plaintext-dotnev, reason: r }',
        '{ path: other/**, rule: aws-secret-access-key, reason: r }',
      ),
    )
    const { status, stderr } = commit(repository)
    expect([status, stderr.split('\n').filter((line) => line.includes('to mend'))]).toEqual([
      1,
      [
        expect.stringMatching(/^a\.pem:\d+: an allowance to mend: the comment gives no reason$/),
        'sealward.yml:3: an allowance to mend: the allowance has expired on 2020-01-01',
        'sealward.yml:5: an allowance to mend: it names a rule that there is not',
      ],
    ])
  })
})

describe('the allowances of a scan', () => {
  it('count for a commit too: a comment with a reason, scan.disable, scan.ignore, scan.fail-on', async () => {
    const repository = await makeHookedRepository()
    repository.stage('a.txt', `token: ${madeToken()}\n`)
    expect(commit(repository).status).toBe(1)
    repository.stage('a.txt', `token: ${madeToken()} # sealward:allow * made up for a test\n`)
    const allowed = commit(repository)
    expect([allowed.status, allowed.stderr]).toEqual([0, expect.stringContaining('made up for a test')])
    for (const scan of [
      'disable: [{ rule: github-pat, reason: not ours }]',
      'ignore: [{ path: "*.txt", reason: not ours }]',
    ]) {
      repository.stage('b.txt', `token: ${madeToken()}\n`)
      repository.stage('sealward.yml', `scan: { ${scan} }`)
      expect(commit(repository).status).toBe(0)
    }
  })
})

describe('hook.allow of sealward.yml', () => {
  it('lets a finding pass, with its reason', async () => {
    const repository = await makeHookedRepository()
    repository.stage('test/.env', secret)
    repository.stage('.env', secret)
    repository.stage('sealward.yml', policy('{ path: test/**, rule: plaintext-dotenv, reason: made up for tests }'))
    const refused = commit(repository)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('1 finding: refused, 1 allowed')
    repository.git('rm', '--quiet', '--cached', '.env')
    const passed = commit(repository)
    expect(passed.status).toBe(0)
    expect(passed.stderr).toContain('test/.env: plaintext-dotenv is allowed: made up for tests\n')
  })

  it('is taken from the commit, not from the working tree', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    repository.write('sealward.yml', policy('{ path: .env, reason: not staged }'))
    expect(commit(repository).status).toBe(1)
    repository.git('add', 'sealward.yml')
    repository.write('sealward.yml', '')
    expect(commit(repository).status).toBe(0)
  })

  it('covers the rule it names and no other, and not past its day', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    repository.stage(
      'sealward.yml',
      policy('{ path: .env, rule: private-key, reason: r }', '{ path: .env, reason: r, expires: 2020-01-01 }'),
    )
    expect(commit(repository).status).toBe(1)
  })

  it('is found as the refusal prints it', async () => {
    for (const name of ['.env', 'a b/[id].env', '!(x){y}.env', 'q".env', 'größe\n.env']) {
      const repository = await makeHookedRepository()
      repository.stage(name, secret)
      const { stderr } = commit(repository)
      repository.stage('sealward.yml', stderr.slice(stderr.indexOf('    hook:')).replace(/^ {4}/gm, ''))
      expect(commit(repository)).toMatchObject({ status: 0 })
    }
  })

  it('that cannot be read refuses the commit, and says where', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    repository.stage('sealward.yml', 'hook:\n  alow: []\n')
    expect(commit(repository).status).toBe(1)
    const run = hook(repository.path, ['pre-commit'])
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/: sealward\.yml:2: .*\[policy-invalid\]\n$/)])
  })
})
