import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { generateIdentity, type Identity, recipientOf } from '../../src/core/age/identity.ts'
import { encryptNew } from '../../src/core/envelope/encrypt.ts'
import { type EncryptedFile, printEncryptedFile } from '../../src/core/envelope/file.ts'
import { unwrapWith, wrapForAll } from '../../src/core/envelope/keys/data-key.ts'
import { DEFAULT_RULE } from '../../src/core/envelope/values/rule.ts'
import { pair } from './paired.ts'

const CLI = resolve('dist/cli.js')
const [FILES, SECRETS] = [500, 10]

/** Prints what it costs to add a member to 500 files, beside what unwrapping and wrapping their data keys alone costs. */
export async function benchMembers(): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'sealward-members-'))
  try {
    const own = await generateIdentity('x25519')
    const fresh = await recipientOf(await generateIdentity('x25519'))
    const files = await prepare(cwd, own)
    const start = process.cpuUsage()
    for (const { metadata } of files) await wrapForAll((await unwrapWith(metadata.wrappedKeys, own))!, [fresh])
    const { user, system } = process.cpuUsage(start)
    const env = { SEALWARD_KEY: own.secret.reveal() }
    const reset = 'git reset -q --hard'
    const add = `'${process.execPath}' '${CLI}' members add dora ${fresh.text}`
    const contenders = [
      { name: 'floor', command: reset, cwd, env },
      { name: 'members add', command: `${reset} && ${add}`, cwd, env },
    ]
    const { cpu, wall } = pair(contenders, { rounds: 3, runs: 1 })
    const keys = (user + system) / 1e6
    const command = (cpu[1]! - cpu[0]!) / 1000
    console.log(
      `\nmembers: add to ${FILES} files of ${SECRETS} variables (goal: at most 2 s of CPU over the keys alone)`,
    )
    console.log(`  unwrap and wrap ${FILES} data keys: ${keys.toFixed(2)} s CPU`)
    console.log(`  members add: ${command.toFixed(2)} s CPU, ${((wall[1]! - wall[0]!) / 1000).toFixed(2)} s wall`)
    console.log(`  over the keys: ${(command - keys).toFixed(2)} s`)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

async function prepare(cwd: string, own: Identity): Promise<EncryptedFile[]> {
  const recipient = await recipientOf(own)
  const files: EncryptedFile[] = []
  const document = Array.from({ length: SECRETS }, (_, at) => ({
    ...{ kind: 'entry' as const, name: `SECRET_${at}`, value: 'x'.repeat(40) },
  }))
  for (let at = 0; at < FILES; at += 1) {
    const envelope = { recipients: [recipient], rule: DEFAULT_RULE, macOnlyEncrypted: false }
    const file = await encryptNew(document, envelope, new Date())
    mkdirSync(join(cwd, `service-${at}`))
    writeFileSync(join(cwd, `service-${at}/.env.encrypted`), printEncryptedFile(file))
    files.push(file)
  }
  writeFileSync(join(cwd, 'sealward.yml'), `recipients:\n  alice: ${recipient.text}\n`)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd })
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'start')
  return files
}
