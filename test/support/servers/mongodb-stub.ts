import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { BSON } from 'mongodb'

/**
 * A stub of MongoDB: real bytes (OP_QUERY for the first hello, OP_MSG afterwards), real SCRAM-SHA-256 (RFC 7677), and of the commands those
 * that have to do with users. What a real server would do beside that, it does not show.
 */
export interface StubUser {
  password: string
  roles: readonly { readonly role: string; readonly db: string }[]
  authenticationRestrictions?: unknown
}

type Document = Record<string, unknown>

interface Session {
  user: string | null
  scram: { user: string; first: string; nonce: string; verifier: Verifier } | null
}

interface Verifier {
  readonly salt: Buffer
  readonly storedKey: Buffer
  readonly serverKey: Buffer
}

const [OP_REPLY, OP_QUERY, OP_MSG] = [1, 2004, 2013]
const ITERATIONS = 15_000
const ADMIN_ROLES = ['root', 'userAdmin', 'userAdminAnyDatabase']

export class MongoStub {
  readonly users = new Map<string, StubUser>()
  /** Names of the commands so far, with who gave them. */
  readonly commands: string[] = []
  /** Commands that are answered with an error, by their code. */
  readonly failing = new Map<string, number>()
  /** For whom it takes whoever logs in; null for who it is. */
  taken: { readonly user: string; readonly db: string } | null = null
  port = 0
  #server: Server | null = null
  readonly #sockets = new Set<Socket>()
  readonly #database: string
  readonly #set: string | null

  /** @param order where the users are, and the name of the replica set of which it says to be the primary and only member */
  constructor(
    users: Readonly<Record<string, StubUser>>,
    order: { readonly database?: string; readonly set?: string } = {},
  ) {
    for (const [name, user] of Object.entries(users)) this.users.set(name, user)
    this.#database = order.database ?? 'admin'
    this.#set = order.set ?? null
  }

