import { X509Certificate } from 'node:crypto'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { TlsOptions } from 'node:tls'
import { afterAll, describe, expect, it } from 'vitest'
import { openEndpoints } from '../../../src/adapters/tls/endpoints.ts'
import type { StartTls } from '../../../src/core/policy/sections/endpoints.ts'
import type { Endpoint, EndpointAnswer } from '../../../src/tasks/world/endpoint.ts'
import { AUTHORITY, serverFor, withOpenssl } from '../../core/certificate/authority.ts'
import {
  endpointAt,
  ldapResponse,
  longLdapResponse,
  type Manners,
  mysqlGreeting,
  POLITE,
  Servers,
  STREAM,
} from './servers.ts'

const LIMITS = { atOnce: 16, eachMs: 1500, allMs: 20_000 }
const PROTOCOLS = Object.keys(POLITE) as StartTls[]

async function ask(endpoint: Endpoint, limits = LIMITS): Promise<EndpointAnswer> {
  const [answer] = await openEndpoints(limits).ask([endpoint])
  return answer!
}

/** The names in what was served, and the rest of the answer. */
function summaryOf(answer: EndpointAnswer): unknown {
  if (answer.kind !== 'served') return answer.code === '' ? answer.kind : `${answer.kind} ${answer.code}`
  return answer.chain.map((der) => /CN=(.*)/.exec(new X509Certificate(der).subject)?.[1])
}

