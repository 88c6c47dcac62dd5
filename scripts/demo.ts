/**
 * `npm start`: the main job from end to end, for real, in a throw-away repository: a key, a .env encrypted and committed, the built
 * Action decrypting it for a following step with its log masked, and the hook refusing a plaintext secret.
 * `npm start -- path/to/.env` does it with your own file, which is only read.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { startJob } from '../test/action/runner/job.ts'

const root = resolve(import.meta.dirname, '..')
const cli = join(root, 'dist', 'cli.js')
const bold = (text: string) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[0m` : text)

const [source] = process.argv.slice(2)
if (source !== undefined && !existsSync(source)) {
  console.error(`error: ${source}: no such file`)
  process.exit(2)
}

const home = mkdtempSync(join(tmpdir(), 'sealward-demo-'))
try {
  await demonstrate(source === undefined ? null : resolve(source))
} finally {
  rmSync(home, { recursive: true, force: true })
}

async function demonstrate(file: string | null): Promise<void> {
  const repository = prepareRepository(file)
  const shell = openShell(repository)

  chapter('A key. The private half never enters the repository.')
  shell('sealward keygen -o ../key.txt')

  chapter('The .env, encrypted. Names stay readable, values do not.')
  shell('sealward encrypt -r "$(sealward keygen -y ../key.txt)"')
  shell("cut -c 1-72 .env.encrypted | grep -v '^sops_'")

  chapter('The hook goes in, the encrypted file is committed.')
  shell('sealward install')
  shell('git add .env.encrypted .gitignore && git commit -q -m "Add the encrypted environment" && git log --oneline')

  chapter('In CI, the built Action decrypts it. A later step prints everything it got; this is its log.')
  await runJob(repository, readFileSync(join(home, 'key.txt'), 'utf8'))

  chapter('Somebody is in a hurry and commits the plaintext. The hook refuses.')
  shell('git add --force .env && git commit -m "Quick fix"', 1)

  chapter('The way out that it names: encrypted, staged, and no longer tracked. The file on disk stays.')
  shell('SEALWARD_KEY_FILE=../key.txt sealward protect .env')
  shell('git ls-files')
  console.log(`\n${bold('That was real:')} the repository was ${repository}, and is gone now.`)
}

function prepareRepository(file: string | null): string {
  const repository = join(home, 'repository')
  mkdirSync(repository)
  if (file !== null) copyFileSync(file, join(repository, '.env'))
  else writeFileSync(join(repository, '.env'), sampleEnvironment(), { mode: 0o600 })
  writeFileSync(join(repository, '.gitignore'), '.env\n')
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['config', 'user.name', 'Demo'],
    ['config', 'user.email', 'demo@example.invalid'],
    ['config', 'commit.gpgsign', 'false'],
  ])
    spawnSync('git', args, { cwd: repository })
  return repository
}

/** Made up afresh every time: even a sample should not teach people to commit values. */
function sampleEnvironment(): string {
  const word = (bytes: number) => randomBytes(bytes).toString('base64url')
  return [
    '# the application',
    `DATABASE_URL=postgres://app:${word(18)}@db.example.invalid/app`,
    `SESSION_SECRET="${word(32)}"`,
    '',
    "# shown to users, and still nobody else's business",
    'GREETING="Hello, \\"world\\""   # with quotes',
    '',
  ].join('\n')
}

type Shell = (command: string, expected?: number) => void

/** Shows a command and what it says, and stops the demonstration when it ends otherwise than it should. */
function openShell(repository: string): Shell {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'sealward'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`)
  chmodSync(join(bin, 'sealward'), 0o755)
  const path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter)
  return (command, expected = 0) => {
    console.log(`${bold(`$ ${command}`)}`)
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      cwd: repository,
      encoding: 'utf8',
      env: { ...process.env, PATH: path, HOME: home },
    })
    process.stdout.write(`${stdout}${stderr}`)
    if (status !== expected) throw new Error(`the command ended with status ${status}, not ${expected}`)
  }
}

async function runJob(repository: string, key: string): Promise<void> {
  const secret = key.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-'))!
  const job = await startJob({
    action: root,
    reference: 'sealward/sealward@v1',
    workspace: repository,
    secrets: { SEALWARD_KEY: secret },
    github: { sha: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: repository, encoding: 'utf8' }).trim() },
  })
  try {
    await job.uses({ id: 'load', with: { key: secret } })
    const names = Object.keys(job.result.env).filter((name) => name !== 'SEALWARD_EXPORTED')
    const prints = names.map((name) => `echo "${name} is $${name}"`)
    await job.run({
      name: 'Print everything',
      script: [...prints, `printf %s "$${names[0]}" | base64 -w 0`].join('\n'),
    })
    const { log, conclusion } = await job.finish()
    console.log(log.trimEnd())
    if (conclusion !== 'success') throw new Error('the job failed')
  } finally {
    await job.remove()
  }
}

function chapter(words: string): void {
  console.log(`\n${bold(words)}`)
}