  async start(tls?: { readonly cert: string; readonly key: string }): Promise<this> {
    const serve = (socket: Socket) => this.#serve(socket)
    const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve)
    server.on('tlsClientError', () => {})
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as { readonly port: number }).port
    this.#server = server
    return this
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  #serve(socket: Socket): void {
    const session: Session = { user: null, scram: null }
    let waiting = Buffer.alloc(0)
    this.#sockets.add(socket)
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk])
      while (waiting.length >= 16 && waiting.length >= waiting.readInt32LE(0)) {
        const message = waiting.subarray(0, waiting.readInt32LE(0))
        waiting = waiting.subarray(message.length)
        socket.write(this.#reply(message, session))
      }
    })
  }

  #reply(message: Buffer, session: Session): Buffer {
    const [id, opCode] = [message.readInt32LE(4), message.readInt32LE(12)]
    // OP_QUERY: flags, a name that ends with NUL, two numbers, a document. OP_MSG: flags, a section of kind 0.
    const start = opCode === OP_QUERY ? message.indexOf(0, 20) + 9 : 21
    const length = message.readInt32LE(start)
    const answer = BSON.serialize(this.#answer(BSON.deserialize(message.subarray(start, start + length)), session))
    const isMessage = opCode === OP_MSG
    const before = Buffer.alloc(isMessage ? 21 : 36)
    before.writeInt32LE(before.length + answer.length, 0)
    before.writeInt32LE(id, 8)
    before.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12)
    if (!isMessage) before.writeInt32LE(1, 32)
    return Buffer.concat([before, answer])
  }

  #answer(command: Document, session: Session): Document {
    const name = Object.keys(command)[0]!
    if (!/^(?:hello|ismaster|endSessions)$/i.test(name)) this.commands.push(`${session.user ?? '-'} ${name}`)
    const failing = this.failing.get(name)
    if (failing !== undefined) return failed(failing, 'as ordered')
    if (/^(?:hello|ismaster)$/i.test(name)) return this.#hello(command)
    if (name === 'saslStart') return this.#saslStart(command, session)
    if (name === 'saslContinue') return this.#saslContinue(command, session)
    if (name === 'connectionStatus') return { authInfo: { authenticatedUsers: this.#who(session) }, ok: 1 }
    if (session.user === null) return failed(13, 'command requires authentication')
    if (name === 'ping' || name === 'endSessions') return { ok: 1 }
    return this.#userCommand(name, command, session)
  }

  #hello({ saslSupportedMechs }: Document): Document {
    const mechanisms = saslSupportedMechs === undefined ? {} : { saslSupportedMechs: ['SCRAM-SHA-256'] }
    const me = `127.0.0.1:${this.port}`
    const member = this.#set === null ? {} : { setName: this.#set, setVersion: 1, hosts: [me], primary: me, me }
    return {
      ismaster: true,
      isWritablePrimary: true,
      maxWireVersion: 21,
      minWireVersion: 0,
      ...mechanisms,
      ...member,
      ok: 1,
    }
  }

  #saslStart({ payload, mechanism, $db }: Document, session: Session): Document {
    const [, user, nonce] = /^n,,n=([^,]*),r=(.+)$/.exec(textIn(payload)) ?? []
    const known = this.users.get(user ?? '')
    if (mechanism !== 'SCRAM-SHA-256' || known === undefined || $db !== this.#database)
      return failed(18, 'Authentication failed.')
    const verifier = verifierOf(known.password)
    const both = nonce + randomBytes(18).toString('base64')
    const first = `r=${both},s=${verifier.salt.toString('base64')},i=${ITERATIONS}`
    session.scram = { user: user!, first: `n=${user},r=${nonce},${first}`, nonce: both, verifier }
    return { conversationId: 1, done: false, payload: new BSON.Binary(Buffer.from(first)), ok: 1 }
  }

  #saslContinue({ payload }: Document, session: Session): Document {
    const { scram } = session
    const [, bare, nonce, proof] = /^(c=biws,r=(.+)),p=(.+)$/.exec(textIn(payload)) ?? []
    if (scram === null || nonce !== scram.nonce || proof === undefined) return failed(18, 'Authentication failed.')
    const message = `${scram.first},${bare}`
    const signature = hmac(scram.verifier.storedKey, message)
    const clientKey = Buffer.from(proof, 'base64').map((byte, index) => byte ^ signature[index]!)
    if (!timingSafeEqual(sha256(clientKey), scram.verifier.storedKey)) return failed(18, 'Authentication failed.')
    session.user = scram.user
    const final = `v=${hmac(scram.verifier.serverKey, message).toString('base64')}`
    return { conversationId: 1, done: true, payload: new BSON.Binary(Buffer.from(final)), ok: 1 }
  }

  #userCommand(name: string, command: Document, session: Session): Document {
    const { roles = [] } = this.users.get(session.user ?? '') ?? {}
    const isAdmin = roles.some(({ role }) => ADMIN_ROLES.includes(role))
    const user = name === 'usersInfo' ? (command[name] as { user: string }).user : String(command[name])
    const known = this.users.get(user)
    if (!isAdmin && user !== session.user) return failed(13, 'not authorized')
    if (name === 'usersInfo')
      return { users: known === undefined ? [] : [{ user, db: this.#database, ...shown(known) }], ok: 1 }
    if (name === 'updateUser' && known === undefined) return failed(11, 'user not found')
    if (name !== 'updateUser' && name !== 'createUser') return failed(59, 'no such command')
    const { pwd, roles: given, authenticationRestrictions } = command as Partial<StubUser> & { readonly pwd: string }
    this.users.set(user, {
      roles: [],
      ...known,
      ...(given !== undefined && { roles: given }),
      ...(authenticationRestrictions !== undefined && { authenticationRestrictions }),
      password: pwd,
    })
    return { ok: 1 }
  }

  #who({ user }: Session): Document[] {
    return user === null ? [] : [this.taken ?? { user, db: this.#database }]
  }
}

function shown({ password: _, ...rest }: StubUser): Document {
  return rest
}

function verifierOf(password: string): Verifier {
  const salt = randomBytes(28)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  return { salt, storedKey: sha256(hmac(salted, 'Client Key')), serverKey: hmac(salted, 'Server Key') }
}

const hmac = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const textIn = (payload: unknown) => Buffer.from((payload as BSON.Binary).buffer).toString('utf8')
const failed = (code: number, errmsg: string) => ({ ok: 0, code, codeName: 'Stub', errmsg })
