import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Variables } from '../../runner/job-record.ts'
import type { Family, HostileCase } from '../case.ts'
import type { CaseFolder } from '../folder.ts'

const TRUST = { 'allow-untrusted': 'all' }

/** Files that are not where, or not what, the workflow thinks: links, devices, other folders, another commit. */
export const PLACES: Family = {
  title: 'a file that is',
  cases: [
    linked('the environment of the step', '/proc/self/environ', 'untrusted'),
    linked('the environment of the step, with trust in it', '/proc/self/environ', 'malformed', TRUST),
    linked('the memory of the step, with trust in it', '/proc/self/mem', 'io', TRUST),
    linked('the command line of the step, with trust in it', '/proc/self/cmdline', 'malformed', TRUST),
    linked('a device without an end', '/dev/zero', 'io', TRUST),
    linked('random numbers without an end', '/dev/urandom', 'io', TRUST),
    linked('nothing', '/dev/null', 'io', TRUST),
    linked('the input of the step', '/dev/stdin', 'io', TRUST),
    linked('the output of the step', '/proc/self/fd/1', 'io', TRUST),
    linked('the passwords of the machine', '/etc/passwd', 'untrusted'),
    linked('the passwords of the machine, with trust in it', '/etc/passwd', 'malformed', TRUST),
    linked('itself', '.env.encrypted', 'io', TRUST),
    linked('a folder', '/etc', 'io', TRUST),
    linked('a name that is not there', 'missing', 'not-found', TRUST),
    linked('the settings of git', '../.git/config', 'untrusted'),
    later(
      'a pipe that nobody writes to',
      (folder) => void execFileSync('mkfifo', [join(folder.path, '.env.encrypted')]),
      'io',
    ),
    later(
      'a pipe that nobody writes to, with trust in it',
      (folder) => void execFileSync('mkfifo', [join(folder.path, '.env.encrypted')]),
      'io',
      TRUST,
    ),
    later('a folder', (folder) => mkdirSync(join(folder.path, '.env.encrypted')), 'io'),
    outside('a sound file outside of the checkout, by ..', (folder) => ({ files: `../../${folder.name}.encrypted` })),
    outside('a sound file outside of the checkout, by its path', (folder) => ({
      files: join(folder.path, '..', '..', `${folder.name}.encrypted`),
    })),
    outside('a sound file outside of the checkout, by working-directory', (folder) => ({
      'working-directory': '..',
      files: `${folder.name}.encrypted`,
    })),
    outside('a sound file outside of the checkout, by a link', () => ({}), {
      link: (folder) => ({ target: `../../${folder.name}.encrypted` }),
    }),
    outside('a sound file outside of the checkout, by a glob', () => ({ files: '../../*.encrypted' }), {
      expected: 'usage',
    }),
    outside(
      'a sound file outside of the checkout, by a linked folder and a glob',
      () => ({ files: 'up/*.encrypted' }),
      {
        link: () => ({ target: '../..', file: 'up' }),
        expected: 'not-found',
      },
    ),
    later('not in the commit', async (folder) => void (await folder.sealTwo()), 'untrusted'),
    replaced('another than the commit has', async (folder) => void (await folder.sealTwo())),
    replaced('another than the commit has, by a blank line', (folder) =>
      appendFileSync(join(folder.path, '.env.encrypted'), '\n'),
    ),
    replaced(
      'another than the commit has, by a folder that is a link',
      async (folder) => {
        await folder.sealTwo('elsewhere/.env.encrypted')
        folder.link('elsewhere', 'linked')
      },
      { files: 'linked/.env.encrypted' },
    ),
    replaced('in a repository of its own', (folder) => {
      execFileSync('git', ['init', '--quiet', folder.path])
      execFileSync('git', ['-C', folder.path, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'add', '-A'])
    }),
    replaced('in a folder whose .git is a file that leads elsewhere', (folder) =>
      writeFileSync(join(folder.path, '.git'), 'gitdir: /nowhere\n'),
    ),
    replaced('in a folder whose .git is a file of commands', (folder) =>
      writeFileSync(join(folder.path, '.git'), 'gitdir: ::error title=injected::injected\n'),
    ),
    replaced('in a copy of the repository that has a program for everything', repositoryOfPrograms),
    besideGit('where git keeps a filter, a hook and a monitor that are programs', repositorySettings),
    besideGit('where the attributes of the checkout name programs', (folder) => {
      folder.write('* filter=x diff=x merge=x textconv=x\n', '.gitattributes')
    }),
    besideGit('where the checkout has a git of its own', (folder) => {
      folder.write(`#!/bin/sh\ntouch ${join(folder.path, 'canary')}\n`, 'git')
      execFileSync('chmod', ['+x', join(folder.path, 'git')])
    }),
    besideGit('where the checkout has modules of its own', (folder) => {
      folder.write('{"type":"commonjs","imports":{"#x":"./x.js"}}', 'package.json')
      folder.write('throw new Error("injected")', 'node_modules/age-encryption/index.js')
      folder.write('node-options=--require ./x.js', '.npmrc')
    }),
  ],
}

