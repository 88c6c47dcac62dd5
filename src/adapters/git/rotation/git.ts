import { devNull } from 'node:os'
import { SealwardError } from '../../../core/errors.ts'
import type { Stop } from '../../../tasks/world.ts'
import { type GitEnd as ChildEnd, othersRepository, readPrinted, startGit } from '../child.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface GitOptions {
  readonly input?: string | Uint8Array
  /** Over what git has in its environment. */
  readonly env?: Readonly<Record<string, string>>
  /** What it may print; 1 MiB when absent. */
  readonly maxBytes?: number
}

/** How a git process ended. What it said on standard error is for decisions only: it has addresses in it, which may have passwords in them. */
export interface GitEnd extends ChildEnd {
  readonly stdout: Buffer
}

/** git in one repository, in an environment of which it is known what is in it. No shell is involved, and no secret is in an argument. */
export interface Git {
  /** @throws SealwardError git, where it does not end with 0; limit past `maxBytes` */
  ask(args: readonly string[], options?: GitOptions): Promise<Buffer>
  /** The same, as one line. */
  line(args: readonly string[], options?: GitOptions): Promise<string>
  /** Whatever status it ends with. @throws SealwardError git, limit */
  attempt(args: readonly string[], options?: GitOptions): Promise<GitEnd>
}

const ANSWER_BYTES = 1024 * 1024
/** A server that answers nothing more is not waited for: the job would hang, and with it the next one of its group. */
const TIMEOUT_MS = 300_000

/** Neither hooks nor other programs of the working tree have a part in it, and nothing is pushed but what is asked for. */
const SETTINGS = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.quotePath=false',
  'i18n.commitEncoding=UTF-8',
  'gc.auto=0',
  'maintenance.auto=false',
  'fetch.prune=false',
  'fetch.recurseSubmodules=no',
  'push.followTags=false',
  'push.recurseSubmodules=no',
  'user.useConfigOnly=true',
].flatMap((setting) => ['-c', setting])

/** Variables of git that say who commits and how a server is reached. Any other could lead into another repository, or write a trace. */
const KEPT =
  /^GIT_(?:(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL)|CONFIG_.*|SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|PROXY_COMMAND|SSL_.*|HTTP_.*|EXEC_PATH)$/

/**
 * @param top of the working tree
 * @param stop a terminal sends Ctrl-C to git too; what it was doing then is done once more, for whoever asks this process to stop wants it to
 *   end where the next run can go on
 */
export function openGit(top: string, env: Environment, stop: Stop = { asked: false }): Git {
  const cleaned = environmentFor(env)
  const attempt: Git['attempt'] = async (args, options = {}) => {
    const [order, before] = [{ args, options, top, env: cleaned }, stop.asked]
    try {
      const end = await run(order)
      if (end.status === 0 || before || !stop.asked) return end
    } catch (error) {
      if (before || !stop.asked) throw error
    }
    return run(order)
  }
  const ask: Git['ask'] = async (args, options) => {
    const end = await attempt(args, options)
    if (end.status !== 0) throw failed(args, end)
    return end.stdout
  }
  return { ask, attempt, line: async (args, options) => (await ask(args, options)).toString('utf8').replace(/\n$/, '') }
}

interface Started {
  readonly args: readonly string[]
  readonly options: GitOptions
  readonly top: string
  readonly env: Environment
}

async function run({ args, options, top, env }: Started): Promise<GitEnd> {
  const child = startGit(['--no-replace-objects', '--literal-pathspecs', ...SETTINGS, ...args], {
    cwd: top,
    env: { ...env, ...options.env },
    timeoutMs: TIMEOUT_MS,
  })
  child.stdin.end(options.input ?? '')
  const stdout = await readPrinted(child, { args, maxBytes: options.maxBytes ?? ANSWER_BYTES })
  return { ...(await child.end()), stdout }
}

function environmentFor(env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('GIT_') || KEPT.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_GRAFT_FILE: devNull }
}

/** git's own words are for whoever runs it by hand: they quote addresses. */
function failed(args: readonly string[], { status, stderr }: GitEnd): SealwardError {
  const why = `git ${args[0]} failed (exit status ${status})`
  return othersRepository(stderr) ?? new SealwardError('git', why, hintOf(args, stderr))
}

function hintOf(args: readonly string[], stderr: string): { readonly hint?: string } {
  if (/Please tell me who you are|empty ident name|no email was given|no name was given/i.test(stderr))
    return { hint: 'git has to know who commits: git config user.name and user.email' }
  if (args.includes('-S'))
    return { hint: 'commits are to be signed (commit.gpgsign), and that did not work: try it with git commit' }
  return {}
}
