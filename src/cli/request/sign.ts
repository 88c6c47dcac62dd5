import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { digestOf } from '../../core/ledger/marks.ts'
import { LONGEST_MS } from '../../core/request/authenticate.ts'
import { printDispatch } from '../../core/request/message.ts'
import { printRequest, type RotationRequest, readRequest } from '../../core/request/request.ts'
import { newRequestId, signRequest } from '../../core/request/sign-request.ts'
import { policyFor } from '../../tasks/steps/policy-for.ts'
import type { Call } from '../command.ts'
import { keysFor } from './keys.ts'

const HOUR = 60 * 60 * 1000
const ALGORITHMS: Readonly<Record<string, 'v1' | 'hmac-sha512'>> = { sha256: 'v1', sha512: 'hmac-sha512' }

/** Prints a signed request as GitHub takes it. */
export async function sign(credential: string, call: Call): Promise<number> {
  const { one, world } = call
  const scheme = ALGORITHMS[one('algorithm') ?? 'sha256']
  if (scheme === undefined) throw new SealwardError('usage', '--algorithm takes sha256 or sha512')
  const now = world.clock.now()
  const request = await requestFor(credential, now, call)
  const message = signRequest(request, { keys: await keysFor(call), scheme, now })
  const eventType = one('event-type') ?? 'sealward-rotate'
  if (!/^[A-Za-z0-9_.-]{1,100}$/.test(eventType)) throw new SealwardError('usage', '--event-type takes a name')
  world.terminal.print(`${printDispatch(eventType, message)}\n`)
  return 0
}

/** @throws SealwardError usage, not-found */
async function requestFor(credential: string, now: Date, call: Call): Promise<RotationRequest> {
  const { one, has } = call
  const repository = one('repository') ?? process.env.GITHUB_REPOSITORY_ID
  if (repository === undefined)
    throw new SealwardError('usage', 'say with --repository which repository is asked, by its number', {
      hint: 'gh api repos/OWNER/NAME --jq .id',
    })
  const [reason, address] = [one('reason'), one('address')]
  const request = {
    ...{ id: newRequestId(), repository, credential, ...(await fileOf(credential, call)) },
    ref: one('ref') ?? 'refs/heads/main',
    notAfter: new Date(now.getTime() + periodOf(one('not-after') ?? '1h')),
    requester: one('requester') ?? 'cli',
    emergency: has('emergency'),
    ...(reason !== undefined && { reason }),
    ...(address !== undefined && { address }),
  }
  if (readRequest(printRequest(request)) !== null) return request
  throw new SealwardError('usage', 'no request can be made of this: one of the flags is not as it should be', {
    hint: 'the repository is a number, the ref begins with refs/heads/, the version is SHA-256 in lower-case hexadecimal',
  })
}

/** What is given, else what the sealward.yml here says and the file on disk is. */
async function fileOf(credential: string, { one, world }: Call): Promise<Pick<RotationRequest, 'path' | 'version'>> {
  const [given, version] = [one('path'), one('version')]
  if (given !== undefined && version !== undefined) return { path: given, version }
  const found = await policyFor('x', world.configs)
  const rule = found?.policy.rotation.credentials.find(({ name }) => name === credential)
  if (rule === undefined)
    throw new SealwardError('not-found', 'there is no sealward.yml here that has this credential', {
      hint: 'give --path and --version, or go to the top of the repository',
    })
  const bytes = version === undefined ? await world.files.read(rule.path, FILE_BYTES) : null
  if (version === undefined && bytes === null)
    throw new SealwardError('not-found', 'no such file', { file: rule.path, hint: 'go to the folder of sealward.yml' })
  return { path: given ?? rule.path, version: version ?? digestOf(bytes!) }
}

function periodOf(text: string): number {
  const [, count = '', unit] = /^([1-9][0-9]{0,3})([mh])$/.exec(text) ?? []
  const period = Number(count) * (unit === 'h' ? HOUR : HOUR / 60)
  if (period > 0 && period <= LONGEST_MS) return period
  throw new SealwardError('usage', '--not-after takes a period such as 30m or 2h, 24h at most')
}