withOpenssl('asking servers for their certificates', (openssl) => {
  const servers = new Servers()
  afterAll(() => servers.close())
  const to = '20560601000000Z'
  const root = openssl.issue({ cn: 'Root', to, extensions: AUTHORITY })
  const middle = openssl.issue({ cn: 'Middle', to, extensions: AUTHORITY, by: root })
  const leaf = openssl.issue({ cn: 'a.example.org', to, extensions: serverFor('DNS:a.example.org'), by: middle })
  const weak = openssl.issue({ cn: 'weak', key: 'rsa:1024', digest: 'sha1', extensions: serverFor('DNS:weak') })
  const secure: TlsOptions = { key: leaf.key, cert: leaf.pem + middle.pem }

  describe('TLS from the first byte', () => {
    it.each([
      ['in order', leaf.pem + middle.pem + root.pem, ['a.example.org', 'Middle', 'Root']],
      ['out of order', leaf.pem + root.pem + middle.pem, ['a.example.org', 'Root', 'Middle']],
      ['with a gap', leaf.pem + root.pem, ['a.example.org', 'Root']],
      ['alone', leaf.pem, ['a.example.org']],
    ])('a chain %s comes as it was sent', async (_, cert, names) => {
      const port = await servers.tls({ key: leaf.key, cert })
      expect(summaryOf(await ask(endpointAt(port)))).toEqual(names)
    })

    it('says which protocol it is, and why nobody trusts it', async () => {
      const port = await servers.tls(secure)
      expect(await ask(endpointAt(port))).toMatchObject({
        ...{ kind: 'served', protocol: 'TLSv1.3', distrust: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
      })
    })

    it.each(['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const)(
      'a server that knows no more than %s is seen',
      async (version) => {
        const old = { ...secure, minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' }
        expect(await ask(endpointAt(await servers.tls(old)))).toMatchObject({ kind: 'served', protocol: version })
      },
    )

    it('a weak certificate is seen', async () => {
      const port = await servers.tls({ key: weak.key, cert: weak.pem, ciphers: 'ALL:@SECLEVEL=0' })
      expect(summaryOf(await ask(endpointAt(port)))).toEqual(['weak'])
    })

    it.each(['TLSv1.2', 'TLSv1.3'] as const)(
      'a server that insists on a client certificate is seen, in %s',
      async (maxVersion) => {
        const port = await servers.tls({
          ...secure,
          requestCert: true,
          rejectUnauthorized: true,
          ca: root.pem,
          maxVersion,
        })
        expect(summaryOf(await ask(endpointAt(port)))).toEqual(['a.example.org', 'Middle'])
      },
    )

    it('asks for a name, and for none when there is only an address', async () => {
      const asked: unknown[] = []
      const port = await servers.tls({
        ...secure,
        SNICallback: (name, done) => {
          asked.push(name)
          done(null)
        },
      })
      await ask(endpointAt(port))
      expect(summaryOf(await ask(endpointAt(port, { servername: '127.0.0.1' })))).toEqual(['a.example.org', 'Middle'])
      expect(asked).toEqual(['a.example.org'])
    })

    it('reaches IPv6', async ({ skip }) => {
      const port = await servers.tls(secure, '::1').catch(() => skip('this machine has no IPv6'))
      expect(summaryOf(await ask(endpointAt(port, { host: '::1' })))).toEqual(['a.example.org', 'Middle'])
    })
  })

  describe('STARTTLS', () => {
    it.each(PROTOCOLS)('%s turns to TLS', async (starttls) => {
      const port = await servers.mannered(POLITE[starttls], secure)
      expect(summaryOf(await ask(endpointAt(port, { starttls })))).toEqual(['a.example.org', 'Middle'])
    })

    it.each(PROTOCOLS)('%s that comes one octet at a time turns to TLS', async (starttls) => {
      const inner = await servers.mannered(POLITE[starttls], secure)
      const port = await servers.raw((socket) => {
        const to = connect(inner, '127.0.0.1').on('error', () => {})
        socket.setNoDelay(true).pipe(to)
        let last = Promise.resolve()
        to.on('data', (bytes: Buffer) => {
          // Octet by octet for the dialog; the handshake after it has a thousand of them.
          const parts = bytes[0] === 0x16 || bytes.length > 600 ? [bytes] : [...bytes].map((octet) => Buffer.of(octet))
          for (const part of parts)
            last = last.then(() => new Promise<void>((resolve) => socket.write(part, () => setImmediate(resolve))))
        })
      })
      expect(summaryOf(await ask(endpointAt(port, { starttls })))).toEqual(['a.example.org', 'Middle'])
    })

    // What a man in the middle slips in would be read as if it came through TLS. MySQL has no answer that it could be slipped behind.
    it.each(PROTOCOLS.filter((one) => one !== 'mysql'))(
      '%s with plaintext behind its yes is refused',
      async (starttls) => {
        const polite = POLITE[starttls]
        const injecting: Manners = {
          ...polite,
          answer: (message, bytes) => {
            const turn = polite.answer(message, bytes)
            return turn.tls
              ? { say: Buffer.concat([Buffer.from(turn.say as string), Buffer.from('a2 OK evil\r\n')]) }
              : turn
          },
        }
        expect(summaryOf(await ask(endpointAt(await servers.mannered(injecting, secure), { starttls })))).toBe(
          'injected',
        )
      },
    )

    const saying = (greeting: string | Buffer, ...says: (string | Buffer)[]): Manners => {
      return { greeting, raw: true, answer: () => ({ say: says.shift() ?? '' }) }
    }
    it.each<[StartTls, string, Manners, string]>([
      ['postgres', 'N', saying('', 'N'), 'no-tls'],
      ['postgres', 'an error', saying('', 'Efatal'), 'not-understood'],
      ['mysql', 'no bit for TLS', saying(mysqlGreeting(0xf7ff)), 'no-tls'],
      ['mysql', 'too many connections', saying(Buffer.from('0a000000ff10040008004b4c4d4e', 'hex')), 'refused'],
      ['mysql', 'a packet of 16 MB', saying(Buffer.from('ffffff000a', 'hex')), 'not-understood'],
      ['mysql', 'a greeting cut off inside', saying(Buffer.from('030000000a3800', 'hex')), 'not-understood'],
      ['smtp', 'a greeting of 554', saying('554 no\r\n'), 'refused'],
      ['smtp', 'no STARTTLS', saying('220 x\r\n', '250-x\r\n250 SIZE\r\n'), 'no-tls'],
      ['smtp', '454', saying('220 x\r\n', '250 STARTTLS\r\n', '454 not now\r\n'), 'no-tls'],
      ['imap', 'PREAUTH', saying('* PREAUTH welcome\r\n'), 'no-tls'],
      ['imap', 'BYE', saying('* BYE\r\n'), 'refused'],
      ['imap', 'NO', saying('* OK\r\n', 'a1 NO\r\n'), 'no-tls'],
      ['pop3', '-ERR', saying('+OK\r\n', '-ERR unknown\r\n'), 'no-tls'],
      ['ftp', '502', saying('220 x\r\n', '502 what\r\n'), 'no-tls'],
      ['ftp', '421', saying('421 too many\r\n'), 'refused'],
      ['ldap', 'a protocol error', saying('', ldapResponse(1, 2)), 'no-tls'],
      ['ldap', 'a notice of disconnection', saying('', ldapResponse(0, 0x34)), 'refused'],
      ['xmpp', 'features without starttls', saying('', `${STREAM}<stream:features/>`), 'no-tls'],
      ['xmpp', 'a stream error', saying('', `${STREAM}<stream:error/></stream:stream>`), 'refused'],
      [
        'xmpp',
        'a failure',
        saying('', `${STREAM}<stream:features><starttls/></stream:features>`, '<failure/>'),
        'no-tls',
      ],
    ])('%s that says %s', async (starttls, _, manners, outcome) => {
      expect(summaryOf(await ask(endpointAt(await servers.mannered(manners, secure), { starttls })))).toBe(outcome)
    })

    it('ldap with long lengths, as Active Directory has them', async () => {
      const port = await servers.mannered(
        { raw: true, answer: () => ({ say: longLdapResponse(1, 0), tls: true }) },
        secure,
      )
      expect(summaryOf(await ask(endpointAt(port, { starttls: 'ldap' })))).toEqual(['a.example.org', 'Middle'])
    })

    it('xmpp with a proceed in its long form', async () => {
      const says = [`${STREAM}<stream:features><starttls/></stream:features>`, '<proceed></proceed>']
      const manners: Manners = {
        raw: true,
        answer: () => ({ say: says.shift()!, ...(says.length === 0 && { tls: true }) }),
      }
      const port = await servers.mannered(manners, secure)
      expect(summaryOf(await ask(endpointAt(port, { starttls: 'xmpp' })))).toEqual(['a.example.org', 'Middle'])
    })
  })

  describe('servers that do not behave', () => {
    const all = [null, ...PROTOCOLS]

    it('silence ends at the deadline, whatever the protocol', async () => {
      const port = await servers.raw(() => {})
      const start = performance.now()
      const answers = await openEndpoints({ ...LIMITS, eachMs: 300 }).ask(
        all.map((starttls) => endpointAt(port, { starttls })),
      )
      expect(answers.map(summaryOf)).toEqual(all.map(() => 'silent'))
      expect(performance.now() - start).toBeLessThan(1500)
    })

    it('a slow drip ends at the deadline', async () => {
      const port = await servers.raw((socket) => {
        const drip = setInterval(() => socket.write('2'), 20)
        socket.on('close', () => clearInterval(drip))
      })
      expect(summaryOf(await ask(endpointAt(port, { starttls: 'smtp' }), { ...LIMITS, eachMs: 300 }))).toBe('silent')
    })

    it('an endless greeting is not listened to', async () => {
      const port = await servers.raw((socket) => {
        const go = (): void => {
          while (socket.write('220-more and more\r\n'.repeat(100)));
          socket.once('drain', go)
        }
        go()
      })
      for (const starttls of PROTOCOLS)
        expect(summaryOf(await ask(endpointAt(port, { starttls })))).toBe('not-understood')
    })

    it('another protocol is not understood', async () => {
      const port = await servers.raw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
      const answers = await openEndpoints(LIMITS).ask(all.map((starttls) => endpointAt(port, { starttls })))
      expect(answers.map(summaryOf)).toEqual([
        'handshake ERR_SSL_WRONG_VERSION_NUMBER',
        ...PROTOCOLS.map(() => 'not-understood'),
      ])
    })

    it('one that hangs up at once refuses', async () => {
      const port = await servers.raw((socket) => socket.end())
      expect(summaryOf(await ask(endpointAt(port, { starttls: 'imap' })))).toBe('refused')
    })

    it('a port that nobody listens on, and a name that nobody has', async () => {
      const port = await servers.raw(() => {})
      servers.close()
      expect(summaryOf(await ask(endpointAt(port)))).toBe('refused ECONNREFUSED')
      expect(summaryOf(await ask(endpointAt(443, { host: 'nobody.invalid' })))).toMatch(/^unknown-host E/)
    })

    it('is asked a second time when the network may have been at fault', async () => {
      let count = 0
      const inner = await servers.tls(secure)
      const port = await servers.raw((socket) => {
        count += 1
        if (count === 1) socket.resetAndDestroy()
        else socket.pipe(connect(inner, '127.0.0.1').on('error', () => {})).pipe(socket)
      })
      expect(summaryOf(await ask(endpointAt(port)))).toEqual(['a.example.org', 'Middle'])
    })
  })

  describe('many', () => {
    it('fifty are asked, never more than sixteen at once, and answered in their order', async () => {
      let [open, most] = [0, 0]
      const inner = await servers.tls(secure)
      const port = await servers.raw((socket) => {
        open += 1
        most = Math.max(most, open)
        socket.on('close', () => {
          open -= 1
        })
        setTimeout(() => socket.pipe(connect(inner, '127.0.0.1').on('error', () => {})).pipe(socket), 20)
      })
      const endpoints = Array.from({ length: 50 }, (_, index) => endpointAt(index % 5 === 0 ? 1 : port))
      const cpu = process.cpuUsage()
      const answers = await openEndpoints({ ...LIMITS, eachMs: 5000 }).ask(endpoints)
      const { user, system } = process.cpuUsage(cpu)
      expect(answers.map(({ kind }) => kind)).toEqual(
        endpoints.map((_, index) => (index % 5 === 0 ? 'refused' : 'served')),
      )
      expect(most).toBeLessThanOrEqual(16)
      expect(most).toBeGreaterThan(4)
      expect((user + system) / 1e6).toBeLessThan(5)
    })

    it('those that are left when the time is over are not asked', async () => {
      const port = await servers.raw(() => {})
      const answers = await openEndpoints({ atOnce: 2, eachMs: 300, allMs: 200 }).ask(
        Array.from({ length: 4 }, () => endpointAt(port)),
      )
      expect(answers.map(({ kind }) => kind)).toEqual(['silent', 'silent', 'not-asked', 'not-asked'])
    })
  })
})
