import { join } from 'node:path'
import type { Scene } from './scene.ts'
import { EACH, FILE, GROUPS, type Hands, type SharedRepository, THEIRS } from './shared-repository.ts'

const WITHOUT_DORA = EACH.filter(([name]) => name !== 'dora')
/** Files that the policy gives to everybody. */
const COMMON = [FILE, THEIRS]

/** Commands that change who can open files, and under which keys. */
export const PEOPLE_SCENES: readonly Scene[] = [
  {
    command: 'members add',
    run(at) {
      at.sealward('members', 'add', 'erin', at.recipientOf('erin'))
      common(at, [...EACH, ['erin']])
    },
  },
  {
    command: 'members remove',
    run(at) {
      at.sealward('members', 'remove', 'dora')
      common(at, WITHOUT_DORA)
    },
  },
  { command: 'members rename', run: (at) => void at.sealward('members', 'rename', 'alice', 'alice-of-old') },
  {
    command: 'members upgrade',
    tooNewForOld: true,
    run(at) {
      const upgraded = EACH.flat().flatMap((name) => ['-r', `${name}=${newKey(at, `${name}-pq`, '--pq')}`])
      at.hands = [...at.hands, 'alice-pq', 'carol-pq']
      at.sealward('members', 'upgrade', '--pq', ...upgraded)
      for (const [path, { hands }] of at.files)
        at.expects(path, { hands: hands.map((names) => names.map((name) => `${name}-pq`)) })
    },
  },
  {
    command: 'recipients sync',
    run(at) {
      at.policy((text) =>
        text.replace(/ {2}dora: .*\n/, `  erin: ${at.recipientOf('erin')}\n`).replace('[carol]', '[carol, erin]'),
      )
      at.sealward('recipients', 'sync')
      common(at, [...WITHOUT_DORA, ['erin']])
      at.expects(GROUPS, {
        hands: [
          ['alice', 'bob'],
          ['erin', 'bob'],
        ],
      })
    },
  },
  {
    command: 'recipients sync',
    title: 'to another threshold, and to key groups where there were none',
    run(at) {
      const groups = `  - path: ${FILE}\n    key-groups: [[alice, dora], [bob]]\n    threshold: 2\n`
      at.policy((text) => text.replace('threshold: 2', 'threshold: 3').concat(groups))
      at.sealward('recipients', 'sync')
      at.expects(GROUPS, { hands: [['alice', 'bob', 'carol']] })
      at.expects(FILE, {
        hands: [
          ['alice', 'bob'],
          ['bob', 'dora'],
        ],
      })
    },
  },
  {
    command: 'recipients sync',
    title: 'to a recovery key that was made again of its shares',
    run(at) {
      const recipient = newKey(at, 'safe')
      at.hands = ['safe']
      at.sealward('keys', 'split', '-n', '3', '-t', '2', '-o', join(at.outside, 'shares'))
      at.hands = ['alice', 'carol']
      const shares = at
        .run('ls', [join(at.outside, 'shares')])
        .trim()
        .split('\n')
        .slice(1)
      const combined = join(at.outside, 'combined.txt')
      at.sealward('keys', 'combine', ...shares.map((name) => join(at.outside, 'shares', name)), '-o', combined)
      at.addKey('safe', combined)
      at.policy((text) => text.replace('files:\n', `  safe: ${recipient}\nfiles:\n`).concat('recovery: safe\n'))
      at.policy((text) => text.replace('[carol]', '[carol], [safe]'))
      at.sealward('recipients', 'sync')
      common(at, [...EACH, ['safe']])
      at.expects(GROUPS, {
        hands: [
          ['alice', 'bob'],
          ['safe', 'bob'],
        ],
      })
    },
  },
  {
    command: 'updatekeys',
    run(at) {
      at.policy((text) =>
        text.replace(/ {2}dora: .*\n/, `  erin: ${at.recipientOf('erin')}\n`).replace('[carol]', '[carol, erin]'),
      )
      at.sealward('updatekeys', '-y', FILE, GROUPS)
      at.expects(FILE, { hands: [...WITHOUT_DORA, ['erin']] })
      at.expects(GROUPS, {
        hands: [
          ['alice', 'bob'],
          ['erin', 'bob'],
        ],
      })
    },
  },
  {
    command: 'updatekeys',
    title: 'which gives key groups up',
    run(at) {
      at.policy((text) => text.slice(0, text.indexOf('files:')))
      at.sealward('updatekeys', '-y', GROUPS)
      at.expects(GROUPS, { hands: EACH })
    },
  },
  {
    command: 'policy rollback',
    run(at) {
      at.sealward('members', 'remove', 'dora')
      at.policy((text) => text.replace('threshold: 2', 'threshold: 3'))
      at.sealward('recipients', 'sync')
      at.hands = ['alice', 'bob', 'carol']
      at.commit('changed')
      at.sealward('policy', 'rollback', 'HEAD~1')
    },
  },
  {
    command: 'config sops',
    run(at) {
      at.sealward('config', 'sops', '--write')
      for (const [path, hands] of [
        ['by-sops.env', EACH],
        ['teams/by-sops.env', at.files.get(GROUPS)!.hands],
      ] as const) {
        at.write(path, 'A=one\nB=two words\n')
        at.sops([], 'encrypt', '--in-place', path)
        at.expects(path, { values: { A: 'one', B: 'two words' }, hands })
      }
      at.sealward('verify')
    },
  },
  { command: 'rotate data-key', run: (at) => void at.sealward('rotate', 'data-key', FILE, GROUPS, THEIRS) },
  { command: 'rotate key', run: (at) => rotateKey(at) },
  {
    command: 'rotate key',
    title: 'to a post-quantum one',
    tooNewForOld: true,
    run: (at) => rotateKey(at, '--pq'),
  },
  {
    command: 'rotate key',
    title: '--finish',
    run(at) {
      rotateKey(at)
      at.everyFileOpens()
      at.sealward('rotate', 'key', '--finish', '--emergency')
      freshForAlice(at)
    },
  },
  {
    command: 'rotate key',
    title: '--rollback',
    run(at) {
      const before = new Map(at.files)
      rotateKey(at)
      at.sealward('rotate', 'key', '--rollback')
      for (const [path, file] of before) at.expects(path, file)
    },
  },
  {
    command: 'lockdown',
    run: (at) => void at.sealward('lockdown', '--reason', 'laptop stolen'),
  },
  {
    command: 'lockdown',
    title: 'with a new key, and --lift',
    run(at) {
      const file = join(at.outside, 'rotated.txt')
      at.sealward('lockdown', '--reason', 'stolen', '-o', file, '--replace', at.recipientOf('alice'))
      at.addKey('fresh', file)
      freshForAlice(at)
      at.everyFileOpens()
      at.hands = ['fresh', 'carol']
      at.commit('locked')
      at.sealward('lockdown', '--lift', '--reason', 'all rotated')
    },
  },
]

