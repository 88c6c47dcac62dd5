import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { printDotenv } from '../../src/core/dotenv/print.ts'
import { newDotenvxKey } from '../../src/core/interchange/dotenvx/ecies.ts'
import { openDotenvx, sealDotenvx } from '../../src/core/interchange/dotenvx/file.ts'
import { keySuffixOf, parseDotenvxKeys } from '../../src/core/interchange/dotenvx/keys.ts'
import { itWith } from '../peers.ts'
import { documentOf, variablesOf } from '../support/documents.ts'
import { temporaryFolder } from '../support/git-repository.ts'

/** Names and texts as people have them: dotenvx trims, unescapes and expands in ways of its own, which no import should imitate. */
const values = fc.dictionary(
  fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/).filter((name) => !name.startsWith('DOTENV_')),
  fc
    .array(fc.constantFrom('a', 'B', '7', ' ', '#', '=', '"', '\n', 'é', '🔑', '/', ':', '%', '@'), { maxLength: 12 })
    .map((parts) => `x${parts.join('')}x`),
  { minKeys: 1, maxKeys: 30 },
)

function dotenvx(program: string, folder: string, ...args: string[]): string {
  const env = { PATH: process.env.PATH ?? '', HOME: folder }
  return execFileSync(program, args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
}

describe('dotenvx', () => {
  for (const file of ['.env', '.env.production'])
    itWith('dotenvx', `opens the ${file} that we write`, (program) => {
      const folder = temporaryFolder()
      const given = { ...fc.sample(values, 1)[0]!, DOLLAR: 'a$HOME ${HOME} $(id) \\$x', EMPTY: '', Q: "it's" }
      const key = newDotenvxKey()
      writeFileSync(join(folder, file), sealDotenvx(documentOf(given), key, keySuffixOf(file)))
      writeFileSync(join(folder, '.env.keys'), `DOTENV_PRIVATE_KEY${keySuffixOf(file)}=${key.scalar.toString('hex')}\n`)
      const { [`DOTENV_PUBLIC_KEY${keySuffixOf(file)}`]: publicKey, ...opened } = JSON.parse(
        dotenvx(program!, folder, 'get', '-f', file),
      )
      expect(publicKey).toBe(key.publicKey)
      expect(opened).toEqual(given)
    })

  itWith('dotenvx', 'writes files that we open, with the right one of several keys', (program) => {
    const folder = temporaryFolder()
    const given = fc.sample(values, 2)
    for (const [index, file] of ['.env', '.env.production'].entries()) {
      writeFileSync(join(folder, file), printDotenv(documentOf(given[index]!)))
      dotenvx(program!, folder, 'encrypt', '-f', file)
    }
    const keys = parseDotenvxKeys(readFileSync(join(folder, '.env.keys'), 'utf8')).map(({ key }) => key)
    expect(keys).toHaveLength(2)
    for (const [index, file] of ['.env', '.env.production'].entries()) {
      const opened = openDotenvx(readFileSync(join(folder, file)), keys.toReversed())
      expect(variablesOf(opened!.document)).toEqual(given[index])
    }
  })
})
