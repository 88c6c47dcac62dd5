#!/usr/bin/env node
// Rotates a key of a REST API for Sealward's driver `command`: docs/credentials-command.md is the contract. Node 20 or later, no packages.
//
//   driver: command
//   options: { argv: '["node", "rotate-api-key.mjs"]', base: 'https://api.example.com' }
//
// The API of this example:
//   GET    /v1/keys/self                       200 { "id": "..." } for a right key, 401 for a wrong one
//   POST   /v1/keys     Idempotency-Key: ...   201 { "id": "...", "secret": "..." }, and the same answer for the same header
//   DELETE /v1/keys/ID                         204, or 404 where it is gone

const REASONS = { 403: 'permission', 404: 'unsupported' }

const request = JSON.parse(await read(process.stdin))
const answer = await perform(request).catch(({ code = 'unavailable', message }) => ({
  outcome: 'error',
  code,
  why: message,
}))
process.stdout.write(`${JSON.stringify({ sealward: 1, ...answer })}\n`)

async function perform({ sealward, op, secrets, request: id }) {
  if (sealward !== 1) throw refusal('unsupported', 'this is another version of the contract')
  if (op === 'probe') return probe(secrets.password)
  if (op === 'preflight') return preflight(secrets.admin)
  if (op === 'issue') return issue(secrets.current, id)
  if (op === 'retire') return retire(secrets.keep, secrets.old)
  throw refusal('unsupported', 'this API makes its keys by itself')
}

/** 401 is the only no: anything else may be a fault of the network, or of today. */
async function probe(key) {
  const { status } = await ask('GET', '/v1/keys/self', key)
  if (status === 200) return { outcome: 'yes' }
  return status === 401 ? { outcome: 'no' } : { outcome: 'unknown', why: `the API answered ${status}` }
}

async function preflight(key) {
  const { outcome } = await probe(key)
  return { outcome: 'done', against: outcome === 'yes' ? [] : ['the present key does not work'] }
}

/** The API makes one key for one request: whoever was cut off after asking asks again, and gets the same. */
async function issue(key, id) {
  const { status, body } = await ask('POST', '/v1/keys', key, { 'idempotency-key': id })
  if (status !== 201 || typeof body.secret !== 'string') throw refusal(REASONS[status], `the API answered ${status}`)
  return { outcome: 'done', password: body.secret }
}

/** A key that is refused has been retired before. */
async function retire(keep, old) {
  const { status, body } = await ask('GET', '/v1/keys/self', old)
  if (status === 401) return { outcome: 'done' }
  if (status !== 200) throw refusal(REASONS[status], `the API answered ${status}`)
  const deleted = await ask('DELETE', `/v1/keys/${encodeURIComponent(body.id)}`, keep)
  if (deleted.status === 204 || deleted.status === 404) return { outcome: 'done' }
  throw refusal(REASONS[deleted.status], `the API answered ${deleted.status}`)
}

async function ask(method, path, key, headers = {}) {
  const options = { method, redirect: 'error', signal: AbortSignal.timeout(15_000) }
  const authorization = `Bearer ${key}`
  const response = await fetch(new URL(path, request.options.base), {
    ...options,
    headers: { ...headers, authorization },
  })
  const isJson = response.status !== 204 && response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, body: isJson ? await response.json() : {} }
}

function refusal(code, message) {
  return Object.assign(new Error(message), { code })
}

async function read(stream) {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) text += chunk
  return text
}
