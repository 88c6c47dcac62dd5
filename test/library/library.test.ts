import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/git-repository.ts'
import { type SealedFolder, sealedFolder } from '../support/sealed-folder.ts'
import { newMember } from '../support/sealing.ts'
import { type LibraryAnswer, type LibraryCall, writeConsumers } from './consumer.ts'
import { type Installed, installPackage } from './installed.ts'

let installed: Installed
let run: ReturnType<typeof writeConsumers>

beforeAll(() => {
  installed = installPackage()
  run = writeConsumers(installed.project)
})
afterAll(() => installed?.remove())

const VARIABLES = { SECRET: 'from the file', EMPTY: '', LINES: 'a\nb "c" \\ é', __proto__x: 'x', ['__proto__']: 'own' }

describe.each(['ESM', 'CommonJS'] as const)('the library from %s', (system) => {
  const call = (name: LibraryCall['name'], args: readonly unknown[], where: SealedFolder | string, env = {}) => {
    const cwd = typeof where === 'string' ? where : where.path
    const answer = run(system, { name, args, cwd, env: typeof where === 'string' ? env : { ...where.env, ...env } })
    expect(answer.untouched).toBe(true)
    if (answer.error !== undefined) expect([answer.error.name, answer.error.instance]).toEqual(['SealwardError', true])
    return answer
  }
  const codeOf = ({ error, value }: LibraryAnswer) => error?.code ?? { value }

  describe('load', () => {
    it('gives the variables of a file, opened by an identity', async () => {
      const folder = await sealedFolder(VARIABLES)
      const identity = folder.member.identity.secret.reveal()
      const { value } = call('load', [{ file: join(folder.path, '.env.encrypted'), identity }], temporaryFolder())
      expect(Object.entries(value as object)).toEqual(Object.entries(VARIABLES))
    })

    it('looks for the file in the working folder and for the key where the command looks', async () => {
      const folder = await sealedFolder({ A: '1' })
      expect(call('load', [], folder).value).toEqual({ A: '1' })
      expect(call('load', [{}], folder).value).toEqual({ A: '1' })
    })

    it('reads quotes as it is told', async () => {
      const folder = await sealedFolder({ A: '"1"' })
      expect(call('load', [{ quotes: 'literal' }], folder).value).toEqual({ A: '"1"' })
      expect(call('load', [{ quotes: 'dotenv' }], folder).value).toEqual({ A: '1' })
    })

    it('an identity that is given is the only one that counts, and no error shows it', async () => {
      const folder = await sealedFolder({ A: '1' })
      const stranger = (await newMember()).identity.secret.reveal()
      for (const identity of [stranger, 'AGE-SECRET-KEY-1WRONG', '']) {
        const { error } = call('load', [{ identity }], folder)
        expect([error?.code, error?.file]).toEqual(['no-identity', '.env.encrypted'])
        if (identity !== '') expect(JSON.stringify(error)).not.toContain(identity)
      }
    })

    it('throws a coded error with the file, for what is missing, tampered with or in plain text', async () => {
      const folder = await sealedFolder({ A: '1' })
      const file = join(folder.path, '.env.encrypted')
      const { error } = call('load', [{ file: 'missing' }], folder)
      expect([error?.code, error?.file, error?.hint]).toEqual(['not-found', 'missing', expect.any(String)])
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, text.replace(/^A=.*$/m, 'A=1'))
      expect(codeOf(call('load', [], folder))).toBe('plaintext-value')
      writeFileSync(file, text.replace(/^sops_lastmodified=20../m, 'sops_lastmodified=2031'))
      expect(codeOf(call('load', [], folder))).toBe('mac-mismatch')
      writeFileSync(file, 'A=1\n')
      expect(codeOf(call('load', [], folder))).toBe('malformed')
    })
  })

  describe('getSecretOrEnv', () => {
    it('takes the file before the environment, and the environment before the fallback', async () => {
      const folder = await sealedFolder({ A: 'file', EMPTY: '' })
      const env = { A: 'env', B: 'env', NONE: '', EMPTY: 'env' }
      expect(call('getSecretOrEnv', ['A', 'fallback'], folder, env).value).toBe('file')
      expect(call('getSecretOrEnv', ['EMPTY', 'fallback'], folder, env).value).toBe('')
      expect(call('getSecretOrEnv', ['B', 'fallback'], folder, env).value).toBe('env')
      expect(call('getSecretOrEnv', ['NONE', 'fallback'], folder, env).value).toBe('')
      expect(call('getSecretOrEnv', ['C', 'fallback'], folder, env).value).toBe('fallback')
      expect(call('getSecretOrEnv', ['C', ''], folder, env).value).toBe('')
    })

    it('throws not-found, naming what is nowhere', async () => {
      const { error } = call('getSecretOrEnv', ['C'], await sealedFolder({ A: '1' }))
      expect([error?.code, error?.message]).toEqual([
        'not-found',
        'C is neither in .env.encrypted nor in the environment',
      ])
    })

    it('does not take what every object has for a variable', async () => {
      const folder = await sealedFolder({ A: '1' })
      for (const name of ['constructor', 'toString', '__proto__']) {
        expect(codeOf(call('getSecretOrEnv', [name], folder))).toBe('not-found')
        expect(call('getSecretOrEnv', [name, 'fallback'], folder).value).toBe('fallback')
      }
    })

    it('needs no file, unless one is named', () => {
      const folder = temporaryFolder()
      expect(call('getSecretOrEnv', ['A', 'fallback'], folder, { A: 'env' }).value).toBe('env')
      expect(call('getSecretOrEnv', ['A', 'fallback'], folder).value).toBe('fallback')
      expect(codeOf(call('getSecretOrEnv', ['A'], folder))).toBe('not-found')
      const { error } = call('getSecretOrEnv', ['A', 'fallback', { file: 'named' }], folder, { A: 'env' })
      expect([error?.code, error?.file]).toEqual(['not-found', 'named'])
    })

    it('without an identity takes the environment, as in a job that was handed its variables, and nothing else', async () => {
      const folder = await sealedFolder({ A: 'file' })
      const ask = (args: readonly unknown[], env = {}) => call('getSecretOrEnv', args, folder.path, env)
      expect(ask(['A'], { A: 'env' }).value).toBe('env')
      expect(codeOf(ask(['A']))).toBe('no-identity')
      expect(codeOf(ask(['A', 'fallback']))).toBe('no-identity')
      expect(codeOf(ask(['toString', 'fallback']))).toBe('no-identity')
    })

    it('never hides a file that was tampered with behind the environment or the fallback', async () => {
      const folder = await sealedFolder({ A: 'file' })
      const file = join(folder.path, '.env.encrypted')
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^A=/m, 'B='))
      for (const name of ['A', 'B', 'C'])
        expect(codeOf(call('getSecretOrEnv', [name, 'fallback'], folder, { [name]: 'env' }))).toBe(
          'value-not-authentic',
        )
    })
  })
})
