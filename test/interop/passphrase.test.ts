import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { generateIdentity, printIdentityFile, recipientOf } from '../../src/core/age/identity.ts'
import { inCI, itWith } from '../peers.ts'
import { type Answer, atTerminal } from '../support/at-terminal.ts'
import { cleanEnv, makeRepository, packageRoot, runProgram, temporaryFolder } from '../support/git-repository.ts'

const CLI = join(packageRoot, 'dist', 'cli.js')
const everything = inCI || process.env.SEALWARD_FULL === '1'
const PHRASE = 'tr\u00e8s secret, 8 words'

/** A key that age put a passphrase on, and a file that it opens. */
async function lockedByAge(
  form: 'armored' | 'binary',
  { age, python }: { readonly age: string; readonly python: string },
) {
  const folder = temporaryFolder('passphrase')
  const { file, recipient, text } = await makeKey(folder)
  const locked = join(folder, 'locked.age')
  const answers: readonly Answer[] = [
    ['passphrase', PHRASE],
    ['onfirm', PHRASE],
  ]
  const command = [age, '-p', ...(form === 'armored' ? ['-a'] : []), '-o', locked, file]
  const { status, shown } = atTerminal(command, answers, { python, env: cleanEnv })
  expect(status, shown).toBe(0)
  writeFileSync(join(folder, 'plain'), 'A=value\n')
  const args = [CLI, 'encrypt', '-r', recipient, '-o', '.env.encrypted', 'plain']
  expect(runProgram(process.execPath, args, { cwd: folder, env: {} }).status).toBe(0)
  return { folder, locked, text }
}

async function makeKey(folder: string) {
  const identity = await generateIdentity('x25519')
  const recipient = await recipientOf(identity)
  const file = join(folder, 'key.txt')
  writeFileSync(file, printIdentityFile(identity, recipient, new Date()), { mode: 0o600 })
  return { file, recipient: recipient.text, text: readFileSync(file, 'utf8') }
}

describe('Ctrl-C at the prompt', () => {
  itWith('python3', 'ends a command that ends in its own time, and nothing that was typed is shown', async (python) => {
    const folder = temporaryFolder('passphrase')
    const { file, recipient } = await makeKey(folder)
    const repository = makeRepository()
    const protectIt = [process.execPath, CLI, 'keys', 'protect', file]
    const twice = [
      ['new passphrase of', PHRASE],
      ['the same again', PHRASE],
    ] as const
    expect(atTerminal(protectIt, twice, { python: python!, env: cleanEnv }).status).toBe(0)
    repository.write(
      'sealward.yml',
      `rotation: { delivery: { mode: commit }, credentials: [{ name: key, path: .env.encrypted, user: U, password: P, driver: command, options: { argv: ["false"] } }] }\n`,
    )
    repository.write('.env', 'P=first\nU=app\n')
    const encrypt = [CLI, 'encrypt', '-r', recipient, '.env']
    expect(runProgram(process.execPath, encrypt, { cwd: repository.path, env: {} }).status).toBe(0)
    repository.git('add', 'sealward.yml', '.env.encrypted')
    repository.git('commit', '--quiet', '-m', 'begin')
    const rotate = `cd '${repository.path}' && exec '${process.execPath}' '${CLI}' rotate secret key`
    const env = { ...cleanEnv, SEALWARD_KEY_FILE: file }
    const { status, shown } = atTerminal(['sh', '-c', rotate], [['passphrase', 'begun\u0003after']], {
      python: python!,
      env,
    })
    expect([status, shown]).toEqual([2, expect.stringContaining('interrupted')])
    expect(shown).not.toMatch(/begun|after/)
  })
})

