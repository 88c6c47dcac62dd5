import { join } from 'node:path'
import { stringify } from 'yaml'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import { documentOf } from '../documents.ts'
import { newFernetKey } from '../foreign-files.ts'
import type { Scene } from './scene.ts'
import { EACH, FILE, GROUPS, type SharedRepository, THEIRS, VALUES, type Values } from './shared-repository.ts'

/** Of these every tool has the same idea. */
const PLAIN: Values = { A: 'one', TOKEN: 'two words', URL: 'https://h/p?q=1' }
const EVERY_FILE = [FILE, GROUPS, THEIRS]

/** Commands that write values. */
export const VALUE_SCENES: readonly Scene[] = [
  {
    command: 'encrypt',
    run(at) {
      at.sealward('encrypt', '-r', at.recipientOf('alice'), '-o', 'mine.env.encrypted', join(at.outside, 'plain'))
      at.expects('mine.env.encrypted', { hands: [['alice']] })
      at.sealward('encrypt', '-o', 'teams/other.env.encrypted', plainFile(at, PLAIN))
      at.expects('teams/other.env.encrypted', { values: PLAIN, hands: at.files.get(GROUPS)!.hands })
    },
  },
  {
    command: 'encrypt',
    title: 'over files that are there',
    run(at) {
      const changed = { ...VALUES, A: 'other', NEW: 'x\ny' }
      for (const path of [FILE, GROUPS]) {
        at.sealward('encrypt', '-o', path, plainFile(at, changed))
        at.expects(path, { values: changed })
      }
      at.sealward('encrypt', '--force', '-o', THEIRS, plainFile(at, { A: 'two', HOST: 'moved' }))
      at.expects(THEIRS, { values: { A: 'two', HOST: 'moved' } })
    },
  },
  {
    command: 'encrypt',
    title: 'in the place of a file that nobody here can open',
    run(at) {
      at.hands = ['erin']
      at.sealward('encrypt', '--force', '-o', FILE, plainFile(at, PLAIN))
      at.expects(FILE, { values: PLAIN })
    },
  },
  {
    command: 'set',
    run(at) {
      for (const path of EVERY_FILE) {
        at.sealward('set', '-f', path, 'A', 'x\n"y" = \\n é')
        at.sealward('set', '-f', path, 'NEW_unencrypted', 'open')
        const values = { ...at.files.get(path)!.values, A: 'x\n"y" = \\n é', NEW_unencrypted: 'open' }
        at.expects(path, { values })
      }
    },
  },
  {
    command: 'unset',
    run(at) {
      for (const path of EVERY_FILE) {
        at.sealward('unset', '-f', path, 'A')
        const { A: gone, ...values } = at.files.get(path)!.values
        at.expects(path, { values })
      }
    },
  },
  {
    command: 'edit',
    run(at) {
      at.env.EDITOR = at.place('editor', '#!/bin/sh\nsed -i.bak -e s/one/edited/ "$1"\necho MORE=1 >> "$1"\n', 0o700)
      for (const path of EVERY_FILE) {
        at.sealward('edit', '-f', path)
        at.expects(path, { values: { ...at.files.get(path)!.values, A: 'edited', MORE: '1' } })
      }
    },
  },
  {
    command: 'restore',
    run(at) {
      for (const path of EVERY_FILE) {
        at.sealward('unset', '-f', path, 'A')
        at.sealward('restore', 'A', path, '--at', 'HEAD')
      }
    },
  },
  {
    command: 'protect',
    run(at) {
      at.write('app/.env', printDotenv(documentOf(PLAIN)))
      at.git('add', 'app/.env')
      at.sealward('protect')
      at.expects('app/.env.encrypted', { values: PLAIN })
    },
  },
  {
    command: 'merge-driver',
    run(at) {
      const merged = diverge(at, { A: 'main', B: '1' }, { LINES: 'side\nb', C: '1' })
      at.git('merge', '--quiet', 'side')
      for (const path of EVERY_FILE) at.expects(path, { values: { ...at.files.get(path)!.values, ...merged } })
    },
  },
  {
    command: 'merge',
    run(at) {
      diverge(at, { A: 'main', B: '1' }, { A: 'side', C: '1' })
      at.run('git', ['merge', 'side'], 1)
      for (const path of EVERY_FILE) {
        const values = { ...at.files.get(path)!.values, A: 'settled\nby hand', B: '1', C: '1' }
        const said = at.run(process.execPath, [...at.program, 'merge', path], 1)
        at.place('settled', printDotenv(documentOf(values)))
        at.run('cp', [join(at.outside, 'settled'), /settle it in (.*)/.exec(said)![1]!])
        at.sealward('merge', '--continue', path)
        at.expects(path, { values })
      }
      at.commit('merged')
    },
  },
  {
    command: 'import fernet',
    run(at) {
      at.env.SECRETS_MASTER_KEY = newFernetKey()
      for (const form of ['token', 'tokens.json']) {
        at.sealward('export', 'fernet', '-o', join(at.outside, form))
        at.sealward('import', 'fernet', join(at.outside, form), '-o', `${form}.env.encrypted`)
        at.expects(`${form}.env.encrypted`, {})
      }
    },
  },
  {
    command: 'import dotenvx',
    run(at) {
      at.sealward('export', 'dotenvx', '-o', join(at.outside, '.env'))
      at.sealward('import', 'dotenvx', join(at.outside, '.env'), '-o', 'dotenvx.env.encrypted')
      at.expects('dotenvx.env.encrypted', {})
    },
  },
  {
    command: 'import sops',
    run(at) {
      for (const form of ['yaml', 'json']) {
        makeTree(at, `tree.${form}`, form === 'yaml' ? stringify(PLAIN) : JSON.stringify(PLAIN))
        at.sealward('import', 'sops', `tree.${form}`, '-o', `${form}.env.encrypted`)
        at.expects(`${form}.env.encrypted`, { values: PLAIN })
      }
    },
  },
  {
    command: 'import gh-secrets-names',
    run(at) {
      at.sealward(
        'import',
        'gh-secrets-names',
        at.place('names', 'ONE\t2026-01-02\nTWO\n'),
        '-o',
        'names.env.encrypted',
      )
      at.expects('names.env.encrypted', { values: { ONE: '', TWO: '' } })
    },
  },
  {
    command: 'export sops',
    run(at) {
      for (const path of EVERY_FILE)
        for (const form of ['env', 'yaml', 'json']) {
          const output = `${path.replace(/\W/g, '')}.${form}`
          at.sealward('export', 'sops', path, '-o', output)
          const { values, hands } = at.files.get(path)!
          at.expects(output, { values, hands: hands.slice(0, 1) })
        }
    },
  },
  {
    command: 'migrate',
    run(at) {
      at.write('a/.env', printDotenv(documentOf(VALUES)))
      at.run('mkdir', ['b', 'c'])
      at.sealward('export', 'dotenvx', '-o', 'b/.env.production')
      makeTree(at, 'c/tree.yaml', stringify(PLAIN))
      at.sealward('migrate')
      at.expects('a/.env.encrypted', {})
      at.expects('b/.env.production.encrypted', {})
      at.expects('c/tree.env.encrypted', { values: PLAIN })
    },
  },
]

function plainFile(at: SharedRepository, values: Values): string {
  return at.place('given', printDotenv(documentOf(values)))
}

/** Two branches of one history, each with changes of its own in every file. @returns what both together are */
function diverge(at: SharedRepository, ours: Values, theirs: Values): Values {
  at.sealward('install', '--hooks', 'pre-commit')
  at.git('branch', 'side')
  for (const [branch, values] of [
    ['side', theirs],
    ['main', ours],
  ] as const) {
    at.git('checkout', '--quiet', branch)
    for (const path of EVERY_FILE)
      for (const [name, value] of Object.entries(values)) at.sealward('set', '-f', path, name, value)
    at.commit(branch)
  }
  return { ...ours, ...theirs }
}

/** A file of YAML or JSON by sops itself. */
function makeTree(at: SharedRepository, path: string, text: string): void {
  const plain = at.place(path.replace(/.*\//, ''), text)
  const recipients = EACH.flat().map((name) => at.recipientOf(name))
  at.write(path, at.sops([], 'encrypt', '--age', recipients.join(','), plain))
  at.expects(path, { values: PLAIN })
}
