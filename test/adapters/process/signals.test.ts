import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type SealedFolder, sealedFolder } from '../../support/sealed-folder.ts'

const cli = resolve('dist/cli.js')
const SIGNALS = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
  ['SIGUSR1', 138],
  ['SIGUSR2', 140],
] as const

/** Starts `sealward run` of a shell script that says `ready` when it is. */
async function start(script: string): Promise<ChildProcess> {
  const { path, env } = await sealedFolder({ SECRET: 'x' })
  const args = [cli, 'run', '--', 'sh', '-c', script]
  return endedWithTest(spawn(process.execPath, args, { cwd: path, env, stdio: ['ignore', 'pipe', 'ignore'] }))
}

/** What a failed test leaves running would keep the tests from ending. */
function endedWithTest(child: ChildProcess): ChildProcess {
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Reads what a child says up to a word. */
async function heard(child: ChildProcess, word: string): Promise<void> {
  let text = ''
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    text += chunk
    if (text.includes(word)) return
  }
  throw new Error(`it ended without saying ${word}: ${text}`)
}

describe.runIf(process.platform !== 'win32')('a signal to `sealward run`', () => {
  it.each(SIGNALS)('%s ends the command, and sealward with status %i', async (signal, status) => {
    const child = await start('echo ready; exec sleep 10')
    await heard(child, 'ready')
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([status, null])
  })

  it.each(SIGNALS)('%s is the business of a command that handles it', async (signal) => {
    const child = await start(
      `trap 'echo handled; exit 7' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`,
    )
    await heard(child, 'ready')
    child.kill(signal)
    await heard(child, 'handled')
    expect(await once(child, 'exit')).toEqual([7, null])
  })

  it('that the command survives, sealward survives with it', async () => {
    const child = await start(`trap 'echo handled' HUP; echo ready; for i in 1 2 3 4 5 6; do sleep 0.05; done; exit 7`)
    await heard(child, 'ready')
    child.kill('SIGHUP')
    await heard(child, 'handled')
    expect(await once(child, 'exit')).toEqual([7, null])
  })
})

const COUNT = `let count = 0
process.on('SIGINT', () => { count += 1; if (count === 1) setTimeout(() => { console.log('heard ' + count); process.exit(7) }, 300) })
setTimeout(() => {}, 10000)
console.log('ready')`

/** Holds sealward up for a moment, since the system makes one signal of two that come at the same time. */
const SLOWLY = `data:text/javascript,process.on('SIGINT',()=>{for(const end=Date.now()+100;Date.now()<end;);})`

describe.runIf(process.platform === 'linux')('Ctrl-C in a terminal', () => {
  it('reaches the command once', async () => {
    const child = inTerminal(await sealedFolder({ SECRET: 'x' }), [process.execPath, '-e', COUNT])
    await heard(child, 'ready')
    child.stdin!.write('\u0003')
    await heard(child, 'heard 1')
    expect(await once(child, 'exit')).toEqual([7, null])
  })
})

/** Runs `sealward run` in a terminal of its own, by the `script` program of util-linux. */
function inTerminal({ path, env }: SealedFolder, command: readonly string[]): ChildProcess {
  const words = [process.execPath, '--import', SLOWLY, cli, 'run', '--', ...command].map(
    (word) => `'${word.replaceAll("'", "'\\''")}'`,
  )
  const args = ['-qec', `exec ${words.join(' ')}`, '/dev/null']
  return endedWithTest(spawn('script', args, { cwd: path, env, stdio: ['pipe', 'pipe', 'ignore'] }))
}
