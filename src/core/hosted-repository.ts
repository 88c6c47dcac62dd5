/** Where a repository is at GitHub. */
export interface HostedRepository {
  readonly host: string
  /** `owner/name` */
  readonly name: string
}

/** `https://host/owner/name.git`, `ssh://git@host:22/owner/name` and `git@host:owner/name.git`. */
const ADDRESS =
  /^(?:(?:https|ssh):\/\/(?:[^@/\s]{1,512}@)?([\w.-]{1,253})(?::\d{1,5})?\/|(?:[\w.-]{1,64}@)([\w.-]{1,253}):)/
const NAME = /^[\w.-]{1,100}\/[\w.-]{1,100}$/

/** @returns null for the address of something else, such as a folder; nothing of a login in it comes along */
export function hostedRepository(address: string): HostedRepository | null {
  const match = ADDRESS.exec(address)
  if (match === null) return null
  const name = address.slice(match[0].length).replace(/(?:\.git)?\/?$/, '')
  return NAME.test(name) ? { host: (match[1] ?? match[2])!.toLowerCase(), name } : null
}
