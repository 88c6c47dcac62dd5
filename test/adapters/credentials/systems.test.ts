import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { credentialSystems } from '../../../src/adapters/credentials/systems.ts'
import { DRIVERS } from '../../../src/core/credential/target.ts'

const HOME = 'src/adapters/credentials'
const LIBRARIES = ['pg', 'mysql2', '@redis/client', 'mongodb']
const tls = { mode: 'verify-full', ca: null, serverName: null } as const

describe('the systems of credentials', () => {
  it.each(DRIVERS)('%s has a file of its own, which reads its options strictly', async (driver) => {
    const target = {
      driver,
      host: 'db.example.org',
      port: null,
      database: null,
      tls,
      options: { 'no-such-option': 'x' },
    }
    await expect(credentialSystems(null).open(target)).rejects.toMatchObject({
      code: driver === 'github-secret' ? 'unsupported' : 'policy-invalid',
    })
  })

  it('the table itself loads no library', () => {
    const ways = readFileSync(`${HOME}/systems.ts`, 'utf8').matchAll(/^import (type )?.* from '(.+)'/gm)
    expect([...ways].filter(([, type, from]) => type === undefined && !from!.startsWith('../../core/'))).toEqual([])
  })

  it('a library is imported by one file', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
    for (const library of LIBRARIES) {
      const importers = files.filter((path) => readFileSync(`src/${path}`, 'utf8').includes(`from '${library}'`))
      expect([library, importers.length]).toEqual([library, 1])
    }
  })
})