function common(at: SharedRepository, hands: readonly Hands[]): void {
  for (const path of COMMON) at.expects(path, { hands })
}

/** @returns the recipient of a key for somebody */
function newKey(at: SharedRepository, name: string, ...flags: string[]): string {
  const file = join(at.outside, `${name}-key.txt`)
  at.sealward('keygen', '-o', file, ...flags)
  at.addKey(name, file)
  return at.sealward('keygen', '-y', file).trim()
}

/** Alice gets a new key; the old one works too. */
function rotateKey(at: SharedRepository, ...flags: string[]): void {
  const file = join(at.outside, 'rotated.txt')
  at.sealward('rotate', 'key', '-o', file, '--replace', at.recipientOf('alice'), ...flags)
  at.addKey('fresh', file)
  at.hands = [...at.hands, 'fresh']
  for (const [path, { hands }] of at.files)
    at.expects(path, { hands: [...hands, ...hands.filter(hasAlice).map(asFresh)] })
}

/** The new key is in the place of the old one. */
function freshForAlice(at: SharedRepository): void {
  for (const [path, { hands }] of at.files) at.expects(path, { hands: hands.map(asFresh) })
}

function hasAlice(hands: Hands): boolean {
  return hands.includes('alice')
}

function asFresh(hands: Hands): Hands {
  return hands.map((name) => (name === 'alice' ? 'fresh' : name))
}
