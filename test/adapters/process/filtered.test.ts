import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

/** A filter that shows what went through it, and that it ended. */
const FILTER = `{ push: (chunk) => Buffer.from(String(chunk).toUpperCase()), end: () => Buffer.from('.') }`

const RUN = `
import { openChildren } from '${source('children.ts')}'
process.exitCode = await openChildren(process.env).run(process.argv.slice(1), {}, () => (${FILTER}))`

const PIPE = `
import { openPipe } from '${source('pipe.ts')}'
await openPipe().through(${FILTER})`

describe.runIf(process.platform !== 'win32')('a command whose streams are filtered', () => {
  it('has each stream filtered by itself, and keeps its status', () => {
    const { status, stdout, stderr } = run('echo out; echo err >&2; echo more; exit 3')
    expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: 'OUT\nMORE\n.', stderr: 'ERR\n.' })
  })

  it('loses nothing of what it printed last', () => {
    const { stdout } = run('i=0; while [ $i -lt 20000 ]; do echo abcdefghij; i=$((i+1)); done')
    expect(stdout).toBe(`${'ABCDEFGHIJ\n'.repeat(20_000)}.`)
  })

  it('reads the standard input of this process', () => {
    expect(run('cat', 'from outside').stdout).toBe('FROM OUTSIDE.')
  })

  it('ended by a signal ends with 128 and its number', () => {
    expect(run('kill -TERM $$').status).toBe(143)
  })

  it('that is nowhere ends with 127', () => {
    expect(node(RUN, ['no-such-program']).status).toBe(127)
  })
})

describe('standard input to standard output', () => {
  it('goes through the filter', () => {
    expect(node(PIPE, [], 'one\ntwo').stdout).toBe('ONE\nTWO.')
  })

  it.runIf(process.platform !== 'win32')('outlives a Ctrl-C, which is for the command before it', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PIPE], { stdio: ['pipe', 'pipe', 'inherit'] })
    const shown: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => shown.push(text))
    child.stdin.write('before ')
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    child.stdin.end('after')
    const [status] = await once(child, 'close')
    expect([status, shown.join('')]).toEqual([0, 'BEFORE AFTER.'])
  })
})

function run(script: string, input = ''): ReturnType<typeof node> {
  return node(RUN, ['sh', '-c', script], input)
}

function node(script: string, args: readonly string[], input = '') {
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 2 ** 24,
  })
}

function source(file: string): string {
  return pathToFileURL(resolve('src/adapters/process', file)).href
}
