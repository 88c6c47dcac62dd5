import type { Change, Login } from '../../core/credential/change.ts'
import {
  type CommandRequest,
  type CommandSettings,
  changeRequest,
  preflightRequest,
  probeRequest,
  readCommandSettings,
  readDone,
  readObjections,
  readProbe,
  requestLine,
} from '../../core/credential/statements/command.ts'
import type { Target } from '../../core/credential/target.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Secret } from '../../core/secret.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import { leanEnvironment, runChild } from './programs/child.ts'

/** Any other system, by a program that does one thing for each start: docs/credentials-command.md. */
export const open: OpenCredentialSystem = (target) => {
  const settings = readCommandSettings(target)
  const ask = (request: CommandRequest) => answerOf(request, target, settings)
  return {
    async probe(login, statement) {
      const request = probeRequest(login, statement)
      try {
        return readProbe(await ask(request), Object.values(request.secrets))
      } catch (error) {
        return { kind: 'unknown', why: error instanceof SealwardError ? error.message : 'the command could not be run' }
      }
    },
    async preflight(changes, admin) {
      const request = preflightRequest(changes, admin)
      return readObjections(await ask(request), Object.values(request.secrets))
    },
    carryOut: (change, admin) => carryOut(change, admin, ask),
  }
}

const MAX_ANSWER = 64 * 1024

async function carryOut(
  change: Change,
  admin: Login,
  ask: (request: CommandRequest) => Promise<Buffer>,
): Promise<Secret | null> {
  const request = changeRequest(change, admin)
  const answer = readDone(await ask(request), change.kind, Object.values(request.secrets))
  if (answer.kind === 'done') return answer.password
  throw new SealwardError(answer.code, `the command refused: ${answer.why}`)
}

/** What it says on standard error is dropped: until the answer is there nobody knows which of it is secret. */
async function answerOf(request: CommandRequest, target: Target, settings: CommandSettings): Promise<Buffer> {
  const [program, ...args] = settings.argv
  const end = await runChild({
    program,
    args,
    input: requestLine(request, target),
    env: leanEnvironment(settings.env),
    timeoutMs: settings.timeoutMs,
    maxBytes: MAX_ANSWER,
  })
  if (end.kind !== 'ended') throw new SealwardError('unavailable', `the command did not answer: ${end.why}`)
  if (end.status === 0) return end.stdout
  throw new SealwardError('unavailable', `the command ended with status ${end.status}`, {
    hint: 'run it by hand with a request of docs/credentials-command.md on its standard input',
  })
}
