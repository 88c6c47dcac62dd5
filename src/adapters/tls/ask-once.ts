import { connect, type Socket } from 'node:net'
import type { Endpoint, EndpointAnswer, SilentAnswer } from '../../tasks/world/endpoint.ts'
import { Conversation } from './conversation.ts'
import { shakeHands } from './handshake.ts'
import { DIALOGS } from './starttls/dialogs.ts'

/** Of several addresses of one host, each gets so long before the next one is tried beside it. Node's own 250 ms are short for a slow line. */
const NEXT_ADDRESS_MS = 1500
const UNKNOWN_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_FAIL'])
const TOO_LATE = new Set(['ETIMEDOUT'])
const SILENT: SilentAnswer = { kind: 'silent', code: '' }

/** Asks a server once: connects, says in its protocol that TLS is wanted, and looks at what it shows. The socket is gone afterwards. */
export async function askOnce(endpoint: Endpoint, signal: AbortSignal): Promise<EndpointAnswer> {
  const { host, port } = endpoint
  const socket = connect({ host, port, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS })
  const end = (): void => void socket.destroy(signal.reason)
  signal.addEventListener('abort', end, { once: true })
  try {
    await connected(socket)
    const answer = (await negotiate(endpoint, socket)) ?? (await shakeHands(endpoint, socket))
    return answer.kind === 'handshake' && signal.aborted ? SILENT : answer
  } catch (error) {
    return outcomeOf(error as NodeJS.ErrnoException, signal)
  } finally {
    signal.removeEventListener('abort', end)
    socket.destroy()
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays for good: a socket that fails when nobody waits for it would end the program.
    socket.on('error', reject)
    socket.once('connect', resolve)
  })
}

/** @returns null when TLS may begin */
async function negotiate({ starttls, servername }: Endpoint, socket: Socket): Promise<SilentAnswer | null> {
  if (starttls === null) return null
  const talk = new Conversation(socket)
  const outcome = await DIALOGS[starttls](talk, servername)
  const { heard, isMore } = talk.close()
  if (outcome === 'not-understood' && !heard) return { kind: 'refused', code: '' }
  if (outcome !== 'ready') return { kind: outcome, code: '' }
  // Whatever came after the yes came without TLS. A client that reads it later takes it for protected (CVE-2011-0411, CVE-2021-23222).
  return isMore ? { kind: 'injected', code: '' } : null
}

function outcomeOf({ code = '' }: NodeJS.ErrnoException, signal: AbortSignal): SilentAnswer {
  if (signal.aborted || TOO_LATE.has(code)) return SILENT
  return { kind: UNKNOWN_HOST.has(code) ? 'unknown-host' : 'refused', code }
}
