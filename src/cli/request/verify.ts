import { SealwardError } from '../../core/errors.ts'
import { printable } from '../../core/report/printable.ts'
import { authenticate } from '../../core/request/authenticate.ts'
import { judgeRequest } from '../../core/request/judge.ts'
import { readMessage } from '../../core/request/message.ts'
import { REFUSALS, type RequestVerdict } from '../../core/request/verdict.ts'
import { at, parseJson } from '../../core/trust/json.ts'
import type { Call } from '../command.ts'
import { keysFor } from './keys.ts'

const FILE_BYTES = 64 * 1024
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** Holds a request against keys, the clock, and what was given of where it should be for. @returns 0 for a good one, 1 for one that is refused */
export async function verify(file: string, call: Call): Promise<number> {
  const { teller, terminal } = call.world
  const verdict = await judge(file, call)
  if (verdict.kind !== 'ok') {
    const [why, hint] = REFUSALS[verdict.kind]
    terminal.print(`refused (${verdict.kind}): ${why}\n`)
    teller.note(hint)
    return 1
  }
  const { credential, path, requester, notAfter } = verdict.request
  const until = notAfter.toISOString()
  terminal.print(`good: ${credential} in ${printable(path)}, asked for by ${printable(requester)}, until ${until}\n`)
  teller.note('whether it was sent before is known where it is sent to')
  return 0
}

async function judge(file: string, call: Call): Promise<RequestVerdict> {
  const { one, has, world } = call
  const bytes = file === '-' ? await world.terminal.input(FILE_BYTES) : await world.files.read(file, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  const text = parseJson(bytes)
  const message = readMessage(at(text, 'client_payload') ?? at(text, 'inputs') ?? text)
  if ('kind' in message) return message
  const verdict = authenticate(message, { keys: await keysFor(call), sha1: has('sha1'), now: momentOf(call) })
  if (verdict.kind !== 'ok') return verdict
  const { request } = verdict
  return judgeRequest(request, {
    repository: one('repository') ?? request.repository,
    ref: one('ref') ?? request.ref,
    path: one('path') ?? request.path,
    version: one('version') ?? request.version,
  })
}

function momentOf({ one, world }: Call): Date {
  const text = one('at')
  if (text === undefined) return world.clock.now()
  const moment = new Date(text)
  if (TIME.test(text) && !Number.isNaN(moment.getTime())) return moment
  throw new SealwardError('usage', '--at takes a time such as 2027-01-31T12:00:00Z')
}
