import { expect, it } from 'vitest'
import { recordPath } from '../../../src/core/credential/record/place.ts'
import { chooseCredentials } from '../../../src/tasks/credentials/choose-credentials.ts'
import { fakeBranch } from '../../fakes/credentials/branch.ts'
import { fixedKeys } from '../../fakes/fixed-keys.ts'
import { documentOf } from '../../support/documents.ts'
import { newMember, seal } from '../../support/sealing.ts'

const FILE = 'production/.env.encrypted'
const NOW = new Date('2026-03-04T05:00:00Z')
const entry = (name: string) => `    - { name: ${name}, path: ${FILE}, url: URL_${name}, strategy: single }\n`
const YAML = `rotation:\n  delivery: { mode: commit }\n  credentials:\n${entry('one')}${entry('two')}${entry('three')}`

/** @param records what the branch has below `.sealward/rotations`, by the name of the credential */
async function due(records: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const member = await newMember()
  const bytes = await seal(documentOf({ URL_one: 'postgres://a:b@h/d', URL_two: 'x', URL_three: 'x' }), [member])
  const files = Object.fromEntries(Object.entries(records).map(([name, text]) => [recordPath(name), Buffer.from(text)]))
  const remote = fakeBranch({ [FILE]: bytes, ...files }, { now: () => NOW })
  const config = { file: 'sealward.yml', bytes: Buffer.from(YAML) }
  const world = {
    files: { read: async (path: string) => (path === FILE ? bytes : null) },
    configs: { nearest: async (_: readonly string[], path: string) => ({ ...config, relative: path }) },
    keys: fixedKeys(member.identity),
    history: { follow: async () => ({ commits: [], isShallow: false }), async *read() {} },
    clock: { now: () => NOW },
    deliveries: { open: async () => remote },
  }
  const { credentials } = await chooseCredentials({ names: [], environment: null, onlyDue: true }, world)
  return credentials.map(({ name }) => name)
}

it('takes a credential whose record cannot be read, so that it is told of, and keeps none of the others from theirs', async () => {
  expect(await due({})).toEqual([])
  expect(await due({ two: 'no record' })).toEqual(['two'])
})
