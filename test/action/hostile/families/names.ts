import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Variables } from '../../runner/job-record.ts'
import type { Family, HostileCase } from '../case.ts'
import { shown } from '../commands.ts'

/** One name of each kind that takes over a process, a job or a program that runs in it. */
const DANGEROUS =
  'PATH LD_PRELOAD DYLD_INSERT_LIBRARIES BASH_ENV ENV PS4 PROMPT_COMMAND BASH_FUNC_ls HOME SHELL GIT_SSH_COMMAND NODE_PATH ' +
  'NODE_EXTRA_CA_CERTS PYTHONPATH PYTHONSTARTUP PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS npm_config_script_shell EDITOR ' +
  'HTTPS_PROXY SSL_CERT_FILE DOCKER_HOST KUBECONFIG GITHUB_TOKEN ACTIONS_ALLOW_UNSECURE_COMMANDS ACTIONS_RUNTIME_TOKEN ' +
  'RUNNER_TRACKING_ID SEALWARD_KEY SEALWARD_EXPORTED INPUT_KEY STATE_sealward CI TMPDIR'

/** Names that the runner sets again at each step, or refuses. */
const OWNED =
  'NODE_OPTIONS GITHUB_ENV GITHUB_OUTPUT GITHUB_PATH GITHUB_STATE GITHUB_SHA GITHUB_WORKSPACE RUNNER_TEMP RUNNER_OS'

const INVALID = [
  ...['A B', 'A-B', 'A.B', '1A', '', ' A', 'A ', '\tA', 'export A', 'A\r', 'A\0B', '\u00c9', 'P\u0410TH', '\ufeffA'],
  ...[
    'A<<EOF',
    'A;id',
    '$(touch canary)',
    '`touch canary`',
    '../A',
    'A[0]',
    'BASH_FUNC_ls%%',
    '\u{1d400}',
    'sops_',
    'A'.repeat(200_000).concat('-'),
  ],
]

/** Names of every object in JavaScript: sound, and not to be mistaken for something else. */
const INHERITED = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', '__defineGetter__', 'valueOf']

/** Names that must not come out of a file unasked. */
export const NAMES: Family = {
  title: 'a file that sets',
  cases: [
    ...DANGEROUS.split(' ').flatMap((name) => [only(name), only(inOtherCase(name))]),
    ...OWNED.split(' ').flatMap((name) => [only(name), only(inOtherCase(name))]),
    ...OWNED.split(' ').map((name) => ({
      ...only(name, { 'allow-names': name }),
      name: `${name}, which allow-names has`,
    })),
    ...['LD_ PRELOAD', 'NODE_ OPTIONS', 'GIT_ DIR', 'GITHUB_ ENV', 'pa TH', 'BASH_ ENV', 'H OME'].map(split),
    ...INVALID.map((name) => only(name, {}, 'name-invalid')),
    ...INHERITED.map(inherited),
    only('SOPS_AGE_KEY_CMD'),
    besides(),
    {
      ...only('PATH', { 'allow-names': 'path Path PAT*  *' }),
      name: 'PATH, where allow-names has its other spellings and a star',
    },
  ],
}

/** Upper case as lower and the other way round: on Windows it is the same variable. */
function inOtherCase(name: string): string {
  return [...name]
    .map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
    .join('')
}

function only(name: string, inputs: Variables = {}, expected: ErrorCode = 'name-denied'): HostileCase {
  return {
    name: name.length > 100 ? `a name of ${name.length} characters` : shown(name),
    build: async (folder) => {
      await folder.forge([
        { name: 'A', value: folder.secret() },
        { name, value: folder.secret() },
      ])
      return undefined
    },
    inputs,
    expected,
  }
}

function split(pair: string): HostileCase {
  const [prefix = '', name = ''] = pair.split(' ')
  return { ...only(name, { prefix, only: name }), name: `${name}, under the prefix ${prefix}` }
}

function inherited(name: string): HostileCase {
  return {
    name: `${name}, which is a name like any other`,
    build: async (folder) => {
      const value = folder.secret()
      await folder.forge([{ name, value }])
      return Object.fromEntries([[name, value]])
    },
    expected: 'taken',
  }
}

function besides(): HostileCase {
  return {
    name: 'PATH in the second of two files',
    build: async (folder) => {
      await folder.sealTwo()
      await folder.forge([{ name: 'PATH', value: folder.secret() }], { file: 'b.encrypted' })
      return undefined
    },
    inputs: { files: '.env.encrypted\nb.encrypted' },
    expected: 'name-denied',
  }
}
