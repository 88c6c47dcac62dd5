import { devNull } from 'node:os'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SealwardError } from '../../../../core/errors.ts'
import { type GitChild, startGit } from '../../child.ts'

export interface AskOptions {
  /** The folder of another repository; absent for the one of this process, with what git told it by GIT_DIR and the like. */
  readonly folder?: string
  readonly input?: Iterable<string> | AsyncIterable<string>
  /** Lets it use the network. Without this no git does. */
  readonly fetch?: FetchOptions
}

export interface FetchOptions {
  /** Over all else that git has in its environment: GIT_ALLOW_PROTOCOL at least. */
  readonly env: Readonly<Record<string, string>>
  /** Then it is ended. */
  readonly timeoutMs: number
}

const PIPE_ENDS = new Set(['EPIPE', 'EOF', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'])

/** What `git rev-parse --local-env-vars` lists of those that name a repository. */
const LOCAL =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE)$/

/**
 * Asks git about what a repository holds and would publish.
 *
 * Only plumbing is asked, in forms that print no patch: external diffs, textconv, filters, pagers and signature programs have no
 * part in it. The rest is switched off here: a file system monitor, which is a program; replacement objects and grafts, which
 * exist on this machine alone; and the fetch of what a partial clone lacks, one object at a time.
 */
export function askGit(args: readonly string[], options: AskOptions = {}): GitChild {
  const { folder, fetch, input } = options
  const child = startGit(['-c', 'core.fsmonitor=false', '-c', 'diff.relative=false', ...args], {
    env: environmentFor(options),
    ...(folder === undefined ? {} : { cwd: folder }),
    ...(fetch === undefined ? {} : { timeoutMs: fetch.timeoutMs }),
  })
  const fed = input === undefined ? null : feed(input, child.stdin)
  return {
    ...child,
    async done() {
      const failure = await fed
      if (failure !== null) throw failure
      await child.done()
    },
  }
}

/** The lines that git prints. A last one without an end is a cut answer, and an error. */
export async function* askLines(args: readonly string[], options: AskOptions = {}): AsyncGenerator<string> {
  const answer = askGit(args, { input: [], ...options })
  answer.stdout.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of answer.stdout as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    await answer.done()
    if (rest !== '') throw unexpected(args)
  } finally {
    answer.stop()
  }
}

/** All lines at once, for answers that are short. */
export async function askList(args: readonly string[], options: AskOptions = {}): Promise<string[]> {
  const lines: string[] = []
  for await (const line of askLines(args, options)) lines.push(line)
  return lines
}

export function unexpected(args: readonly string[]): SealwardError {
  return new SealwardError('git', `git ${args[0]} answered in a way that is not understood`)
}

/** A failure of whoever supplies the input is theirs to tell; that git did not want it all is told by how git ended. */
async function feed(input: NonNullable<AskOptions['input']>, stdin: NodeJS.WritableStream): Promise<unknown> {
  try {
    await pipeline(Readable.from(input), stdin)
    return null
  } catch (error) {
    return PIPE_ENDS.has(String((error as NodeJS.ErrnoException).code)) ? null : error
  }
}

function environmentFor({ folder, fetch }: AskOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => folder === undefined || !LOCAL.test(name))
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: 'C',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    // For a git that does not know the variable above: a list that allows no protocol there is.
    GIT_ALLOW_PROTOCOL: 'none',
    ...fetch?.env,
  }
}
