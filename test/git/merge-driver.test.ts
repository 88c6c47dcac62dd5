import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openGitSettings } from '../../src/adapters/git/settings/git-settings.ts'
import { encryptNew } from '../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../src/core/envelope/file.ts'
import { DEFAULT_RULE } from '../../src/core/envelope/values/rule.ts'
import { connectGit } from '../../src/tasks/git/connect-git.ts'
import { itWith } from '../peers.ts'
import { inFolder, packageRoot, temporaryFolder } from '../support/git-repository.ts'
import { FILE, type MergingRepository, makeMergingRepository } from '../support/merging-repository.ts'
import { linesOf, newMember, open } from '../support/sealing.ts'
import { withSops } from '../support/sops.ts'

/** Two branches from one commit: `main`, which is checked out, and `side`. */
function diverge(repository: MergingRepository, ours: Record<string, string | null>, theirs: typeof ours): void {
  repository.git('checkout', '--quiet', '-b', 'side')
  repository.commit(theirs)
  repository.git('checkout', '--quiet', 'main')
  repository.commit(ours)
}

function placeIn(stderr: string): string {
  const place = /settle it in (.*)/.exec(stderr)?.[1]
  if (place === undefined) throw new Error(`no place in: ${stderr}`)
  return place
}

describe('with the driver installed', () => {
  it('git merges what changed side by side, and every line that nobody changed stays byte for byte', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1', C: '1' })
    const before = linesOf(repository.bytes())
    diverge(repository, { A: '2' }, { B: '2', D: '4' })
    const [mine] = linesOf(repository.bytes())
    repository.git('merge', '--quiet', 'side')
    expect(await repository.values()).toEqual({ A: '2', B: '2', C: '1', D: '4' })
    const side = repository.git('show', `side:${FILE}`).split('\n')
    const merged = linesOf(repository.bytes())
    expect(merged.slice(0, 4)).toEqual([mine, side[1], before[2], side[3]])
    expect(merged.filter((line) => /sops_age/.test(line))).toEqual(before.filter((line) => /sops_age/.test(line)))
  })

  it('rebases and cherry-picks', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    diverge(repository, { A: '2' }, { B: '2' })
    repository.git('cherry-pick', 'side')
    expect(await repository.values()).toEqual({ A: '2', B: '2' })
    repository.git('reset', '--quiet', '--hard', 'HEAD~1')
    repository.git('checkout', '--quiet', 'side')
    repository.commit({ C: '3' })
    repository.git('rebase', '--quiet', 'main')
    expect(await repository.values()).toEqual({ A: '2', B: '2', C: '3' })
  })

  it('takes a stash back', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    repository.sealward('set', 'B', 'stashed')
    repository.git('stash', 'push', '--quiet')
    repository.commit({ A: '2' })
    repository.git('stash', 'pop', '--quiet')
    expect(await repository.values()).toEqual({ A: '2', B: 'stashed' })
  })

  it('merges into a file that one side gave another name', async () => {
    const repository = await makeMergingRepository(
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`V${index}`, 'x'])),
    )
    repository.git('checkout', '--quiet', '-b', 'side')
    repository.commit({ V2: 'theirs' })
    repository.git('checkout', '--quiet', 'main')
    repository.git('mv', FILE, '.env.production.encrypted')
    repository.commit({ V1: 'ours' }, '.env.production.encrypted')
    repository.git('merge', '--quiet', 'side')
    expect(await repository.values('.env.production.encrypted')).toMatchObject({ V1: 'ours', V2: 'theirs', V3: 'x' })
  })

  it('merges a criss-cross history, whose ancestors have to be merged first', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1', C: '1' })
    diverge(repository, { A: 'main' }, { B: 'side' })
    repository.git('tag', 'm1')
    repository.git('merge', '--quiet', 'side')
    repository.git('checkout', '--quiet', 'side')
    repository.git('merge', '--quiet', 'm1')
    repository.commit({ A: 'later' })
    repository.git('checkout', '--quiet', 'main')
    repository.commit({ C: 'later' })
    expect(repository.git('merge-base', '--all', 'main', 'side').trim().split('\n')).toHaveLength(2)
    repository.git('merge', '--quiet', 'side')
    expect(await repository.values()).toEqual({ A: 'later', B: 'side', C: 'later' })
  })

  it('asks nobody about ancestors of which each has another value', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    diverge(repository, { A: 'main' }, { A: 'side' })
    repository.git('tag', 'm1')
    const settle = (value: string) => {
      const { stderr } = repository.sealward('merge', FILE)
      writeFileSync(placeIn(stderr), `A=${value}\nB=1\n`)
      expect(repository.sealward('merge', '--continue', FILE).status).toBe(0)
      repository.git('commit', '--quiet', '--no-edit')
    }
    repository.tryGit(['merge', 'side'])
    settle('both')
    repository.git('checkout', '--quiet', 'side')
    repository.tryGit(['merge', 'm1'])
    settle('both')
    repository.commit({ B: '2' })
    repository.git('checkout', '--quiet', 'main')
    repository.git('merge', '--quiet', 'side')
    expect(await repository.values()).toEqual({ A: 'both', B: '2' })
  })

  it('merges many branches at once where one of them changed the file; git itself refuses where two did', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    for (const name of ['one', 'two', 'three']) {
      repository.git('checkout', '--quiet', '-b', name, 'main')
      if (name === 'one') repository.commit({ A: '2' })
      else if (name === 'two') repository.commit({ B: '2' })
      else {
        repository.stage('other.txt', 'x\n')
        repository.git('commit', '--quiet', '--message', 'other')
      }
    }
    repository.git('checkout', '--quiet', 'main')
    repository.git('merge', '--quiet', 'one', 'three')
    expect(await repository.values()).toEqual({ A: '2', B: '1' })
    repository.git('reset', '--quiet', '--hard', 'HEAD~1')
    const head = repository.git('rev-parse', 'HEAD')
    expect(repository.gitAs(null, 'merge', 'one', 'two').status).not.toBe(0)
    expect(repository.git('rev-parse', 'HEAD')).toBe(head)
  })

  it('works in a folder with a space, a quote and a percent sign in its name', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' }, "it's 100%A full")
    diverge(repository, { A: '2' }, { B: '2' })
    repository.git('merge', '--quiet', 'side')
    expect(await repository.values()).toEqual({ A: '2', B: '2' })
  })

  it('works where the package stands in such a folder', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    const packageFolder = join(temporaryFolder("it's 100%A"), 'sealward %O')
    symlinkSync(packageRoot, packageFolder)
    const request = { top: repository.path, packageFolder, node: process.execPath }
    expect(await inFolder(repository.path, () => connectGit(request, openGitSettings()))).toBe(true)
    diverge(repository, { A: '2' }, { B: '2' })
    repository.git('merge', '--quiet', 'side')
    expect(await repository.values()).toEqual({ A: '2', B: '2' })
    repository.sealward('set', 'A', '3')
    expect(repository.git('diff')).toContain('+A=[hidden ')
  })

  itWith('sops', 'writes what sops opens', async (program) => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    diverge(repository, { A: 'two words' }, { B: 'x=y', C: '' })
    repository.git('merge', '--quiet', 'side')
    await withSops(program!, repository.alice, async (sops) => {
      expect(sops.variablesOf(repository.bytes())).toEqual({ A: 'two words', B: 'x=y', C: '' })
    })
  })
})

