import { describe, expect, it } from 'vitest'
import { policyMentioning } from '../../../src/tasks/steps/policy-for.ts'
import type { Configs } from '../../../src/tasks/world.ts'

/** Sections that opening a file does not need. The last line is a fault, which only who parses it can find. */
const UNPARSED = `environments:
  eu: { paths: ["deploy/eu/**"], rotate-every: { database: 14d, webhook-secret: never } }
secrets:
  - { name: "*", owner: octo-org/ops, rotate-every: 6w, exempt: { reason: x, until: 2027-01-31, approved-by: y } }
certificates: [{ path: certs/a.pem, purpose: server, floor: 2w }]
endpoints: [{ host: a.example, starttls: postgres }]
check: { names: hashed, issues: per-finding, probes: [github], heartbeat: 3d }
wrong: 1
`

function configs(text: string): Configs {
  return { nearest: async () => ({ file: 'sealward.yml', bytes: Buffer.from(text), relative: '.env.encrypted' }) }
}

describe('a policy that is asked about one section', () => {
  it.each(['public', 'schema', 'decrypt-in'])(
    'is not parsed for the sections of `check`, which never mention %s',
    async (section) => {
      expect(await policyMentioning(section, 'x', configs(UNPARSED))).toBeNull()
    },
  )

  it.each(['secrets', 'check'])('is parsed when it mentions %s', async (section) => {
    await expect(policyMentioning(section, 'x', configs(UNPARSED))).rejects.toMatchObject({ code: 'policy-invalid' })
  })

  it('is parsed when it has a backslash, which may spell any key', async () => {
    await expect(policyMentioning('public', 'x', configs('"\\x70ublic": 1'))).rejects.toMatchObject({ line: 1 })
  })
})
