import { join } from 'node:path'
import { openFiles } from '../../adapters/files/files.ts'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { openFolder } from '../../adapters/files/sources/folder.ts'
import { findTop, insideOf } from '../../adapters/files/sources/paths.ts'
import { openFileHistory } from '../../adapters/git/history/follow.ts'
import { openTree } from '../../adapters/git/sources/tree.ts'
import type { CheckWorld } from '../../tasks/check/check.ts'
import type { World } from '../world.ts'

/** The ports of `check` in the repository that this process stands in, or in its folder where there is none. */
export interface OpenedCheck {
  readonly world: CheckWorld
  /** @returns a path of the command line, from the top; throws SealwardError usage where it is elsewhere */
  inside(path: string): string
}

/** Who is asked over the network. */
export interface Asked {
  /** Whether servers are. */
  readonly endpoints: boolean
  /** Addresses of issuers in place of the public ones; null where no issuer is. */
  readonly issuers: Readonly<Record<string, string>> | null
}

/** @throws SealwardError git or usage */
export async function openCheck({ keys, clock, teller }: World, asked: Asked): Promise<OpenedCheck> {
  const root = findTop(process.cwd()) ?? process.cwd()
  const files = openFiles({ regularOnly: true })
  return {
    world: {
      ...{ keys, clock, teller },
      source: (await openTree(root)) ?? openFolder(root),
      files: { read: (path, maxBytes) => files.read(join(root, path), maxBytes) },
      configs: openConfigsFrom(root, files),
      history: openFileHistory(),
      ...(asked.endpoints && { live: await openLive() }),
      ...(asked.issuers !== null && { probes: await openProbesAt(asked.issuers) }),
    },
    inside: (path) => insideOf(root, path, 'is not below the top of this repository'),
  }
}

async function openProbesAt(bases: Readonly<Record<string, string>>): Promise<NonNullable<CheckWorld['probes']>> {
  const { openIssuers } = await import('../issuers/world.ts')
  // An address that is wrong is said at once, and not where a file is in question.
  openIssuers(bases)
  return (only) => openIssuers(bases, only)
}

/** Loaded when it is asked for: whoever does not ask servers needs no TLS. */
async function openLive(): Promise<NonNullable<CheckWorld['live']>> {
  const { openEndpoints } = await import('../../adapters/tls/endpoints.ts')
  const { openRevocationLists } = await import('../../adapters/tls/revocation-lists.ts')
  return { endpoints: openEndpoints(), lists: openRevocationLists(process.env) }
}
