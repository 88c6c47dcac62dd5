import { SealwardError } from '../../../core/errors.ts'
import type { PostedMessage, Webhooks } from '../../world/notify.ts'

export interface PostWorld {
  readonly webhooks: Webhooks
  /** The environment, where addresses and keys are. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

/**
 * Posts to the receiver whose address is in a variable.
 *
 * @returns what went wrong, without the address; null when the receiver took it
 */
export async function postTo(variable: string, print: () => PostedMessage, world: PostWorld): Promise<string | null> {
  const address = world.variables[variable]?.trim() ?? ''
  if (address === '') return 'this variable is not set'
  try {
    const status = await world.webhooks.post(address, print())
    return status >= 200 && status < 300 ? null : `the receiver answered ${status}`
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return sayFailure(error)
  }
}

/**
 * What is sent unsigned, where a signature is asked for, would be refused at best.
 *
 * @throws SealwardError not-found where the variable has no key
 */
export function keyOf(variable: string | null, { variables }: Pick<PostWorld, 'variables'>): string | null {
  if (variable === null) return null
  const key = variables[variable]?.trim() ?? ''
  if (key === '') throw new SealwardError('not-found', `there is no key in ${variable}`)
  return key
}

function sayFailure({ code, message }: SealwardError): string {
  if (code === 'io') return 'the receiver cannot be reached'
  if (code === 'limit') return 'the receiver answers with more than is read'
  return message
}
