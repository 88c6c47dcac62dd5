import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { SshRequest, SshSigner } from '../../tasks/world/ssh.ts'

type Environment = Readonly<Record<string, string | undefined>>

const OUTPUT_CHARACTERS = 64 * 1024

/**
 * The ssh-keygen on PATH. It talks to the terminal, to SSH_ASKPASS and to the agent as its user has set them up: what it asks
 * and complains of goes to this process's own stderr, and this process sees neither a passphrase nor a private key.
 */
export function openSshKeygen(env: Environment): SshSigner {
  return {
    sign: (request) =>
      'file' in request.key ? run(request.key.file, request, env) : runWithLine(request.key.line, request, env),
  }
}

/** ssh-keygen takes public keys from files alone. */
async function runWithLine(line: string, request: SshRequest, env: Environment): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sealward-'))
  try {
    const file = join(folder, 'key.pub')
    await writeFile(file, `${line}\n`, { mode: 0o600, flag: 'wx' })
    return await run(file, request, env)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The message goes in by stdin and the signature comes out by stdout, so that ssh-keygen writes no file. */
async function run(file: string, { message, namespace }: SshRequest, env: Environment): Promise<string> {
  const args = ['-q', '-Y', 'sign', '-f', file, '-n', namespace]
  const child = spawn('ssh-keygen', args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...env }, windowsHide: true })
  const ended = endOf(child)
  child.stdin.on('error', () => undefined) // it may end before it reads
  child.stdin.end(message)
  let output = ''
  for await (const chunk of child.stdout.setEncoding('latin1') as AsyncIterable<string>)
    if (output.length < OUTPUT_CHARACTERS) output += chunk
  const problem = await ended
  if (problem !== null) throw problem
  return output
}

function endOf(child: ChildProcess): Promise<SealwardError | null> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(notStarted(error.code)))
    child.once('close', (code, signal) => resolve(code === 0 ? null : failed(signal ?? `status ${code}`)))
  })
}

function notStarted(code: string | undefined): SealwardError {
  return code === 'ENOENT'
    ? new SealwardError('not-found', 'ssh-keygen was not found', {
        hint: 'it comes with OpenSSH; a key without a passphrase needs no ssh-keygen',
      })
    : new SealwardError('io', `ssh-keygen could not be started (${code ?? 'unknown error'})`)
}

function failed(end: string): SealwardError {
  return new SealwardError('io', `ssh-keygen could not sign (${end})`, {
    hint: 'it has said why; for a public key, is its private half in the agent (ssh-add -L)?',
  })
}
