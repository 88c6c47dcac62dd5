import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomFrom } from '../../fuzz/random.ts'

export interface HistorySize {
  /** Of the contents, each counted once. */
  readonly megabytes: number
  readonly files: number
}

const FILE_BYTES = 25_000
const CHANGES_A_VERSION = 6
const FILES_A_COMMIT = 4
/** One in so many versions has a secret. */
const SECRET_EVERY = 500
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const SEED = 1
/** Its sources are full of what scanners look for; a history of other people is not. */
const SCANNER = /^core[/\\]scan/

/**
 * Makes a repository whose history holds so much text: files of lines from this project's own sources, of which each version changes a few.
 * The versions of a file are written one after the other, so that git packs them as deltas, as it would a real history.
 *
 * @returns how many versions there are
 */
export async function makeHistory(folder: string, { megabytes, files }: HistorySize): Promise<number> {
  const random = randomFrom(SEED)
  const lines = sourceLines()
  const versions = Math.ceil((megabytes * 1e6) / FILE_BYTES / files)
  mkdirSync(folder, { recursive: true })
  await run(folder, ['init', '--quiet', '--bare'])
  await run(folder, ['fast-import', '--quiet', '--done'], stream())
  return versions * files

  function* stream(): Generator<string> {
    for (let file = 0; file < files; file += 1) yield* blobs(file)
    for (let commit = 0; commit < (versions * files) / FILES_A_COMMIT; commit += 1) yield commitOf(commit)
    yield 'done\n'
  }

  function* blobs(file: number): Generator<string> {
    const text: string[] = []
    for (let length = 0; length < FILE_BYTES; length += text.at(-1)!.length + 1) text.push(random.pick(lines))
    for (let version = 0; version < versions; version += 1) {
      for (let change = 0; change < CHANGES_A_VERSION; change += 1)
        text[random.number(text.length)] = random.pick(lines)
      const number = file * versions + version
      text[0] = number % SECRET_EVERY === 0 ? `const token = 'ghp_${token()}'` : `// version ${number}`
      const data = text.join('\n')
      yield `blob\nmark :${number + 1}\ndata ${Buffer.byteLength(data)}\n${data}\n`
    }
  }

  function token(): string {
    return Array.from({ length: 36 }, () => LETTERS[random.number(LETTERS.length)]).join('')
  }

  /** Goes through the files in turn, so that each commit has one version of a few of them. */
  function commitOf(commit: number): string {
    const changes = Array.from({ length: FILES_A_COMMIT }, (_, index) => {
      const at = commit * FILES_A_COMMIT + index
      const [file, version] = [at % files, Math.floor(at / files)]
      return `M 100644 :${file * versions + version + 1} src/d${file % 20}/f${file}.ts\n`
    })
    const time = 1_600_000_000 + commit * 60
    return `commit refs/heads/main\ncommitter A <a@example.com> ${time} +0000\ndata 6\nchange\n${changes.join('')}\n`
  }
}

function sourceLines(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !SCANNER.test(path),
  )
  const lines = files.sort().flatMap((path) => readFileSync(join('src', path), 'utf8').split('\n'))
  return lines.filter((line) => !line.includes('sealward:'))
}

async function run(folder: string, args: readonly string[], input: Iterable<string> = []): Promise<void> {
  const git = spawn('git', args, { cwd: folder, stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = once(git, 'close')
  for (const text of input) if (!git.stdin.write(text)) await once(git.stdin, 'drain')
  git.stdin.end()
  const [status] = await ended
  if (status !== 0) throw new Error(`git ${args[0]} ended with status ${status}`)
}
