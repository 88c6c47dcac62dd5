import { createHash, createHmac } from 'node:crypto'

/** An access key: the id is public, the secret signs and is not sent. */
export interface AccessKey {
  readonly id: string
  readonly secret: string
}

export interface Signable {
  readonly host: string
  readonly service: string
  readonly region: string
  /** Of a form, sent by POST to `/`. */
  readonly body: string
  readonly now: Date
}

const TYPE = 'application/x-www-form-urlencoded; charset=utf-8'
const SIGNED = 'content-type;host;x-amz-date'

/**
 * The headers of a signed request, as far as the query APIs of AWS need it: Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
 */
export function signedHeaders(
  { id, secret }: AccessKey,
  { host, service, region, body, now }: Signable,
): Record<string, string> {
  const moment = `${now.toISOString().replace(/[-:]|\.\d+/g, '')}`
  const scope = `${moment.slice(0, 8)}/${region}/${service}/aws4_request`
  const canonical = [
    'POST',
    '/',
    '',
    `content-type:${TYPE}`,
    `host:${host}`,
    `x-amz-date:${moment}`,
    '',
    SIGNED,
    sha256(body),
  ]
  const text = ['AWS4-HMAC-SHA256', moment, scope, sha256(canonical.join('\n'))].join('\n')
  const key = scope.split('/').reduce((made: string | Buffer, part) => hmac(made, part), `AWS4${secret}`)
  const signature = hmac(key, text).toString('hex')
  return {
    'content-type': TYPE,
    'x-amz-date': moment,
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${SIGNED}, Signature=${signature}`,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