describe('with the real age', () => {
  itWith(['age', 'python3'], 'it opens a key that we protected, at its own prompt', async (age, python) => {
    const folder = temporaryFolder('passphrase')
    const { file, text } = await makeKey(folder)
    const ours = [process.execPath, CLI, 'keys', 'protect', file]
    const asked = atTerminal(
      ours,
      [
        ['new passphrase of', PHRASE],
        ['the same again', PHRASE],
      ],
      { python: python!, env: cleanEnv },
    )
    expect([asked.status, asked.shown]).toEqual([0, expect.not.stringContaining('8 words')])
    expect([readFileSync(file, 'utf8').includes('AGE-SECRET'), statSync(file).mode & 0o777]).toEqual([false, 0o600])
    const opened = join(folder, 'opened')
    const theirs = atTerminal([age!, '-d', '-o', opened, file], [['passphrase', PHRASE]], {
      python: python!,
      env: cleanEnv,
    })
    expect(theirs.status, theirs.shown).toBe(0)
    expect(readFileSync(opened, 'utf8')).toBe(text)
  })

  for (const form of everything ? (['armored', 'binary'] as const) : (['binary'] as const))
    itWith(['age', 'python3'], `a key that it protected opens files here, ${form}`, async (age, python) => {
      const { folder, locked, text } = await lockedByAge(form, { age: age!, python: python! })
      const sealward = (args: readonly string[], env: NodeJS.ProcessEnv) =>
        runProgram(process.execPath, [CLI, ...args], { cwd: folder, env: { HOME: folder, ...env } })
      const phrase = join(folder, 'phrase')
      writeFileSync(phrase, `${PHRASE}\n`)
      const inVariable = form === 'armored' ? [{ SEALWARD_KEY: readFileSync(locked, 'utf8') }] : []
      for (const key of [{ SEALWARD_KEY_FILE: locked }, { SOPS_AGE_KEY_FILE: locked }, ...inVariable])
        expect(sealward(['get', 'A'], { ...key, SEALWARD_KEY_PASSPHRASE_FILE: phrase }).stdout).toBe('value\n')
      const [given, command] = [['get', 'A', '-i', locked], { SEALWARD_KEY_PASSPHRASE_CMD: `cat '${phrase}'` }]
      expect(sealward(given, command).stdout).toBe('value\n')
      const refused = sealward(given, { CI: 'true' })
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('nobody to ask for it')])
      const answers: readonly Answer[] = [
        ['passphrase of', 'wrong'],
        ['that was wrong', PHRASE],
      ]
      const encrypted = join(folder, '.env.encrypted')
      const asked = [process.execPath, CLI, ...given, '-f', encrypted]
      const typed = atTerminal(asked, answers, { python: python!, env: cleanEnv })
      expect([typed.status, typed.shown]).toEqual([0, expect.stringMatching(/value\r\n$/)])
      expect(sealward(['keys', 'unprotect', locked], { SEALWARD_KEY_PASSPHRASE_FILE: phrase }).status).toBe(0)
      expect(readFileSync(locked, 'utf8')).toBe(text)
    })

  itWith(
    'python3',
    'an interrupt at a question ends the program as it would anywhere, and nothing is written',
    (python) => {
      const back = join(temporaryFolder('shares'), 'back.txt')
      const command = [process.execPath, CLI, 'keys', 'combine', '-o', back]
      const { status } = atTerminal(command, [['share 1, line 1', 'qqqq\u0003']], { python: python!, env: cleanEnv })
      expect([status, existsSync(back)]).toEqual([-2, false])
    },
  )

  itWith('python3', 'shares are typed at a terminal line by line, and a mistyped one is named', async (python) => {
    const folder = temporaryFolder('shares')
    const { file, text } = await makeKey(folder)
    const made = runProgram(
      process.execPath,
      [CLI, 'keys', 'split', '-i', file, '-n', '3', '-t', '2', '-o', join(folder, 'shares')],
      { cwd: folder, env: {} },
    )
    expect(made.status, made.stderr).toBe(0)
    const lines = (number: number) =>
      readFileSync(join(folder, 'shares', `share-${number}-of-3.txt`), 'utf8')
        .split('\n')
        .flatMap((line) => /^[1-4] {2}(.+)$/.exec(line)?.[1] ?? [])
    const [one, three] = [lines(1), lines(3)]
    const wrong = one[1]!.replace(/^./, (letter) => (letter === 'q' ? 'p' : 'q'))
    const back = join(folder, 'back.txt')
    const answers = [
      ['share 1, line 1', one[0]!],
      ['share 1, line 2', wrong],
      ['share 1, line 2', one[1]!.toUpperCase().replaceAll(' ', '')],
      ['share 1, line 3', `${one[2]}\n${one[3]}`],
      ['share 2, line 1', three.join('\n')],
    ] as const
    const { status, shown } = atTerminal([process.execPath, CLI, 'keys', 'combine', '-o', back], answers, {
      python: python!,
      env: cleanEnv,
    })
    expect(status, shown).toBe(0)
    expect(shown).toContain('line 2 of the share is mistyped')
    expect(shown).not.toContain(one[0]!)
    expect(readFileSync(back, 'utf8').split('\n')[2]).toBe(text.split('\n')[2])
  })
})
