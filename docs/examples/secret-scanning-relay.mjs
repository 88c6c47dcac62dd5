// A relay: GitHub's secret scanning tells it of a leak, and it asks Sealward for a rotation, with a signature. Node 20, no packages.
//
// In its environment: WEBHOOK_SECRET (of the webhook of the repository, event "Secret scanning alerts"), SEALWARD_REQUEST_KEYS (whsec_...),
// GITHUB_TOKEN (contents: write, to send events), and CREDENTIALS, which kind of leaked secret is which credential:
//   {"postgres_connection_string": {"name": "orders-db", "path": "production/.env.encrypted"}}
// It listens on 127.0.0.1: something with TLS stands before it.
import { execFile } from 'node:child_process'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { promisify } from 'node:util'

const {
  WEBHOOK_SECRET,
  GITHUB_TOKEN,
  GITHUB_API_URL = 'https://api.github.com',
  SEALWARD = 'sealward',
  PORT = '8080',
} = process.env
const CREDENTIALS = JSON.parse(process.env.CREDENTIALS ?? '{}')
const BODY_BYTES = 1024 * 1024
const DELIVERIES = 10_000
const seen = new Set()
const run = promisify(execFile)

const server = createServer(async (request, response) => {
  const answer = (status, text) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`)
  try {
    const body = await read(request)
    if (!isSigned(body, request.headers['x-hub-signature-256'])) return answer(401, 'not signed')
    // GitHub signs no time: a delivery that comes again is known by its number.
    const delivery = String(request.headers['x-github-delivery'])
    if (seen.has(delivery)) return answer(200, 'known')
    const { action, alert, repository } = JSON.parse(body)
    const credential = Object.hasOwn(CREDENTIALS, alert?.secret_type) ? CREDENTIALS[alert.secret_type] : undefined
    if (action !== 'created' || credential === undefined) return answer(200, 'nothing to do')
    await ask(credential, repository, `secret scanning alert ${Number(alert.number)}`)
    if (seen.size >= DELIVERIES) seen.clear()
    seen.add(delivery)
    answer(202, 'asked')
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    answer(500, 'failed')
  }
})
server.listen(Number(PORT), '127.0.0.1', () => process.stdout.write(`listening on ${server.address().port}\n`))

/** The webhook's own signature: of the body alone, in hexadecimal. */
function isSigned(body, signature) {
  const own = Buffer.from(`sha256=${createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex')}`)
  const given = Buffer.from(String(signature))
  return own.length === given.length && timingSafeEqual(own, given)
}

async function ask({ name, path }, { id, full_name: repository, default_branch: branch }, reason) {
  const file = await github('GET', `contents/${encodeURI(path)}?ref=${encodeURIComponent(branch)}`, repository)
  const version = createHash('sha256').update(file).digest('hex')
  const of = ['--repository', String(id), '--ref', `refs/heads/${branch}`, '--path', path, '--version', version]
  const why = ['--requester', 'secret-scanning', '--reason', reason]
  const { stdout } = await run(SEALWARD, ['request', 'sign', name, ...of, ...why])
  await github('POST', 'dispatches', repository, stdout)
}

async function github(method, path, repository, body) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${repository}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${GITHUB_TOKEN}`,
      accept: 'application/vnd.github.raw+json',
      'user-agent': 'relay',
    },
    redirect: 'error',
    ...(body !== undefined && { body }),
  })
  if (!response.ok) throw new Error(`GitHub answered ${method} ${path} with ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

async function read(request) {
  const chunks = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > BODY_BYTES) throw new Error('the body is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
