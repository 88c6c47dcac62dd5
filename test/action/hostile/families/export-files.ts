import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Family, HostileCase } from '../case.ts'
import { COMMANDS, shown } from '../commands.ts'
import type { CaseFolder } from '../folder.ts'

type Path = string | ((folder: CaseFolder) => string)

/** Places where plaintext must not go, however they are spelled. */
export const EXPORT_FILES: Family = {
  title: 'export-file',
  cases: [
    refused('in .git', '.git/config'),
    refused('in the .git of the checkout', (folder) => join(folder.job.workspace, '.git', 'hooks', 'pre-commit')),
    refused('in .GIT', '.GIT/config'),
    refused('in a .git with characters that some disks leave out', '.g\u200cit/config'),
    refused('as .git', '.git'),
    refused('by ..', '../x.env'),
    refused('by .. that leads back', 'a/../x.env'),
    refused('by .. behind a link', 'up/../x.env'),
    refused('in /etc', '/etc/x.env'),
    refused('in /dev/shm', '/dev/shm/x.env'),
    refused('in the home folder', (folder) => join(folder.job.home, '.bashrc')),
    refused('in the folder of the actions', (folder) => join(folder.job.temp, '..', '_actions', 'x.js')),
    refused('in ~', '~/x.env', 'not-found'),
    refused('in the files that the runner reads', (folder) =>
      join(folder.job.temp, '_runner_file_commands', 'set_env_x'),
    ),
    refused('in those files in another letter case', (folder) =>
      join(folder.job.temp, '_Runner_File_Commands', 'set_env_x'),
    ),
    refused('in the event of the run', (folder) => join(folder.job.temp, '_github_workflow', 'event.json')),
    refused('in the home that the runner has for containers', (folder) =>
      join(folder.job.temp, '_github_home', '.bashrc'),
    ),
    refused('as the workspace', (folder) => folder.job.workspace),
    refused('as a folder', 'a/'),
    refused('as .', '.'),
    refused('with a line end in it', 'a\n::error title=injected::injected'),
    refused('with a terminal’s command in it', 'a\u001b[2J.env'),
    refused('of 5,000 characters', 'a'.repeat(5000)),
    refused('of a name that no disk takes', 'a'.repeat(300), 'io'),
    refused('in a folder that is not there', 'missing/x.env', 'not-found'),
    ...COMMANDS.filter((command) => /^[ -~]*$/.test(command) && !command.includes('/')).map(commandsFolder),
    planted('a link', (folder) => symlinkSync(join(folder.job.home, 'x'), join(folder.path, 'x.env')), 'io'),
    planted(
      'a link to a file of the runner',
      (folder) => symlinkSync(join(folder.job.temp, '_runner_file_commands'), join(folder.path, 'x.env')),
      'io',
    ),
    planted('a link to nothing', (folder) => symlinkSync('/nowhere/x', join(folder.path, 'x.env')), 'io'),
    planted('a folder', (folder) => mkdirSync(join(folder.path, 'x.env')), 'io'),
    planted('a pipe', (folder) => void execFileSync('mkfifo', [join(folder.path, 'x.env')]), 'io'),
    planted('an encrypted file', async (folder) => void (await folder.sealTwo('x.env')), 'exists'),
    {
      ...planted('in a folder that is a link', (folder) => symlinkSync(folder.job.home, join(folder.path, 'up')), 'io'),
      inputs: { 'export-file': 'up/x.env' },
    },
    {
      ...planted(
        'in a folder that is a link to .git',
        (folder) => symlinkSync('../.git', join(folder.path, 'up')),
        'io',
      ),
      inputs: { 'export-file': 'up/hooks/pre-commit' },
    },
    {
      ...planted('in a folder that is a file', (folder) => writeFileSync(join(folder.path, 'up'), ''), 'io'),
      inputs: { 'export-file': 'up/x.env' },
    },
    {
      ...refused('in a format that is none', 'x.env', 'usage'),
      inputs: { 'export-file': 'x.env', 'export-format': '../x' },
    },
    unholdable('docker, which has no line breaks', 'docker', 'a\nPATH=injected'),
    unholdable('docker, which has no CR', 'docker', 'a\rPATH=injected'),
    unholdable('docker, of 64 KiB', 'docker', 'x'.repeat(65_536)),
  ],
}

function refused(name: string, path: Path, expected: ErrorCode = 'usage'): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      return undefined
    },
    inputs: (folder) => ({ 'export-file': typeof path === 'string' ? path : path(folder) }),
    expected,
    masked: expected !== 'usage',
    platform: 'posix',
  }
}

/** What lies at the path can only be seen when the file is written, and by then the masks are out. */
function planted(name: string, plant: NonNullable<HostileCase['plant']>, expected: ErrorCode): HostileCase {
  return { ...refused(`over ${name}`, 'x.env', expected), plant }
}

function commandsFolder(command: string): HostileCase {
  return refused(`in a missing folder called ${shown(command)}`, `${command}/x.env`, 'not-found')
}

function unholdable(name: string, format: string, value: string): HostileCase {
  return {
    name: `for ${name}`,
    build: async (folder) => {
      await folder.forge([
        { name: 'A', value: folder.secret() },
        { name: 'B', value },
      ])
      return undefined
    },
    inputs: { 'export-file': 'x.env', 'export-format': format },
    expected: 'not-representable',
  }
}
