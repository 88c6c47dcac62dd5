import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { printFingerprints } from '../../../src/core/scan/own/keyless/fingerprints.ts'
import { FINGERPRINTS_FILE } from '../../../src/core/scan/own/keyless/index-file.ts'
import { ciphertextsDigest, makeFingerprints } from '../../../src/core/scan/own/keyless/make.ts'
import type { FakeToken } from '../../fakes/github/fake-github.ts'
import { BOT, openScene, TOKEN } from '../../fakes/github/scene.ts'
import { type FakeArtifact, type FakeJob, nextId } from '../../fakes/github/state.ts'
import { newMember, seal } from '../../support/sealing.ts'
import { checkOut, makeOrigin, newText, type ScanStep, scanIn } from './scan-job.ts'

const NAME = 'octo-org/example'
const REPOSITORY = { id: 1296269, full_name: NAME, default_branch: 'main' }

/** What a run left behind, and what caused it. */
export interface Left {
  readonly logs?: Readonly<Record<string, string>>
  readonly artifacts?: readonly (Pick<FakeArtifact, 'name' | 'zip'> & { readonly expired?: boolean })[]
  readonly cause?: string
  readonly fork?: boolean
  readonly private?: boolean
  /** Whether the fingerprints of the encrypted file are committed. */
  readonly fingerprints?: boolean
  /** sealward.yml. */
  readonly policy?: string
}

export interface RunScene {
  readonly run: number
  readonly github: Awaited<ReturnType<typeof openScene>>['github']
  readonly repository: ReturnType<Awaited<ReturnType<typeof openScene>>['github']['repository']>
  /** A strong value of the repository's encrypted file. */
  readonly value: string
  readonly permissions: (permissions: FakeToken['permissions']) => void
  /** What the run left behind from now on. */
  leave(left: Left): void
  /** Scans in a `workflow_run` of it, with the key, or in another event. No secret may be in anything that is told. */
  scan(inputs?: Readonly<Record<string, string>>, event?: string): Promise<ScanStep>
}

/** A repository on the fake GitHub with a run that has ended. */
export async function openRunScene(left: Left): Promise<RunScene> {
  const { github } = await openScene()
  onTestFinished(() => github.close())
  const repository = github.repository(NAME)
  const member = await newMember()
  const value = newText(96) // without signs, between which a part of it would be a form of its own
  const origin = makeOrigin()
  const sealed = await seal([{ kind: 'entry', name: 'DATABASE_PASSWORD', value }], [member])
  const ciphertexts = ciphertextsDigest(parseEncryptedFile(sealed))
  const values = [{ name: 'DATABASE_PASSWORD', value }]
  const index = makeFingerprints([{ file: '.env.encrypted', ciphertexts, values }], randomBytes(32))
  const sha = origin.commit({
    ...{ 'README.md': 'x\n', '.env.encrypted': Buffer.from(sealed).toString('utf8') },
    ...(left.fingerprints === true ? { [FINGERPRINTS_FILE]: printFingerprints(index.fingerprints) } : {}),
    ...(left.policy === undefined ? {} : { 'sealward.yml': left.policy }),
  })
  const key = member.identity.secret.reveal()
  const run = nextId()
  let now = left
  const permissions = (list: FakeToken['permissions']) => github.tokens.set(TOKEN, { login: BOT, permissions: list })
  const leave = (changed: Left) => {
    now = changed
    repository.private = changed.private ?? false
    repository.runs.splice(0, repository.runs.length, {
      ...{ id: run, workflow: 'build.yml', event: changed.cause ?? 'push', branch: 'main', conclusion: 'success' },
      createdAt: new Date(),
      jobs: Object.entries(changed.logs ?? {}).map(jobOf),
      artifacts: (changed.artifacts ?? []).map((one) => ({ id: nextId(), expired: false, ...one })),
    })
  }
  leave(left)
  return {
    ...{ run, github, repository, value, permissions, leave },
    async scan(inputs = {}, event = 'workflow_run') {
      const options = {
        event: { name: event, payload: payloadOf(run, now) },
        github: { sha, api_url: github.url, repository: NAME, repository_id: '1296269' },
        token: TOKEN,
        secrets: { KEY: key },
      }
      const targets = { targets: 'logs, artifacts', 'own-secrets': 'true', key }
      const step = await scanIn(checkOut(origin, sha), options, { ...targets, ...inputs })
      const told = [step.everything, ...repository.issues.map(({ title, body }) => `${title}\n${body}`)].join('\n')
      for (const secret of [
        value,
        ...(['hex', 'base64'] as const).map((form) => Buffer.from(value).toString(form)),
        key,
        TOKEN,
      ])
        if (told.includes(secret)) throw new Error('a secret was told')
      return step
    },
  }
}

function jobOf([name, log]: readonly [string, string]): FakeJob {
  return { id: nextId(), name, attempt: 1, log: Buffer.from(log) }
}

function payloadOf(id: number, { cause = 'push', fork = false, private: closed = false }: Left) {
  const head = fork ? { id: 7, full_name: 'mallory/example' } : REPOSITORY
  return {
    workflow_run: { id, event: cause, head_repository: head, repository: REPOSITORY },
    repository: { ...REPOSITORY, private: closed },
  }
}

/** Lines as the runner keeps them. */
export function logOf(...lines: readonly string[]): string {
  return `\ufeff${lines.map((line) => `2026-11-21T10:00:00.1234567Z ${line}\r\n`).join('')}`
}
