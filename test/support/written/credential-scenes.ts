import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { recordPath } from '../../../src/core/credential/record/place.ts'
import type { Scene } from './scene.ts'
import { FILE, type SharedRepository, VALUES, type Values } from './shared-repository.ts'

const FIRST = 'the-first-password'
const RECORD = recordPath('api')

/** What `rotate secret` writes: the file, and the record beside it. */
export const CREDENTIAL_SCENES: readonly Scene[] = [
  {
    command: 'rotate secret',
    title: 'until the grace begins',
    run(at) {
      prepare(at)
      const record = rotate(at)
      expect([record.PHASE, record.PREVIOUS]).toEqual(['grace', FIRST])
    },
  },
  {
    command: 'rotate secret',
    title: '--emergency, to the end',
    run(at) {
      prepare(at)
      const record = rotate(at, '--emergency')
      expect([record.PHASE, record.PREVIOUS]).toEqual(['revoked', undefined])
    },
  },
  {
    command: 'rotate secret',
    title: '--rollback',
    run(at) {
      prepare(at)
      rotate(at)
      const record = rotate(at, '--rollback')
      expect([record.PHASE, at.files.get(FILE)!.values.API_KEY]).toEqual(['rolled-back', FIRST])
    },
  },
]

function prepare(at: SharedRepository): void {
  const accounts = at.place('accounts.json', JSON.stringify([FIRST]))
  const argv = JSON.stringify([process.execPath, at.place('accounts.mjs', ACCOUNTS)])
  const entry = `name: api, path: ${FILE}, password: API_KEY, driver: command, strategy: dual, grace: 1h`
  const options = `options: { argv: '${argv}', file: '${accounts}' }`
  at.policy(
    (text) => `${text}rotation:\n  delivery: { mode: commit }\n  credentials:\n    - { ${entry}, ${options} }\n`,
  )
  at.sealward('set', 'API_KEY', FIRST)
  at.commit('rotation')
  const remote = join(at.outside, 'remote.git')
  at.git('init', '--quiet', '--bare', '--initial-branch', 'main', remote)
  at.git('remote', 'add', 'origin', remote)
  at.git('push', '--quiet', '--set-upstream', 'origin', 'main')
}

/** @returns the record: what it says comes of the moment, and sops has to read the same */
function rotate(at: SharedRepository, ...flags: string[]): Values {
  at.sealward('rotate', 'secret', 'api', ...flags)
  at.git('pull', '--quiet', '--ff-only')
  const record = at.readBySealward(RECORD, ['alice'])
  at.expects(RECORD, { values: record })
  at.expects(FILE, { values: { ...VALUES, API_KEY: passwordsOf(at).at(-1)! } })
  return record
}

function passwordsOf(at: SharedRepository): string[] {
  return JSON.parse(readFileSync(join(at.outside, 'accounts.json'), 'utf8'))
}

/** A system of keys, by the contract of docs/credentials-command.md: a file lists those that work. */
const ACCOUNTS = `import { readFileSync, writeFileSync } from 'node:fs'
const { op, secrets, options } = JSON.parse(readFileSync(0, 'utf8'))
const works = JSON.parse(readFileSync(options.file, 'utf8'))
const next = { add: [secrets.current, secrets.fresh], retire: [secrets.keep] }[op]
if (next !== undefined) writeFileSync(options.file, JSON.stringify(next))
const outcome = op === 'probe' ? (works.includes(secrets.password) ? 'yes' : 'no') : 'done'
console.log(JSON.stringify({ sealward: 1, outcome, ...(op === 'preflight' && { against: [] }) }))
`
