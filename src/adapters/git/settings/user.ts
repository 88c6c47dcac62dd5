import { type Actor, actorOf } from '../../../core/ledger/actor.ts'
import type { Actors } from '../../../tasks/world/ledger.ts'
import { readSetting } from './signing-key.ts'

/** Who runs this program: in a job of GitHub whoever started it, elsewhere whom git knows. Never throws. */
export function openActors(env: Readonly<Record<string, string | undefined>>): Actors {
  return {
    async current(): Promise<Actor> {
      const [name, email] = await Promise.all(['user.name', 'user.email'].map(settingOrNull))
      return actorOf({ env, name: name ?? null, email: email ?? null })
    },
  }
}

async function settingOrNull(name: string): Promise<string | null> {
  return readSetting(name).catch(() => null)
}
