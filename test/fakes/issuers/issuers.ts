import { createHash, createHmac } from 'node:crypto'
import type { Received, Said } from './server.ts'

/** How one issuer behaves, after its documentation. */
export interface Issuer {
  readonly name: string
  /** The rule of the scanner whose token it gives out. */
  readonly rule: string
  /** What the variable is called, for tokens that are known by it. */
  readonly variable?: string
  /** Where a token may stand in a request: everywhere else it is out of place. */
  readonly sent: (
    token: string,
  ) => Partial<Record<'authorization' | 'private-token' | 'x-api-key' | 'x-vault-token' | 'path', string>>
  readonly route: string
  /** To who brings the right token. */
  readonly accepts: Said
  /** To who brings one that was revoked, or never was one. */
  readonly refuses: Said
  /** Other answers of this issuer, and what they mean. */
  readonly others?: readonly (readonly [what: string, said: Said, state: 'live' | 'dead' | 'unknown'])[]
  /** What `accepts` says of the token's life. */
  readonly life?: { readonly expires?: Date | null; readonly issued?: Date }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

export const ISSUERS: readonly Issuer[] = [
  {
    name: 'github',
    rule: 'github-pat',
    sent: bearer,
    route: 'GET /user',
    accepts: {
      status: 200,
      headers: { 'github-authentication-token-expiration': '2027-10-12 09:00:00 UTC' },
      body: { login: 'octocat', id: 1 },
    },
    life: { expires: new Date('2027-10-12T09:00:00Z') },
    refuses: { status: 401, body: { message: 'Bad credentials', status: '401' } },
    others: [
      ['an installation', { status: 403, body: { message: 'Resource not accessible by integration' } }, 'live'],
      ['a rate limit', { status: 403, body: { message: 'API rate limit exceeded for 127.0.0.1.' } }, 'unknown'],
    ],
  },
  {
    name: 'gitlab',
    rule: 'gitlab-pat',
    sent: (token) => ({ 'private-token': token }),
    route: 'GET /api/v4/personal_access_tokens/self',
    accepts: {
      status: 200,
      body: { id: 1, revoked: false, active: true, created_at: '2026-09-04T07:19:18.652Z', expires_at: '2027-01-31' },
    },
    life: { expires: new Date('2027-01-31T00:00:00Z'), issued: new Date('2026-09-04T07:19:18.652Z') },
    refuses: { status: 401, body: { message: '401 Unauthorized' } },
    others: [
      ['a token that has been revoked', { status: 200, body: { active: false, revoked: true } }, 'dead'],
      ['too many failures before', { status: 403, body: { message: '403 Forbidden' } }, 'unknown'],
    ],
  },
  {
    name: 'npm',
    rule: 'npm-access-token',
    sent: bearer,
    route: 'GET /-/whoami',
    accepts: { status: 200, body: { username: 'somebody' } },
    refuses: { status: 401, body: {} },
  },
  {
    name: 'openai',
    rule: 'openai-key',
    sent: bearer,
    route: 'GET /v1/models',
    accepts: { status: 200, body: { object: 'list', data: [{ id: 'a' }] } },
    refuses: { status: 401, body: { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } } },
    others: [
      [
        'a key that may not list models',
        {
          status: 401,
          body: {
            error: {
              message: 'You have insufficient permissions for this operation. Missing scopes: api.model.read.',
              code: null,
            },
          },
        },
        'live',
      ],
      [
        'a key of another region',
        {
          status: 401,
          body: {
            error: {
              message: 'attempted to access resource with incorrect regional hostname',
              code: 'incorrect_hostname',
            },
          },
        },
        'unknown',
      ],
    ],
  },
  {
    name: 'anthropic',
    rule: 'anthropic-api-key',
    sent: (token) => ({ 'x-api-key': token }),
    route: 'GET /v1/models',
    accepts: { status: 200, body: { data: [], has_more: false } },
    refuses: {
      status: 401,
      body: { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } },
    },
    others: [
      ['too much to do', { status: 529, body: { type: 'error', error: { type: 'overloaded_error' } } }, 'unknown'],
    ],
  },
  {
    name: 'hugging-face',
    rule: 'huggingface-token',
    sent: bearer,
    route: 'GET /api/whoami-v2',
    accepts: { status: 200, body: { type: 'user', name: 'somebody' } },
    refuses: { status: 401, body: { error: 'Invalid credentials in Authorization header' } },
  },
  {
    name: 'cloudflare',
    rule: 'cloudflare-token',
    sent: bearer,
    route: 'GET /client/v4/user/tokens/verify',
    accepts: {
      status: 200,
      body: {
        success: true,
        result: { id: 'x', status: 'active', not_before: '2026-07-01T05:20:00Z', expires_on: '2027-01-01T00:00:00Z' },
      },
    },
    life: { expires: new Date('2027-01-01T00:00:00Z'), issued: new Date('2026-07-01T05:20:00Z') },
    refuses: {
      status: 401,
      body: { success: false, errors: [{ code: 1000, message: 'Invalid API Token' }], result: null },
    },
    others: [
      [
        'a token that is switched off',
        { status: 200, body: { success: true, result: { status: 'disabled' } } },
        'dead',
      ],
      ['a token that has ended', { status: 200, body: { success: true, result: { status: 'expired' } } }, 'dead'],
      ['a malformed header', { status: 400, body: { success: false, errors: [{ code: 6003 }] } }, 'unknown'],
    ],
  },
  {
    name: 'digitalocean',
    rule: 'digitalocean-token',
    sent: bearer,
    route: 'GET /v2/account',
    accepts: { status: 200, body: { account: { status: 'active' } } },
    refuses: { status: 401, body: { id: 'Unauthorized', message: 'Unable to authenticate you' } },
    others: [
      [
        'a token without the scope',
        { status: 403, body: { id: 'Forbidden', message: 'You are not authorized' } },
        'live',
      ],
    ],
  },
  {
    name: 'vault',
    rule: 'vault-service-token',
    sent: (token) => ({ 'x-vault-token': token }),
    route: 'GET /v1/auth/token/lookup-self',
    accepts: {
      status: 200,
      body: {
        data: {
          expire_time: '2027-05-19T11:35:54.466476215-04:00',
          issue_time: '2026-05-19T11:35:54.466476078-04:00',
          ttl: 1,
        },
      },
    },
    life: { expires: new Date('2027-05-19T15:35:54.466Z'), issued: new Date('2026-05-19T15:35:54.466Z') },
    refuses: { status: 403, body: { errors: ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'] } },
    others: [
      [
        'a policy that forbids it',
        { status: 403, body: { errors: ['1 error occurred:\n\t* permission denied\n\n'] } },
        'unknown',
      ],
      ['a vault that is sealed', { status: 503, body: { errors: ['Vault is sealed'] } }, 'unknown'],
    ],
  },
  {
    name: 'slack',
    rule: 'slack-bot-token',
    sent: bearer,
    route: 'POST /api/auth.test',
    accepts: { status: 200, body: { ok: true, team: 'x', user_id: 'U0' } },
    life: { expires: null },
    refuses: { status: 200, body: { ok: false, error: 'invalid_auth' } },
    others: [
      ['a token that was revoked', { status: 200, body: { ok: false, error: 'token_revoked' } }, 'dead'],
      ['trouble', { status: 200, body: { ok: false, error: 'internal_error' } }, 'unknown'],
    ],
  },
  {
    name: 'stripe',
    rule: 'stripe-live-key',
    sent: bearer,
    route: 'GET /v1/balance',
    accepts: { status: 200, body: { object: 'balance', livemode: true } },
    refuses: { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } } },
    others: [
      [
        'a key for something else',
        { status: 403, body: { error: { type: 'invalid_request_error', code: 'more_permissions_required' } } },
        'live',
      ],
    ],
  },
  {
    name: 'sendgrid',
    rule: 'sendgrid-key',
    sent: bearer,
    route: 'GET /v3/scopes',
    accepts: { status: 200, body: { scopes: ['mail.send'] } },
    refuses: { status: 401, body: { errors: [{ field: null, message: 'authorization required' }] } },
    others: [
      [
        'an address that is not let in',
        { status: 403, body: { errors: [{ message: 'access forbidden' }] } },
        'unknown',
      ],
    ],
  },
  {
    name: 'telegram',
    rule: 'telegram-bot-token',
    sent: (token) => ({ path: `/bot${token}/getMe` }),
    route: 'GET',
    accepts: { status: 200, body: { ok: true, result: { is_bot: true } } },
    refuses: { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } },
  },
  {
    name: 'discord',
    rule: 'discord-bot-token',
    variable: 'DISCORD_TOKEN',
    sent: (token) => ({ authorization: `Bot ${token}` }),
    route: 'GET /api/v10/users/@me',
    accepts: { status: 200, body: { id: '1', bot: true } },
    refuses: { status: 401, body: { message: '401: Unauthorized', code: 0 } },
  },
]

