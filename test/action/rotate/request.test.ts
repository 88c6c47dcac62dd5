import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../../src/core/ledger/marks.ts'
import { printDispatch } from '../../../src/core/request/message.ts'
import type { RotationRequest } from '../../../src/core/request/request.ts'
import { newRequestId, signRequest } from '../../../src/core/request/sign-request.ts'
import { keyOf, newKeyText } from '../../core/request/scene.ts'
import type { GitRepository } from '../../support/git-repository.ts'
import { CREDENTIAL, FILE, fileSystem, OWN, openRotateScene, type RotateScene } from './rotate-scene.ts'

const POLICY = `ledger: true\nrequests:\n  keys: { path: ${FILE}, variable: REQUEST_KEYS }\n  allow: { actors: [octocat] }\n`
const KEY_TEXT = newKeyText()
const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const NAMES = JSON.stringify([CREDENTIAL])

async function openAsked() {
  const system = fileSystem()
  const variables = { ...system.variables, REQUEST_KEYS: KEY_TEXT }
  const scene = await openRotateScene({ ...system, variables }, { policy: POLICY })
  scene.secrets.add(KEY_TEXT)
  return { system, scene }
}

/** What a bot sends: it sees the encrypted file and no key of it. */
function asked(person: GitRepository, change: Partial<RotationRequest> = {}, key = KEY_TEXT) {
  const request: RotationRequest = {
    ...{ id: newRequestId(), repository: '1296269', ref: 'refs/heads/main', credential: CREDENTIAL, path: FILE },
    version: digestOf(readFileSync(join(person.path, FILE))),
    notAfter: new Date(Date.now() + 600_000),
    ...{ requester: 'incident-bot', reason: 'seen in a log', emergency: false, ...change },
  }
  const message = signRequest(request, { keys: [keyOf(key)], scheme: 'v1', now: new Date() })
  return {
    event: 'repository_dispatch',
    payload: {
      ...{ action: 'sealward-rotate', client_payload: JSON.parse(printDispatch('x', message)).client_payload },
      repository: { id: 1296269, full_name: 'octo-org/example', default_branch: 'main', private: true },
      sender: { id: 583231, login: 'octocat', type: 'User' },
    },
  }
}

const ledgerAt = ({ remote }: RotateScene, branch: string) =>
  remote.git('show', `refs/heads/${branch}:.sealward/ledger.jsonl`)

describe('a job that a signed request starts', () => {
  it('rotates what is asked for, due or not, once', async () => {
    const { system, scene } = await openAsked()
    const event = asked(scene.person)
    const step = await scene.rotate({}, event)
    expect([step.exitCode, step.outputs.waiting, scene.phase(OWN)]).toEqual([0, NAMES, 'promoted'])
    expect(system.valid().length).toBe(2)
    const ledger = ledgerAt(scene, OWN)
    expect(ledger).toContain('"kind":"request-accepted"')
    expect(ledger).toContain('asked for by incident-bot: seen in a log')
    const again = await scene.rotate({}, event)
    expect([again.exitCode, again.annotations.map(({ message }) => message).join()]).toEqual([
      2,
      expect.stringContaining('(replayed)'),
    ])
    expect(system.valid().length).toBe(2)
  }, 60_000)

  it('is refused, and changes nothing, where the request is not for it', async () => {
    const { system, scene } = await openAsked()
    const before = scene.remote.git('for-each-ref', 'refs/heads')
    const refused = async (kind: string, event: ReturnType<typeof asked>) => {
      const step = await scene.rotate({}, event)
      expect([step.exitCode, step.annotations.map(({ message }) => message).join()]).toEqual([
        2,
        expect.stringContaining(`(${kind})`),
      ])
    }
    await refused('bad-signature', asked(scene.person, {}, newKeyText()))
    await refused('wrong-version', asked(scene.person, { version: '0'.repeat(64) }))
    await refused('wrong-repository', asked(scene.person, { repository: '1' }))
    const { payload, event } = asked(scene.person)
    await refused('actor-not-allowed', {
      event,
      payload: { ...payload, sender: { ...payload.sender, login: 'mallory' } },
    })
    await refused('malformed', { event, payload: { ...payload, client_payload: {} } })
    expect([scene.remote.git('for-each-ref', 'refs/heads'), system.valid().length]).toEqual([before, 1])
  }, 60_000)

  it.skipIf(!full)(
    'goes on while the repository is locked down: rotating is what a lockdown waits for',
    async () => {
      const { scene } = await openAsked()
      const path = join(scene.person.path, 'sealward.yml')
      const lockdown = 'lockdown: { since: 2026-11-21T12:00:00Z, reason: stolen }\n'
      writeFileSync(path, readFileSync(path, 'utf8') + lockdown)
      scene.person.git('commit', '--quiet', '-am', 'lockdown')
      scene.person.git('push', '--quiet', 'origin', 'main')
      const step = await scene.rotate({}, asked(scene.person))
      expect([step.exitCode, step.outputs.waiting]).toEqual([0, NAMES])
    },
    60_000,
  )
})
