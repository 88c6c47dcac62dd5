import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { openFernetFile, sealFernetFile } from '../../src/core/interchange/fernet/file.ts'
import { parseFernetKeys } from '../../src/core/interchange/fernet/key.ts'
import { openToken, sealToken } from '../../src/core/interchange/fernet/token.ts'
import { itWith } from '../peers.ts'
import { documentOf, variablesOf } from '../support/documents.ts'
import { newFernetKey } from '../support/foreign-files.ts'
import { bytesOf } from '../support/sealing.ts'

/** Lines of base64 in, lines of base64 out: one Python for all cases. */
const PROGRAM = `
import sys, base64
from cryptography.fernet import Fernet, MultiFernet
verb, keys = sys.argv[1], MultiFernet([Fernet(k) for k in sys.argv[2].split(',')])
for line in sys.stdin.read().split('\\n'):
    text = base64.b64decode(line)
    print(base64.b64encode(keys.encrypt(text) if verb == 'encrypt' else keys.decrypt(text)).decode())
`

function python(program: string, verb: 'encrypt' | 'decrypt', keys: string, cases: readonly Uint8Array[]): Buffer[] {
  const input = cases.map((bytes) => Buffer.from(bytes).toString('base64')).join('\n')
  const out = execFileSync(program, ['-c', PROGRAM, verb, keys], { input, encoding: 'utf8' })
  return out
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'))
}

describe('cryptography of Python', () => {
  const cases = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 80 }), 60)

  itWith('python-fernet', 'opens our tokens with the keys of a MultiFernet', (program) => {
    const list = [newFernetKey(), newFernetKey()]
    const [, second] = parseFernetKeys(list.join(','))
    const tokens = cases.map((bytes) => bytesOf(sealToken(bytes, second!, new Date())))
    expect(python(program!, 'decrypt', list.join(','), tokens)).toEqual(cases.map((bytes) => Buffer.from(bytes)))
  })

  itWith('python-fernet', 'writes tokens that we open', (program) => {
    const list = [newFernetKey(), newFernetKey()].join(',')
    const tokens = python(program!, 'encrypt', list, cases)
    expect(tokens.map((token) => openToken(token.toString(), parseFernetKeys(list)))).toEqual(
      cases.map((bytes) => Buffer.from(bytes)),
    )
  })

  itWith('python-fernet', 'and we exchange whole files', (program) => {
    const key = newFernetKey()
    const text = '# why\nA=1\nB="x y"\nexport C=\'$d\'\nM="l1\nl2"\n'
    const [token] = python(program!, 'encrypt', key, [bytesOf(text)])
    const values = { A: '1', B: 'x y', C: '$d', M: 'l1\nl2' }
    expect(variablesOf(openFernetFile(token!, parseFernetKeys(key))!)).toEqual(values)
    const ours = sealFernetFile(documentOf(values), parseFernetKeys(key)[0]!, new Date()).trimEnd()
    const [opened] = python(program!, 'decrypt', key, [bytesOf(ours)])
    expect(opened!.toString()).toBe("A=1\nB='x y'\nC='$d'\nM='l1\nl2'\n")
  })
})