describe('a conflict', () => {
  it('is settled in a plaintext outside of the repository, which nobody else can read, and never comes into git', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    diverge(repository, { A: 'mine-0451' }, { A: 'theirs-0451', B: '2' })
    const { status, stderr, stdout } = repository.gitAs(repository.alice.identity.secret.reveal(), 'merge', 'side')
    expect([status, stdout]).toEqual([1, expect.stringContaining('CONFLICT')])
    expect(stderr).toContain('both sides changed A in .env.encrypted')
    expect(stderr + stdout).not.toContain('0451')
    const place = placeIn(stderr)
    expect(place.startsWith(repository.path)).toBe(false)
    expect(statSync(place).mode & 0o777).toBe(0o600)
    expect(statSync(join(place, '..')).mode & 0o777).toBe(0o700)
    expect(readFileSync(place, 'utf8')).toBe('<<<<<<< ours\nA=mine-0451\n=======\nA=theirs-0451\n>>>>>>> theirs\nB=2\n')
    expect(repository.bytes().includes('0451')).toBe(false)

    const early = repository.sealward('merge', '--continue')
    expect([early.status, early.stderr]).toEqual([2, expect.stringContaining('a conflict is not settled yet')])
    writeFileSync(place, 'A=settled\nB=2\n')
    const again = repository.sealward('merge')
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('was edited is there already')])
    expect(readFileSync(place, 'utf8')).toBe('A=settled\nB=2\n')
    expect(repository.sealward('merge', '--continue').status).toBe(0)
    expect(existsSync(place)).toBe(false)
    expect(repository.git('ls-files', '--unmerged')).toBe('')
    repository.git('commit', '--quiet', '--no-edit')
    expect(await repository.values()).toEqual({ A: 'settled', B: '2' })
  })

  it('leaves what no reader takes for an encrypted file, and the hook refuses', async () => {
    const repository = await makeMergingRepository({ A: '1' })
    diverge(repository, { A: '2' }, { A: '3' })
    repository.gitAs(null, 'merge', 'side')
    expect(repository.sealward('get', 'A').status).toBe(2)
    repository.git('add', FILE)
    expect(repository.gitAs(null, 'commit', '--no-edit').status).toBe(1)
  })

  it('goes with --abort, plaintext and all', async () => {
    const repository = await makeMergingRepository({ A: '1' })
    diverge(repository, { A: '2' }, { A: '3' })
    const { stderr } = repository.gitAs(repository.alice.identity.secret.reveal(), 'merge', 'side')
    const place = placeIn(stderr)
    repository.git('merge', '--abort')
    expect(repository.sealward('merge', '--abort').status).toBe(0)
    expect(existsSync(place)).toBe(false)
    expect(await repository.values()).toEqual({ A: '2' })
    expect(repository.sealward('merge').stderr).toContain('git has no conflict in this file')
  })
})

