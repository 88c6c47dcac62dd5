import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSshKeygen } from '../../../src/adapters/ssh/ssh-keygen.ts'
import { parsePublicKey } from '../../../src/core/signature/ssh/public-key.ts'
import { verifySignature } from '../../../src/core/signature/verify.ts'
import { itWith } from '../../peers.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'

const namespace = 'sealward-file@v1:größe/.env.encrypted'
const message = Buffer.alloc(200_000, 'KEY=value\n')
const PASSPHRASE = 'of no worth'

/** A key that ssh-keygen made. */
function makeKey(program: string, passphrase: string): { readonly file: string; readonly line: string } {
  const file = join(temporaryFolder('a folder'), 'id')
  execFileSync(program, ['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', file])
  return { file, line: readFileSync(`${file}.pub`, 'utf8').trim() }
}

function isGood(armored: string, line: string): boolean {
  const key = parsePublicKey(line)
  if (typeof key === 'string') throw new Error(key)
  const verdict = verifySignature({ message, armored, namespace, allowed: [{ name: 'a', key }], now: new Date(0) })
  return verdict.kind === 'good'
}

/** An agent that holds the key and ends with the test. */
function startAgent(agent: string, add: string, file: string): string {
  const socket = join(dirname(file), 'agent')
  const said = execFileSync(agent, ['-s', '-a', socket], { encoding: 'utf8' })
  const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(said)?.[1])
  onTestFinished(() => void process.kill(pid))
  execFileSync(add, ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: socket } })
  return socket
}

/** Where temporary files go, for one test. */
function emptyTemporaryFolder(): string {
  const before = process.env.TMPDIR
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
  process.env.TMPDIR = temporaryFolder()
  return process.env.TMPDIR
}

describe('ssh-keygen', () => {
  itWith('ssh-keygen', 'signs with a key that it asks the passphrase of', async (program) => {
    const { file, line } = makeKey(program, PASSPHRASE)
    const askpass = join(dirname(file), 'askpass')
    writeFileSync(askpass, `#!/bin/sh\necho '${PASSPHRASE}'\n`, { mode: 0o700 })
    const env = { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', SSH_AUTH_SOCK: undefined }
    const armored = await openSshKeygen(env).sign({ key: { file }, message, namespace })
    expect(isGood(armored, line)).toBe(true)
  })

  itWith(
    ['ssh-keygen', 'ssh-agent', 'ssh-add'],
    'signs with a key in an agent, by its public half in a file or as a line, and leaves nothing behind',
    async (program, agent, add) => {
      const { file, line } = makeKey(program!, '')
      const signer = openSshKeygen({ ...process.env, SSH_AUTH_SOCK: startAgent(agent!, add!, file) })
      writeFileSync(file, 'the private half is elsewhere')
      const temporary = emptyTemporaryFolder()
      for (const key of [{ file: `${file}.pub` }, { line }])
        expect(isGood(await signer.sign({ key, message, namespace }), line)).toBe(true)
      expect(readdirSync(temporary)).toEqual([])
    },
  )

  itWith('ssh-keygen', 'says so when it cannot sign', async (program) => {
    const { line } = makeKey(program, '')
    const signer = openSshKeygen({ ...process.env, SSH_AUTH_SOCK: undefined })
    for (const key of [{ line }, { file: 'there-is-none' }])
      expect(await refusal(() => signer.sign({ key, message, namespace }))).toMatchObject({ code: 'io' })
  })

  it('is said to be missing when it is', async () => {
    const error = await refusal(() =>
      openSshKeygen({ PATH: temporaryFolder() }).sign({ key: { file: 'k' }, message, namespace }),
    )
    expect(error).toMatchObject({ code: 'not-found', message: 'ssh-keygen was not found' })
  })
})
