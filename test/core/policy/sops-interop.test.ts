import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { DEFAULT_RULE } from '../../../src/core/envelope/values/rule.ts'
import { creationRuleFor, parseSopsConfig } from '../../../src/core/policy/sops/sops-config.ts'
import { itWith } from '../../peers.ts'
import { realRecipient } from './recipients.ts'

const folder = mkdtempSync(join(tmpdir(), 'sealward-sops-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [alice, bob, carol] = await Promise.all([realRecipient(), realRecipient(), realRecipient()])

const CONFIG = `
keys:
  - &alice ${alice}
  - &bob ${bob}
creation_rules:
  - &first
    path_regex: first\\.env$
    age: *alice
    encrypted_regex: (?i)^secret
    mac_only_encrypted: yes
  - path_regex: ^apps/[^/]+/second
    unencrypted_suffix: _PLAIN
    age:
      - *alice
      - " ${bob} ,${carol}"
  - path_regex: third
    age: ${carol}
    key_groups:
      - merge:
          - age: [*bob]
        age: [*alice, *bob]
  - path_regexp: never
    path_regex: fourth|FOURTH
    age: >-
      ${alice},
      ${carol},
  - <<: *first
    path_regex: fifth
    encrypted_regex: ""
    encrypted_suffix: _S
    age: ${bob}
  - path_regex: \\.txt\\z
    age: ${bob}
`

const PATHS = [
  'first.env',
  'first.env.bak',
  'a/first.env',
  'apps/web/second.env',
  'other/apps/web/second.env',
  'third',
  'FOURTH.env',
  'FIRST.ENV',
  'fifth.env',
  'x.txt',
]

describe('with the real sops', () => {
  itWith('sops>=3.12', 'a .sops.yaml gives each path the recipients and the rule that sops gives it', (sops) => {
    const file = join(folder, '.sops.yaml')
    writeFileSync(file, CONFIG)
    const theirs = PATHS.map((path) => encryptWithSops(sops!, path))
    return expect(Promise.all(PATHS.map(ourReading))).resolves.toEqual(theirs)
  })
})

interface Reading {
  readonly path: string
  readonly recipients: readonly string[] | null
  readonly rule?: unknown
  readonly macOnlyEncrypted?: boolean
}

async function ourReading(path: string): Promise<Reading> {
  const found = await creationRuleFor(parseSopsConfig(CONFIG, '.sops.yaml'), path)
  if (found === null) return { path, recipients: null }
  const { recipients, macOnlyEncrypted, rule } = found
  return { path, recipients, rule: rule ?? DEFAULT_RULE, macOnlyEncrypted }
}

function encryptWithSops(sops: string, path: string): Reading {
  const types = ['--input-type', 'dotenv', '--output-type', 'dotenv']
  try {
    const bytes = execFileSync(sops, ['encrypt', ...types, '--filename-override', path], {
      cwd: folder,
      input: 'A=1\n',
      stdio: 'pipe',
    })
    const { wrappedKeys, rule, macOnlyEncrypted } = parseEncryptedFile(bytes).metadata
    return { path, recipients: wrappedKeys.map(({ recipient }) => recipient), rule, macOnlyEncrypted }
  } catch (error) {
    if (String((error as { stderr?: unknown }).stderr).includes('no matching creation rules'))
      return { path, recipients: null }
    throw error
  }
}