function linked(name: string, target: string, expected: ErrorCode, inputs: Variables = {}): HostileCase {
  return {
    name: `a link to ${name}`,
    build: (folder) => {
      folder.link(target)
      return undefined
    },
    inputs,
    expected,
    platform: 'linux',
  }
}

/** Put there after the checkout. */
function later(name: string, plant: HostileCase['plant'], expected: ErrorCode, inputs: Variables = {}): HostileCase {
  return { name, build: () => undefined, plant: plant!, inputs, expected, platform: 'posix' }
}

/** Moved out of the checkout, where no commit has it. */
function outside(
  name: string,
  inputs: (folder: CaseFolder) => Variables,
  { link, expected = 'untrusted' }: Outside = {},
): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      renameSync(join(folder.path, '.env.encrypted'), join(folder.path, '..', '..', `${folder.name}.encrypted`))
      if (link !== undefined) folder.link(link(folder).target, link(folder).file)
      return undefined
    },
    inputs,
    expected,
    platform: 'posix',
  }
}

interface Outside {
  readonly link?: (folder: CaseFolder) => { readonly target: string; readonly file?: string }
  readonly expected?: ErrorCode
}

function replaced(
  name: string,
  plant: (folder: CaseFolder) => Promise<void> | void,
  inputs: Variables = {},
): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      return undefined
    },
    plant,
    inputs,
    expected: 'untrusted',
    platform: 'posix',
  }
}

function besideGit(name: string, plant: (folder: CaseFolder) => void): HostileCase {
  return {
    name,
    build: (folder) => folder.sealTwo(),
    plant,
    expected: 'taken',
    platform: 'posix',
  }
}

function programs(folder: CaseFolder): string {
  const touch = `touch ${join(folder.path, 'canary')}`
  return [
    `[core]\n\tfsmonitor = ${touch}\n\tsshCommand = ${touch}\n\tpager = ${touch}\n\teditor = ${touch}\n\thooksPath = ${folder.path}`,
    `[filter "x"]\n\tclean = ${touch}\n\tsmudge = ${touch}\n\tprocess = ${touch}\n\trequired = true`,
    `[diff "x"]\n\ttextconv = ${touch}\n\tcommand = ${touch}\n[diff]\n\texternal = ${touch}`,
    `[credential]\n\thelper = !${touch}\n[alias]\n\tcat-file = !${touch}\n[gpg]\n\tprogram = ${touch}`,
    `[protocol "ext"]\n\tallow = always\n[remote "x"]\n\turl = ext::sh -c "${touch}"\n\tpromisor = true\n\tuploadpack = ${touch}`,
    '',
  ].join('\n')
}

function repositorySettings(folder: CaseFolder): void {
  appendFileSync(join(folder.path, '..', '.git', 'config'), programs(folder))
}

/** The commit is there, and one object of it is not: a partial clone would fetch it. */
function repositoryOfPrograms(folder: CaseFolder): void {
  const own = join(folder.path, '.git')
  cpSync(join(folder.path, '..', '.git'), own, { recursive: true })
  appendFileSync(
    join(own, 'config'),
    `${programs(folder)}[extensions]\n\tpartialClone = x\n[core]\n\trepositoryFormatVersion = 1\n`,
  )
  for (const name of readdirSync(join(own, 'objects'))) rmSync(join(own, 'objects', name), { recursive: true })
  mkdirSync(join(own, 'objects', 'info'), { recursive: true })
}
