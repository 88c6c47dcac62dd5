import { describe, expect, it, vi } from 'vitest'
import { CATALOGUE } from '../../src/cli/catalogue.ts'
import type { Command, Group } from '../../src/cli/command.ts'
import { inCI, itWith } from '../peers.ts'
import { CREDENTIAL_SCENES } from '../support/written/credential-scenes.ts'
import { PEOPLE_SCENES } from '../support/written/people-scenes.ts'
import type { Scene } from '../support/written/scene.ts'
import { SharedRepository } from '../support/written/shared-repository.ts'
import { VALUE_SCENES } from '../support/written/value-scenes.ts'

const PEERS = ['sops>=3.12', 'sops-old']
const SCENES: readonly Scene[] = [...VALUE_SCENES, ...PEOPLE_SCENES, ...CREDENTIAL_SCENES]
/** What a user's machine has time for; all of them run in CI, and where SEALWARD_FULL=1 asks for them. */
const SAMPLE = ['set', 'members remove']
const isFull = inCI || process.env.SEALWARD_FULL === '1'

/** Every other command: what it writes is no file that sops is to open. */
const WRITES_NONE: readonly string[] = [
  ...['access', 'check', 'config', 'decrypt', 'diff', 'get', 'history', 'install', 'keygen', 'list', 'redact', 'run'],
  ...['scan', 'sign', 'textconv', 'uninstall', 'verify'],
  ...['audit verify', 'audit log', 'audit export', 'audit checkpoint', 'audit archive', 'audit join', 'audit accept'],
  ...['completion bash', 'completion zsh', 'completion fish'],
  ...['export dotenvx', 'export fernet'],
  ...['keys split', 'keys combine', 'keys protect', 'keys unprotect'],
  ...['members list', 'policy show', 'policy test', 'policy diff'],
  ...['request sign', 'request verify'],
  ...['rotate status', 'rules test', 'rules import'],
]

describe('the commands of the catalogue', () => {
  it('are each known to write encrypted files, which a scene proves, or to write none', async () => {
    // The build puts it in.
    vi.stubGlobal('SEALWARD_VERSION', '0.0.0')
    const commands = await Promise.all(CATALOGUE.map(async (entry) => verbsOf(await entry.load())))
    const writing = new Set(SCENES.map(({ command }) => command))
    expect(WRITES_NONE.filter((command) => writing.has(command))).toEqual([])
    expect([...writing, ...WRITES_NONE].toSorted()).toEqual(commands.flat().toSorted())
  })
})

describe('real sops opens every encrypted file of a repository, changes it, and we read that, after', () => {
  const isRun = ({ command, title }: Scene) => isFull || (SAMPLE.includes(command) && title === undefined)
  for (const { command, title, tooNewForOld, run } of SCENES.filter(isRun))
    itWith(PEERS, [command, title].filter(Boolean).join(' '), async (sops, old) => {
      const at = await SharedRepository.make({ sops: sops!, old: old! })
      run(at)
      at.everyFileOpens({ old: !tooNewForOld })
      at.sopsGoesOn()
    })
})

/** A command with each of the words that its usage line begins an alternative with; alone where it has none. */
function verbsOf(entry: Command | Group): string[] {
  if ('verbs' in entry) return entry.verbs.map(({ name }) => name)
  const { name, synopsis } = entry
  const alternatives = synopsis.replace(/\[[^\]]*\]/g, '').split('|')
  const verbs = alternatives.map((one) => /^[a-z][a-z-]*/.exec(one.trim())?.[0])
  return [...new Set(verbs.map((verb) => (verb === undefined ? name : `${name} ${verb}`)))]
}
