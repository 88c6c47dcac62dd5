import { describe, expect, vi } from 'vitest'
import { scramVerifier } from '../../../../../src/core/credential/statements/scram.ts'
import { Secret } from '../../../../../src/core/secret.ts'
import { itWith } from '../../../../peers.ts'
import { FIRST } from '../../../../support/places/databases.ts'
import { RotatingRepository } from '../../../../support/rotating-repository.ts'
import { CountingProxy } from '../../../../support/servers/counting-proxy.ts'
import { PostgresServer } from '../../../../support/servers/postgres.ts'

vi.setConfig({ testTimeout: 300_000 })

const COUNT = 50
/** So many logins, each of them alone or one of two. */
const NUMBERS = Array.from({ length: COUNT }, (_, index) => index)
const isPair = (number: number) => number % 2 === 1
const usersOf = (number: number) => (isPair(number) ? [`app_${number}_a`, `app_${number}_b`] : [`app_${number}`])

describe('many credentials at one server', () => {
  itWith(
    ['initdb', 'postgres'],
    `${COUNT} rotate in one run, over one connection at a time`,
    async (initdb, postgres) => {
      const server = await new PostgresServer([initdb!, postgres!]).start()
      const proxy = await new CountingProxy(server.port).start()
      try {
        for (const user of NUMBERS.flatMap(usersOf))
          await server.ask(`CREATE ROLE ${user} LOGIN PASSWORD '${scramVerifier(FIRST)}'`)
        const repository = await repositoryFor(server, proxy.port)
        // So that nothing waits for its grace.
        const { status, stdout, stderr } = await repository.rotate(['--all', '--emergency'])
        expect([status, stdout.match(/: rotated/g)?.length], stderr).toEqual([0, COUNT])
        expect(proxy.most).toBe(1)
        expect(proxy.connections).toBeGreaterThan(COUNT * 5)
        for (const number of NUMBERS) {
          await server.ask('SELECT 1', await repository.committed(nameOf(number)))
          expect(await repository.record(nameOf(number))).toMatchObject({ phase: 'revoked', pending: null })
        }
        for (const user of NUMBERS.flatMap(usersOf))
          if (!user.endsWith('_b'))
            await expect(server.ask('SELECT 1', { user, password: new Secret(FIRST) })).rejects.toThrow()
      } finally {
        await proxy.close()
        await server.close()
      }
    },
  )
})

function repositoryFor({ admin }: PostgresServer, port: number): Promise<RotatingRepository> {
  const credentials = NUMBERS.map((number) => {
    const pair = isPair(number) ? `, strategy: alternating, grace: 1h, users: [${usersOf(number).join(', ')}]` : ''
    const how = `tls: { mode: disable }, admin: { user: ADMIN_USER, password: ADMIN }${pair || ', strategy: single'}`
    return { name: nameOf(number), entry: `url: URL_${number}, ${how}` }
  })
  const urls = NUMBERS.map((number) => {
    const url = `postgres://${usersOf(number)[0]}:${FIRST}@127.0.0.1:${port}/postgres`
    return [`URL_${number}`, url] as const
  })
  const values = { ...Object.fromEntries(urls), ADMIN_USER: admin.user, ADMIN: admin.password.reveal() }
  return RotatingRepository.make(credentials, values)
}

function nameOf(number: number): string {
  return `credential-${number}`
}