describe('recipients', () => {
  const envelopeFor = (repository: MergingRepository, who: readonly ('alice' | 'bob')[]) => ({
    ...{ rule: DEFAULT_RULE, macOnlyEncrypted: false },
    recipients: who.map((name) => repository[name].recipient),
  })

  it('that one side took away stay away, under a data key that they never had', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    const base = await open(repository.bytes(), repository.bob.identity)
    repository.git('checkout', '--quiet', '-b', 'side')
    expect(
      repository.run(['encrypt', '-r', repository.alice.recipient.text, '-o', FILE, '-'], { input: 'A=1\nB=1\n' })
        .status,
    ).toBe(0)
    repository.commit({})
    repository.git('checkout', '--quiet', 'main')
    repository.commit({ B: '2' })
    repository.git('merge', '--quiet', 'side')
    const merged = await open(repository.bytes(), repository.alice.identity)
    expect(merged.file.metadata.wrappedKeys.map(({ recipient }) => recipient)).toEqual([
      repository.alice.recipient.text,
    ])
    expect(Buffer.from(merged.dataKey).equals(base.dataKey)).toBe(false)
    expect(await repository.values()).toEqual({ A: '1', B: '2' })
  })

  it.each(['main', 'side'])(
    'whom one side alone brings need sealward.yml, where a merge into %s itself would let them in',
    async (into) => {
      const repository = await makeMergingRepository({ A: '1', B: '1' })
      const { alice, bob } = repository
      const mallory = await newMember()
      repository.write(
        'sealward.yml',
        `recipients:\n  alice: ${alice.recipient.text}\n  bob: ${bob.recipient.text}\nfiles:\n  - path: .env.encrypted\n    recipients: [alice, bob]\n`,
      )
      repository.git('checkout', '--quiet', '-b', 'side')
      const { lines, metadata } = parseEncryptedFile(repository.bytes())
      const forged = [...lines.metadata]
      const end = forged.findLastIndex(({ name }) => name.startsWith('age__list_')) + 1
      forged.splice(
        end,
        0,
        { name: 'age__list_2__map_enc', stored: metadata.wrappedKeys[0]!.armored.replaceAll('\n', '\\n') },
        { name: 'age__list_2__map_recipient', stored: mallory.recipient.text },
      )
      repository.write(FILE, printEncryptedFile({ metadata, lines: { ...lines, metadata: forged } }))
      repository.git('commit', '--quiet', '--all', '--message', 'forged')
      repository.git('checkout', '--quiet', 'main')
      const fresh = await encryptNew(
        [{ kind: 'entry', name: 'A', value: 'new key' }],
        envelopeFor(repository, ['alice', 'bob']),
        new Date(),
      )
      repository.write(FILE, printEncryptedFile(fresh))
      repository.git('commit', '--quiet', '--all', '--message', 'new data key')
      repository.git('checkout', '--quiet', into)
      const from = into === 'main' ? 'side' : 'main'
      const { status, stderr } = repository.gitAs(alice.identity.secret.reveal(), 'merge', from)
      expect([status, stderr]).toEqual([1, expect.stringContaining('only one side has these recipients')])
      expect(repository.sealward('merge').status).toBe(2)
    },
  )
})

describe('without a key', () => {
  it('a recipient that one side added comes in, and values of the other side stay as they are', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    const carol = await newMember()
    repository.git('checkout', '--quiet', '-b', 'side')
    const all = [repository.alice, repository.bob, carol].flatMap(({ recipient }) => ['-r', recipient.text])
    expect(repository.run(['encrypt', ...all, '-o', FILE, '-'], { input: 'A=1\nB=1\n' }).status).toBe(0)
    repository.commit({})
    repository.git('checkout', '--quiet', 'main')
    repository.commit({ B: '2' })
    expect(repository.gitAs(null, 'merge', '--quiet', 'side').status).toBe(0)
    expect((await open(repository.bytes(), carol.identity)).variables.get('B')?.value).toBe('2')
  })

  it('values of both sides need a MAC: git has a conflict, and the reason is said; with a key it is settled later', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    diverge(repository, { A: '2' }, { B: '2' })
    const { status, stderr } = repository.gitAs(null, 'merge', 'side')
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('both sides changed values (A, B), so it needs a new MAC'),
    ])
    expect(repository.git('ls-files', '--unmerged')).not.toBe('')
    expect(repository.run(['merge'], { key: null }).status).toBe(2)
    expect(repository.sealward('merge').status).toBe(0)
    expect(await repository.values()).toEqual({ A: '2', B: '2' })
  })
})
