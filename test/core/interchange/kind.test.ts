import { describe, expect, it } from 'vitest'
import { newDotenvxKey } from '../../../src/core/interchange/dotenvx/ecies.ts'
import { sealDotenvx } from '../../../src/core/interchange/dotenvx/file.ts'
import { sealFernetFile, sealFernetJson } from '../../../src/core/interchange/fernet/file.ts'
import { parseFernetKeys } from '../../../src/core/interchange/fernet/key.ts'
import { kindOf, outputFor } from '../../../src/core/interchange/kind.ts'
import { readSecretNames } from '../../../src/core/interchange/secret-names.ts'
import { documentOf, variablesOf } from '../../support/documents.ts'
import { newFernetKey } from '../../support/foreign-files.ts'
import { bytesOf, codeOf, refusal } from '../../support/sealing.ts'

const given = documentOf({ A: 'x' })
const [fernet] = parseFernetKeys(newFernetKey())
const NOW = new Date(0)

describe('a file is known by its content', () => {
  it.each([
    ['sealed', 'A=ENC[x]\nsops_mac=x\n', true],
    ['sops', 'a: 1\nsops:\n    mac: x\n', false],
    ['sops', '{"a": 1, "sops": {"mac": "x"}}', false],
    ['sops', '[a]\nb = 1\n[sops]\nmac = x\n', false],
    ['fernet', sealFernetFile(given, fernet!, NOW), true],
    ['fernet', sealFernetJson(given, fernet!, NOW), false],
    ['dotenvx', sealDotenvx(given, newDotenvxKey(), ''), true],
    ['plaintext', 'A=1\n', true],
    [null, 'A=1\n', false],
    [null, '{"name": "x"}', false],
    [null, '{"sops": {"version": 1}}', false],
    [null, '', false],
  ])('%s', (kind, text, named) => expect(kindOf(bytesOf(text), named)).toBe(kind))
})

describe('the encrypted file of', () => {
  it.each([
    ['.env', 'plaintext', '.env.encrypted'],
    ['a/.env.production', 'dotenvx', 'a/.env.production.encrypted'],
    ['.env.encrypted', 'fernet', '.env.encrypted'],
    ['secrets.fernet', 'fernet', 'secrets.env.encrypted'],
    ['.env.ci.fernet', 'fernet', '.env.ci.encrypted'],
    ['.env.production.encrypted', 'fernet', '.env.production.encrypted'],
    ['.env.json', 'fernet', '.env.encrypted'],
    ['config/secrets.yaml', 'sops', 'config/secrets.env.encrypted'],
    ['secrets.enc.yml', 'sops', 'secrets.env.encrypted'],
    ['prod.env.json', 'sops', 'prod.env.encrypted'],
  ] as const)('%s (%s) is %s', (path, kind, output) => expect(outputFor(path, kind)).toBe(output))
})

describe('the names of secrets', () => {
  it.each([
    ['a list', 'A\nB\r\n\n# c\nA\n'],
    ['a terminal', 'NAME  UPDATED\nA     about 1 day ago\nB     2026-01-02\n'],
    ['a pipe', 'A\t2026-01-02T03:04:05Z\nB\t2026-01-02T03:04:05Z\n'],
    ['JSON', '[{"name":"A","updatedAt":"x"},{"name":"B"}]'],
    ['a list of JSON', '["A","B"]'],
  ])('are read from %s', (_, text) => expect(variablesOf(readSecretNames(text))).toEqual({ A: '', B: '' }))

  it('are not values that somebody gave with them', async () => {
    const error = await refusal(() => readSecretNames('A\nPASSWORD=hunter2\n'))
    expect(error).toMatchObject({ code: 'name-invalid', line: 2 })
    expect(error.message).not.toContain('hunter2')
    expect(await codeOf(() => readSecretNames('[{"value": "x"}]'))).toBe('name-invalid')
    expect(await codeOf(() => readSecretNames('['))).toBe('malformed')
  })
})
