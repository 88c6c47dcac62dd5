import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FILE, makeMergingRepository } from '../support/merging-repository.ts'

const changed = (text: string) => text.split('\n').filter((line) => /^[+-][^+-]/.test(line))

describe('git diff', () => {
  it('shows which values changed, and nothing of them', async () => {
    const repository = await makeMergingRepository({ A: 'first-0451', B: 'same-0451' })
    repository.sealward('set', 'A', 'second-0451')
    const text = repository.git('diff')
    const rows = changed(text)
    expect(rows).toEqual([
      expect.stringMatching(/^-A=\[hidden [0-9a-f]{12}\]$/),
      expect.stringMatching(/^\+A=\[hidden [0-9a-f]{12}\]$/),
    ])
    expect(rows[0]!.slice(1)).not.toBe(rows[1]!.slice(1))
    expect(text).not.toContain('0451')
  })

  it('shows a new data key, and no value that stayed, as a change', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '2' })
    expect(
      repository.run(['encrypt', '-r', repository.alice.recipient.text, '-o', FILE, '-'], { input: 'A=1\nB=3\n' })
        .status,
    ).toBe(0)
    const rows = changed(repository.git('diff')).map((row) => row.replace(/[0-9a-f]{12}/, '*'))
    expect(rows).toEqual([
      '-B=[hidden *]',
      '+B=[hidden *]',
      `-[recipient ${repository.bob.recipient.text}]`,
      '-[data key *]',
      '+[data key *]',
    ])
  })

  it('has digests of its own in each clone, so that nobody can try out values on them', async () => {
    const [one, other] = [await makeMergingRepository({ A: 'x' }), await makeMergingRepository({ A: 'x' })]
    const digests = [one, other].map((repository) => repository.sealward('textconv', FILE).stdout.split('\n')[0])
    expect(digests[0]).not.toBe(digests[1])
    expect(one.sealward('textconv', FILE).stdout.split('\n')[0]).toBe(digests[0])
  })

  it('shows values where its user wants that', async () => {
    const repository = await makeMergingRepository({ A: 'one' })
    repository.git('config', 'sealward.reveal', 'true')
    repository.sealward('set', 'A', 'two')
    expect(changed(repository.git('diff'))).toEqual(['-A=one', '+A=two'])
  })

  it('without a key shows names, and which lines were encrypted anew', async () => {
    const repository = await makeMergingRepository({ A: 'one', B: 'two' })
    repository.sealward('set', 'A', 'three')
    const { stdout } = repository.gitAs(null, 'diff')
    expect(changed(stdout)).toEqual([
      expect.stringMatching(/^-A=\[encrypted /),
      expect.stringMatching(/^\+A=\[encrypted /),
    ])
  })

  it('shows nothing of a file that is none, such as one with conflict markers', async () => {
    const repository = await makeMergingRepository({ A: '1' })
    repository.write(FILE, '<<<<<<< ours\nA=plain-0451\nsops_mac=x\n')
    const text = repository.git('diff')
    expect(text).toContain('[cannot be read: ')
    expect(text).not.toContain('0451')
  })

  it('no control character of a value reaches the terminal', async () => {
    const repository = await makeMergingRepository({ A: 'one' })
    expect(repository.run(['set', 'A'], { input: 'two\u001b[31m' }).status).toBe(0)
    expect(repository.sealward('textconv', '--reveal', FILE).stdout.split('\n')[0]).toBe('A=two\\x1b[31m')
  })
})

describe('sealward diff', () => {
  it('names what differs between commits, or on disk; values on request', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1', C: '1' })
    repository.commit({ A: '2', B: null })
    repository.sealward('set', 'D', '4')
    expect(repository.sealward('diff').stdout).toBe('+ D\n')
    expect(repository.sealward('diff', 'HEAD~1..HEAD', FILE).stdout).toBe('~ A\n- B\n')
    expect(repository.sealward('diff', '--reveal', 'HEAD~1..').stdout).toBe('~ A: 1 -> 2\n- B=1\n')
  })

  it('without a key says what it cannot know', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    repository.commit({ A: '2' })
    expect(repository.run(['diff', 'HEAD~1..HEAD'], { key: null }).stdout).toBe('~ A\n')
    repository.run(['encrypt', '-r', repository.alice.recipient.text, '-o', FILE, '-'], { input: 'A=2\nB=1\n' })
    const { stdout } = repository.run(['diff'], { key: null })
    expect(stdout).toBe(`? A\n? B\n- [recipient ${repository.bob.recipient.text}]\n`)
  })

  it('refuses what is no range, no commit or no file', async () => {
    const repository = await makeMergingRepository({ A: '1' })
    expect(repository.sealward('diff', 'A...B').stderr).toContain('[usage]')
    expect(repository.sealward('diff', 'nowhere..HEAD').stderr).toContain('git knows no such commit')
    expect(repository.sealward('diff', 'missing').stderr).toContain('neither of the two versions')
  })
})

