/** An answer whose body has been read. */
export interface ReadAnswer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
}

/** So many are kept, and none that is larger; a run lists few things twice. */
const MOST = 32
const MOST_BYTES = 2 * 1024 * 1024

/**
 * What GitHub answered before: asked again with `If-None-Match`, it says 304, and such an answer is not counted against the limit of
 * requests.
 *
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export class EtagMemory {
  readonly #answers = new Map<string, ReadAnswer & { readonly etag: string }>()

  /** The request, with the condition when there is an answer to fall back on. */
  conditional(address: string, init: RequestInit): RequestInit {
    const known = isGet(init) ? this.#answers.get(address) : undefined
    return known === undefined ? init : { ...init, headers: { ...headersOf(init), 'if-none-match': known.etag } }
  }

  /** The answer, or the one of before that a 304 stands for. */
  settle(address: string, init: RequestInit, answer: ReadAnswer): Response {
    const known = this.#answers.get(address)
    if (answer.status === 304 && known !== undefined) return responseOf(known)
    const etag = new Headers(answer.headers as [string, string][]).get('etag')
    const worthKeeping = isGet(init) && answer.status === 200 && answer.body.length <= MOST_BYTES
    if (worthKeeping && etag !== null) this.#keep(address, { ...answer, etag })
    return responseOf(answer)
  }

  #keep(address: string, answer: ReadAnswer & { readonly etag: string }): void {
    const oldest = this.#answers.keys().next()
    if (this.#answers.size >= MOST && oldest.done !== true) this.#answers.delete(oldest.value)
    this.#answers.set(address, answer)
  }
}

function isGet({ method }: RequestInit): boolean {
  return method === undefined || method === 'GET'
}

function headersOf({ headers }: RequestInit): Record<string, string> {
  return Object.fromEntries(new Headers(headers))
}

/** Content-Encoding was undone with the reading, and its header would have it done again. */
function responseOf({ status, headers, body }: ReadAnswer): Response {
  const bare = status === 204 || status === 205 || status === 304
  const kept = headers.filter(([name]) => name !== 'content-encoding' && name !== 'content-length')
  return new Response(bare ? null : new Uint8Array(body), { status, headers: kept as [string, string][] })
}