/** Lets one token in, where and how the documentation says. */
export function answerOf(issuer: Issuer, token: string): (request: Received) => Said {
  const { path, ...headers } = issuer.sent(token)
  return (request) => {
    const isRoute = `${request.method} ${request.path}` === (path === undefined ? issuer.route : `GET ${path}`)
    if (!isRoute && path === undefined) return { status: 404, body: {} }
    const isKnown = isRoute && Object.entries(headers).every(([name, value]) => request.headers[name] === value)
    return isKnown ? issuer.accepts : issuer.refuses
  }
}

/** The query APIs of AWS: STS and IAM behind one address. They check the signature, as AWS describes it, and know one key. */
export function answerAsAws(
  key: { readonly id: string; readonly secret: string },
  created: string | null,
): (request: Received) => Said {
  return ({ headers, body }) => {
    const { authorization = '', host = '', 'x-amz-date': date = '' } = headers as Record<string, string>
    const form =
      /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/(\w+)\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=([0-9a-f]{64})$/
    const [, id, day = '', region = '', service = '', signature] = form.exec(authorization) ?? []
    if (id !== key.id) return refusal('InvalidClientTokenId')
    const scope = `${day}/${region}/${service}/aws4_request`
    const canonical = `POST\n/\n\ncontent-type:${headers['content-type']}\nhost:${host}\nx-amz-date:${date}\n\ncontent-type;host;x-amz-date\n${digest(body)}`
    const signing = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
      (made, part) => createHmac('sha256', made).update(part).digest(),
      `AWS4${key.secret}`,
    )
    const expected = createHmac('sha256', signing)
      .update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${digest(canonical)}`)
      .digest('hex')
    if (signature !== expected) return refusal('SignatureDoesNotMatch')
    if (service === 'sts' && body.includes('Action=GetCallerIdentity'))
      return {
        status: 200,
        body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      }
    if (created === null) return refusal('AccessDenied')
    const other = `<member><AccessKeyId>AKIAOTHER</AccessKeyId><CreateDate>2020-01-01T00:00:00Z</CreateDate></member>`
    return {
      status: 200,
      body: `<ListAccessKeysResponse>${other}<member><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><CreateDate>${created}</CreateDate></member></ListAccessKeysResponse>`,
    }
  }
}

function refusal(code: string): Said {
  return { status: 403, body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code></Error></ErrorResponse>` }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