describe('sealward history and restore', () => {
  it('say when a variable changed and by whom, over merges and names, and take a value back', async () => {
    const repository = await makeMergingRepository({ A: 'one', B: '1' })
    repository.git('checkout', '--quiet', '-b', 'side')
    repository.commit({ B: '2' })
    repository.git('checkout', '--quiet', 'main')
    repository.commit({ A: 'two' })
    repository.git('merge', '--quiet', 'side')
    repository.git('mv', FILE, '.env.live.encrypted')
    repository.git('commit', '--quiet', '--message', 'rename', '--author', 'Mover <m@example.com>')
    repository.sealward('unset', 'A', '-f', '.env.live.encrypted')
    repository.git('commit', '--quiet', '--all', '--message', 'gone', '--author', 'Bob\u001b[1m <b@example.com>')
    const { stdout } = repository.sealward('history', '--reveal', 'A', '.env.live.encrypted')
    expect(stdout.replace(/^\S+ [0-9a-f]{12} /gm, '')).toBe(
      'removed by Bob\\x1b[1m\nchanged by A: two\nset by A: one\n',
    )
    expect(repository.sealward('history', 'A', '.env.live.encrypted').stdout).not.toMatch(/two|one/)

    const revision = repository.git('rev-list', '--max-parents=0', 'HEAD').trim()
    repository.git('mv', '.env.live.encrypted', FILE)
    expect(repository.sealward('restore', 'A', '--at', revision).stderr).toBe('+ A\n')
    expect(await repository.values()).toEqual({ B: '2', A: 'one' })
    expect(repository.sealward('restore', 'NONE', '--at', revision).stderr).toContain(
      'is not in the file as it was then',
    )
    expect(repository.sealward('restore', 'A').status).toBe(2)
  })

  it('without a key compare ciphertext, and say so', async () => {
    const repository = await makeMergingRepository({ A: 'one', B: '1' })
    repository.commit({ B: '2' })
    repository.commit({ A: 'two' })
    const { stdout, stderr } = repository.run(['history', 'A'], { key: null })
    expect(stdout.split('\n').map((line) => line.split(' ')[2])).toEqual(['changed', 'set', undefined])
    expect(stderr).toContain('were not opened')
  })
})

describe('install', () => {
  const attributesOf = (path: string) => readFileSync(join(path, '.git', 'info', 'attributes'), 'utf8')

  it('again changes nothing, and uninstall leaves what others put there', async () => {
    const repository = await makeMergingRepository({ A: '1' })
    const attributes = join(repository.path, '.git', 'info', 'attributes')
    writeFileSync(attributes, `*.bin binary\n${readFileSync(attributes, 'utf8')}*.png -diff`)
    repository.git('config', 'diff.other.textconv', 'cat')
    const before = [attributesOf(repository.path), repository.git('config', '--local', '--list')]
    expect(repository.sealward('install', '--hooks', 'pre-commit').stderr).not.toContain('by variable')
    expect([attributesOf(repository.path), repository.git('config', '--local', '--list')]).toEqual(before)
    expect(repository.git('status', '--porcelain')).toBe('')
    expect(repository.sealward('uninstall').status).toBe(0)
    expect(attributesOf(repository.path)).toBe('*.bin binary\n*.png -diff')
    expect(repository.git('config', '--local', '--list')).not.toContain('sealward')
    expect(repository.git('config', 'diff.other.textconv')).toBe('cat\n')
    expect(repository.sealward('uninstall').status).toBe(0)
  })

  it('where the program is gone, git shows and merges what it would without it', async () => {
    const repository = await makeMergingRepository({ A: '1', B: '1' })
    repository.git('checkout', '--quiet', '-b', 'side')
    repository.commit({ B: '2' })
    repository.git('checkout', '--quiet', 'main')
    repository.commit({ A: '2' })
    for (const name of ['diff.sealward.textconv', 'merge.sealward.driver']) {
      const command = repository.git('config', name).trim()
      repository.git('config', name, command.replaceAll('/dist/cli.js', '/gone/cli.js'))
    }
    repository.sealward('set', 'A', '3')
    expect(repository.git('diff')).toContain('+A=ENC[')
    repository.git('checkout', '--quiet', FILE)
    expect(repository.gitAs(repository.alice.identity.secret.reveal(), 'merge', 'side').status).toBe(1)
    expect(repository.bytes().toString()).toMatch(/^<{7}.*^B=|^B=.*^<{7}/ms)
  })
})
