import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { printIdentityFile } from '../../src/core/age/identity.ts'
import { parseEncryptedFile } from '../../src/core/envelope/file.ts'
import { sameGroups } from '../../src/core/envelope/keys/key-groups.ts'
import { keyGroupsOf } from '../../src/core/envelope/text/metadata.ts'
import { itWith } from '../peers.ts'
import { makeRepository, packageRoot, runProgram, temporaryFolder } from '../support/git-repository.ts'
import { newMember } from '../support/sealing.ts'

const CLI = join(packageRoot, 'dist', 'cli.js')
const FILES = ['dev.env', 'prod/app.env', 'stage/app.env']
const [alice, bob, carol] = [await newMember(), await newMember(), await newMember()]

const policy = (stage: string, threshold = 2) => `recipients:
  alice: ${alice.recipient.text}
  bob: ${bob.recipient.text}
  carol: ${carol.recipient.text}
files:
  - path: prod/*.env
    key-groups: [[alice], [bob], [carol]]
    threshold: ${threshold}
  - path: stage/**
    recipients: [${stage}]
  - path: dev.env
`

/** A repository with a sealward.yml, the .sops.yaml made from it, and both programs at hand. */
function makeScene(sops: string) {
  const repository = makeRepository()
  const home = temporaryFolder('keys')
  const keys = join(home, 'keys.txt')
  const texts = [alice, bob, carol].map(({ identity, recipient }) =>
    printIdentityFile(identity, recipient, new Date(0)),
  )
  writeFileSync(keys, texts.join(''), { mode: 0o600 })
  const env = { HOME: home, SEALWARD_KEY_FILE: keys, SOPS_AGE_KEY_FILE: keys }
  const run = (program: string, args: readonly string[]) => {
    const done = runProgram(program, [...args], { cwd: repository.path, env })
    expect(done.status, `${args.join(' ')}: ${done.stderr}`).toBe(0)
    return done.stdout
  }
  const sealward = (...args: string[]) => run(process.execPath, [CLI, ...args])
  const say = (text: string) => {
    repository.write('sealward.yml', text)
    sealward('config', 'sops', '--write')
  }
  const groups = (file: string) => keyGroupsOf(parseEncryptedFile(readFileSync(join(repository.path, file))).metadata)
  return { repository, say, groups, sealward, sops: (...args: string[]) => run(sops, args) }
}

describe('updatekeys, with the real sops and the .sops.yaml that is made from sealward.yml', () => {
  itWith('sops>=3.11', 'both make the same recipients, on the files of each other', (program) => {
    const at = makeScene(program!)
    at.say(policy('alice'))
    for (const file of FILES) {
      at.repository.write(file, 'A=one\n')
      at.sops('encrypt', '-i', file)
    }
    at.sealward('updatekeys', ...FILES)
    at.sealward('verify', ...FILES)
    const before = FILES.map(at.groups)
    at.say(policy('alice, carol', 3))
    at.sealward('updatekeys', '-y', ...FILES)
    const ours = FILES.map(at.groups)
    expect(ours[0]).toEqual(before[0])
    expect(ours.slice(1)).not.toEqual(before.slice(1))
    for (const file of FILES) expect(at.sops('updatekeys', '-y', file)).not.toContain('+++')
    expect(FILES.map(at.groups)).toEqual(ours)
    at.say(policy('carol, bob', 3))
    for (const file of FILES) at.sops('updatekeys', '-y', file)
    const theirs = FILES.map(at.groups)
    expect(theirs.every((groups, index) => sameGroups(groups, ours[index]!))).toBe(false)
    at.sealward('updatekeys', ...FILES)
    at.sealward('verify', ...FILES)
    for (const file of FILES) expect(at.sops('decrypt', file)).toBe('A=one\n')
    // Of sops another threshold alone is no change.
    at.say(policy('carol, bob', 2))
    at.sops('updatekeys', '-y', FILES[1]!)
    expect(at.groups(FILES[1]!).threshold).toBe(3)
    at.sealward('updatekeys', '-y', FILES[1]!)
    expect(at.groups(FILES[1]!).threshold).toBe(2)
    expect(at.sops('decrypt', FILES[1]!)).toBe('A=one\n')
  })
})
