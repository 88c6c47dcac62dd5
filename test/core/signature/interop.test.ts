import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { parseAllowedSigners } from '../../../src/core/signature/allowed-signers.ts'
import { signMessage } from '../../../src/core/signature/sign.ts'
import { parsePublicKey } from '../../../src/core/signature/ssh/public-key.ts'
import { verifySignature } from '../../../src/core/signature/verify.ts'
import { findPeer, itWith } from '../../peers.ts'
import { type Kind, MAKERS, newKey, opensshFile, privateOf, publicLine } from './keys.ts'
import { SECURITY_KEYS } from './security-key.ts'

const namespace = 'sealward-file@v1:größe/my production.env.encrypted'
const message = Buffer.from('KEY=ENC[...]\nsops_version=3.13.0\n')
const now = new Date()

const folder = mkdtempSync(join(tmpdir(), 'sealward-ssh-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Times in UTC came with OpenSSH 9.1, and ssh-keygen has no way of saying its version. */
const DATED = isAtLeast(9.1) ? 'ssh-keygen' : ['ssh-keygen', 'OpenSSH 9.1 or later']

function isAtLeast(version: number): boolean {
  const ssh = findPeer('ssh')
  if (ssh === null) return false
  return Number(/OpenSSH\S*_(\d+\.\d+)/.exec(spawnSync(ssh, ['-V'], { encoding: 'utf8' }).stderr)?.[1] ?? 0) >= version
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  chmodSync(path, 0o600)
  return path
}

function run(program: string, args: readonly string[], input?: Uint8Array): { ok: boolean; stdout: string } {
  const { status, stdout } = spawnSync(program, args, { ...(input ? { input } : {}), encoding: 'utf8' })
  return { ok: status === 0, stdout }
}

/** Whether ssh-keygen finds the signature good, for alice by this list of signers. */
function sshVerifies(program: string, { armored, list, over = message, space = namespace }: Question): boolean {
  const [signature, allowed] = [write('question.sig', armored), write('allowed_signers', list)]
  return run(program, ['-Y', 'verify', '-f', allowed, '-I', 'alice', '-n', space, '-s', signature], over).ok
}

interface Question {
  readonly armored: string
  readonly list: string
  readonly over?: Uint8Array
  readonly space?: string
}

function weVerify({ armored, list, over = message, space = namespace }: Question): boolean {
  const allowed = parseAllowedSigners(list, 'allowed_signers').filter(({ name }) => name === 'alice')
  return verifySignature({ message: over, armored, namespace: space, allowed, now }).kind === 'good'
}

const TYPES: readonly (readonly [Kind, readonly string[]])[] = [
  ['ed25519', ['-t', 'ed25519']],
  ['ecdsa 256', ['-t', 'ecdsa', '-b', '256']],
  ['ecdsa 384', ['-t', 'ecdsa', '-b', '384']],
  ['ecdsa 521', ['-t', 'ecdsa', '-b', '521']],
  ['rsa 2048', ['-t', 'rsa', '-b', '2048']],
]

describe.each(TYPES)('with the real ssh-keygen and %s', (kind, flags) => {
  itWith('ssh-keygen', 'each finds the signature of the other good, by a key that ssh-keygen made', (program) => {
    const file = join(folder, `key ${kind}`)
    expect(run(program, ['-q', ...flags, '-N', '', '-C', 'a comment', '-f', file]).ok).toBe(true)
    const key = privateOf(readFileSync(file, 'utf8'))
    const line = readFileSync(`${file}.pub`, 'utf8')
    expect(parsePublicKey(line)).toMatchObject({ fingerprint: key.publicKey.fingerprint })
    expect(run(program, ['-l', '-f', `${file}.pub`]).stdout).toContain(` ${key.publicKey.fingerprint} `)

    const list = `alice ${line}`
    const ours = signMessage({ message, namespace, key })
    expect([sshVerifies(program, { armored: ours, list }), weVerify({ armored: ours, list })]).toEqual([true, true])
    for (const hash of ['sha512', 'sha256']) {
      const options = ['-q', '-Y', 'sign', '-f', file, '-n', namespace, '-O', `hashalg=${hash}`]
      expect(weVerify({ armored: run(program, options, message).stdout, list })).toBe(true)
    }
    for (const changed of [{ over: Buffer.from('x') }, { space: 'git' }])
      expect([
        sshVerifies(program, { armored: ours, list, ...changed }),
        weVerify({ armored: ours, list, ...changed }),
      ]).toEqual([false, false])
  })

  itWith('ssh-keygen', 'it reads the container of our tests, and signs the same bytes with Ed25519', (program) => {
    const made = MAKERS[kind]()
    const file = write(`container ${kind}`, opensshFile(made))
    const key = privateOf(readFileSync(file, 'utf8'))
    expect(run(program, ['-y', '-f', file]).stdout).toContain(publicLine(key))
    const theirs = run(program, ['-q', '-Y', 'sign', '-f', file, '-n', namespace], message).stdout
    expect(theirs).toContain('BEGIN SSH SIGNATURE')
    if (kind === 'ed25519') expect(signMessage({ message, namespace, key })).toBe(theirs)
  })
})

describe.each(Object.entries(SECURITY_KEYS))('with the real ssh-keygen and %s', (_, make) => {
  itWith('ssh-keygen', 'both find the signature of a security key good, and a changed one bad', (program) => {
    const key = make()
    const list = `alice ${publicLine(key)}`
    const armored = key.sign(message, namespace, { flags: 5, counter: 0x01020304 })
    expect([sshVerifies(program, { armored, list }), weVerify({ armored, list })]).toEqual([true, true])
    const over = Buffer.from('x')
    expect([sshVerifies(program, { armored, list, over }), weVerify({ armored, list, over })]).toEqual([false, false])
  })
})

describe('with the real ssh-keygen and a list of signers', () => {
  const key = newKey('ed25519')
  const [line, other] = [publicLine(key), publicLine(newKey('ed25519'))]
  const armored = signMessage({ message, namespace, key })
  const [yesterday, tomorrow] = [-1, 1].map((days) => stamp(new Date(now.getTime() + days * 86_400_000)))

  const LISTS: readonly (readonly [string, boolean])[] = [
    [`alice ${line}`, true],
    [`bob ${line}`, false],
    [`alice ${other}`, false],
    [`# a comment\n\nalice ${other}\nalice ${line} comment`, true],
    [`  alice\t${line}`, true],
    [`alice,bob ${line}`, true],
    [`"alice" ${line}`, true],
    [`alice namespaces="git" ${line}`, false],
    [`alice namespaces="git,sealward-file@v1:*" ${line}`, true],
    [`alice namespaces="sealward-file@v1:*/my production.env.*" ${line}`, true],
    [`alice namespaces="sealward-file@v1:*,!*production*" ${line}`, false],
    [`alice namespaces="sealward-file@v1:größe/my?production.env.encrypted" ${line}`, true],
    [`alice namespaces="sealward-file@v1:gr???e/*" ${line}`, false],
    [`alice namespaces="sealward-file@v1:gr????e/*" ${line}`, true],
    [`alice NAMESPACES="git" ${line}`, false],
    [`alice valid-after="${yesterday}" ${line}`, true],
    [`alice valid-after="${tomorrow}" ${line}`, false],
    [`alice valid-before="${tomorrow}" ${line}`, true],
    [`alice valid-before="${yesterday}" ${line}`, false],
    [`alice valid-after="${yesterday}",valid-before="${tomorrow}",namespaces="sealward*" ${line}`, true],
  ]

  for (const [list, good] of LISTS)
    itWith(
      list.includes('valid-') ? DATED : 'ssh-keygen',
      `both say ${good ? 'good' : 'not good'}: ${masked(list)}`,
      (program) => {
        expect([sshVerifies(program, { armored, list }), weVerify({ armored, list })]).toEqual([good, good])
      },
    )

  function masked(list: string): string {
    return list
      .replaceAll(line, 'KEY')
      .replaceAll(other, 'OTHER')
      .replaceAll(/\d{14}Z/g, 'TIME')
      .replaceAll('\n', ' | ')
  }
})

function stamp(time: Date): string {
  return `${time.toISOString().replace(/\D/g, '').slice(0, 14)}Z`
}
