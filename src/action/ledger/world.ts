import { openLedgerBranch } from '../../adapters/github/branch/ledger-branch.ts'
import { openClient } from '../../adapters/github/client/client.ts'
import { openWebhooks } from '../../adapters/notify/webhooks.ts'
import { actorOf } from '../../core/ledger/actor.ts'
import { VERSION } from '../../core/version.ts'
import type { TellLedgerWorld } from '../../tasks/job/tell-ledger.ts'
import { ATTRIBUTES, ATTRIBUTES_FILE } from '../../tasks/steps/ledger/append.ts'
import type { ActionWorld } from '../world.ts'

const BRANCH = 'sealward/ledger'
const TEXTS = {
  title: 'Ledger: what workflows decrypted',
  body: 'Entries of `.sealward/ledger.jsonl`, written by Sealward with `ledger: pull-request`. Later runs add to this branch until it is merged.',
}

/** Where a ledger is kept that a job cannot write to itself. */
export function openLedgerWorld(
  token: string,
  { configs, clock }: Pick<ActionWorld, 'configs' | 'clock'>,
): TellLedgerWorld {
  const { GITHUB_REPOSITORY: name = '', GITHUB_API_URL: apiUrl = 'https://api.github.com' } = process.env
  return {
    ...{ configs, clock },
    variables: process.env,
    webhooks: openWebhooks({ env: process.env }),
    actors: { current: async () => actorOf({ env: process.env, name: null, email: null }) },
    branch() {
      const client = openClient({ token, apiUrl, version: VERSION, env: process.env })
      const attributes = { path: ATTRIBUTES_FILE, text: ATTRIBUTES }
      return openLedgerBranch(client, name, { branch: BRANCH, attributes, ...TEXTS })
    },
  }
}
