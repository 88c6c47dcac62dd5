import { describe, expect, it } from 'vitest'
import { readCommand } from '../../../src/adapters/keys/command.ts'

describe('a key command', () => {
  it('gives what it prints, with the environment it was given and no input', async () => {
    const env = { TOKEN: 'tok' }
    const script =
      'process.stdin.on("data", () => {}).on("end", () => process.stdout.write(process.env.TOKEN + " end"))'
    expect(await readCommand({ command: node(script), env })).toEqual({ text: 'tok end' })
  })

  it('runs without a shell', async () => {
    const command = `${node('process.stdout.write(process.argv[1])')} '$HOME;id'`
    expect(await readCommand({ command, env: {} })).toEqual({ text: '$HOME;id' })
  })

  it('that fails gives its status, and nothing of what it wrote', async () => {
    const script = 'console.log("SECRET-OUT"); console.error("SECRET-ERR"); process.exitCode = 3'
    expect(await readCommand({ command: node(script), env: {} })).toEqual({
      text: '',
      warning: 'the command failed with status 3',
    })
  })

  it('that does not read its input may end first', async () => {
    expect(await readCommand({ command: node(''), env: {} })).toEqual({ text: '' })
  })

  it.each([
    ['/nonexistent/tool --print', 'the program of the command was not found'],
    [`${process.cwd()}/package.json`, 'the program of the command may not be executed'],
    [`tool 'unclosed`, 'the command is empty, or a quote in it is not closed'],
    ['# nothing', 'the command is empty, or a quote in it is not closed'],
    [node('process.kill(process.pid, "SIGKILL")'), 'the command could not be run to its end'],
  ])('that cannot run says why: %s', async (command, warning) => {
    expect(await readCommand({ command, env: {} })).toEqual({ text: '', warning })
  })

  it('that prints without end is stopped', async () => {
    const command = node('const write = () => process.stdout.write("x".repeat(65536), write); write()')
    expect(await readCommand({ command, env: {} })).toEqual({
      text: '',
      warning: 'the command printed more than 1 MiB',
    })
  })

  it('that hangs is stopped, though a child of its own still holds the pipe', async () => {
    const sleep = 'setTimeout(() => {}, 20000)'
    const script = `require("node:child_process").spawn(process.execPath, ["-e", "${sleep}"], { stdio: "inherit" }); ${sleep}`
    const start = performance.now()
    expect(await readCommand({ command: node(script), env: {}, timeoutMs: 500 })).toEqual({
      text: '',
      warning: 'the command took too long',
    })
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

function node(script: string): string {
  return `'${process.execPath}' -e '${script}'`
}
