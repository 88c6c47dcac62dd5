import { X509Certificate } from 'node:crypto'
import { afterAll, describe, expect } from 'vitest'
import { openEndpoints } from '../../../src/adapters/tls/endpoints.ts'
import type { EndpointAnswer } from '../../../src/tasks/world/endpoint.ts'
import { serverFor, withOpenssl } from '../../core/certificate/authority.ts'
import { itWith } from '../../peers.ts'
import { MariadbServer } from '../../support/servers/mariadb.ts'
import { PostgresServer } from '../../support/servers/postgres.ts'
import { endpointAt } from './servers.ts'

async function ask(port: number, starttls: 'postgres' | 'mysql' | null): Promise<EndpointAnswer> {
  const limits = { atOnce: 1, eachMs: 5000, allMs: 5000 }
  const [answer] = await openEndpoints(limits).ask([endpointAt(port, { starttls, servername: 'db.example.org' })])
  return answer!
}

const nameOf = (answer: EndpointAnswer) =>
  answer.kind === 'served' ? new X509Certificate(answer.chain[0]!).subject.split('CN=').at(-1) : answer.kind

withOpenssl('asking real databases for their certificates', (openssl) => {
  const servers: { close(): Promise<void> }[] = []
  afterAll(() => Promise.all(servers.map((server) => server.close())), 30_000)
  const tls = openssl.issue({ cn: 'db.example.org', extensions: serverFor('DNS:db.example.org') })

  async function portOf(server: PostgresServer | MariadbServer): Promise<number> {
    servers.push(server)
    return (await server.start()).port
  }

  describe('PostgreSQL', () => {
    itWith(['initdb', 'postgres'], 'serves its certificate after SSLRequest', async (initdb, postgres) => {
      const port = await portOf(new PostgresServer([initdb!, postgres!], { tls }))
      expect(nameOf(await ask(port, 'postgres'))).toBe('db.example.org')
    })

    itWith(['initdb', 'postgres'], 'without TLS says so', async (initdb, postgres) => {
      const port = await portOf(new PostgresServer([initdb!, postgres!]))
      expect(nameOf(await ask(port, 'postgres'))).toBe('no-tls')
    })
  })

  describe('MariaDB', () => {
    itWith(['mariadb-install-db', 'mariadbd'], 'serves its certificate after SSLRequest', async (install, mariadbd) => {
      const port = await portOf(new MariadbServer([install!, mariadbd!], { tls }))
      expect(nameOf(await ask(port, 'mysql'))).toBe('db.example.org')
    })

    itWith(['mariadb-install-db', 'mariadbd'], 'without TLS says so', async (install, mariadbd) => {
      const port = await portOf(new MariadbServer([install!, mariadbd!]))
      expect(nameOf(await ask(port, 'mysql'))).toBe('no-tls')
    })
  })
})
