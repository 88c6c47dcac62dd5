import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startTestJob, writeAction } from './fixture-action.ts'

const APPEND = `const { appendFileSync } = require('node:fs'); const to = (name, text) => appendFileSync(process.env[name], text);`

describe('what a step leaves for the next', () => {
  it('is its exported variables, shown before each later step, and its PATH', async () => {
    const action = await writeAction({
      main: `${APPEND} to('GITHUB_ENV', 'A=1\\nB<<E\\nx\\ny\\nE\\n'); to('GITHUB_PATH', '/one\\n/two\\n/one\\n')`,
    })
    const job = await startTestJob({ action, env: { JOB: 'job' } })
    await job.uses()
    const { stdout, log } = await job.run({
      script: 'echo "$A$B$JOB$STEP"; echo "$PATH"',
      env: { STEP: 's', A: 'mine' },
    })
    expect(stdout).toMatch(/^minex\nyjobs\n\/one:\/two:/)
    expect(log).toContain('env:\n  JOB: job\n  A: mine\n  B: x\ny\n  STEP: s\n##[endgroup]')
    expect(job.result.env).toEqual({ A: '1', B: 'x\ny' })
    expect(job.result.path).toEqual(['/one', '/two'])
  })

  it('is nothing of the names that the runner owns, and everything of their neighbours', async () => {
    const job = await startTestJob({ github: { sha: 'f'.repeat(40) } })
    const names = ['GITHUB_SHA', 'RUNNER_TEMP', 'GITHUB_ENV', 'GITHUB_ACTIONS', 'GITHUB_TOKEN', 'CI', 'RUNNER_FOO']
    await job.run({ script: names.map((name) => `echo "${name}=mine" >> "$GITHUB_ENV"`).join('\n') })
    const { stdout } = await job.run({ script: names.map((name) => `echo "$${name}"`).join('\n') })
    const seen = stdout.trimEnd().split('\n')
    expect([seen[0], seen[1], seen[3]]).toEqual(['f'.repeat(40), job.temp, 'true'])
    expect(seen[2]).toContain('set_env_')
    expect(seen.slice(4)).toEqual(['mine', 'mine', 'mine'])
  })

  it('is nothing of ACTIONS_RUNTIME_* for actions', async () => {
    const job = await startTestJob({ idToken: { url: 'http://127.0.0.1:1/token', token: 'oidc-request-token' } })
    const action = await writeAction({
      main: 'const e = process.env; console.log(e.ACTIONS_RUNTIME_URL, e.ACTIONS_ID_TOKEN_REQUEST_URL, e.ACTIONS_ID_TOKEN_REQUEST_TOKEN)',
    })
    await job.run({
      script:
        'echo "ACTIONS_RUNTIME_URL=evil" >> "$GITHUB_ENV"; echo "ACTIONS_ID_TOKEN_REQUEST_URL=evil" >> "$GITHUB_ENV"',
    })
    const { stdout, log } = await job.uses({ action })
    expect(stdout).toBe('http://127.0.0.1:9/runtime/ http://127.0.0.1:1/token oidc-request-token\n')
    expect(log).toContain('http://127.0.0.1:1/token ***')
  })

  it('is nothing of NODE_OPTIONS in any letter case, and the step does not fail for it', async () => {
    const job = await startTestJob()
    const { conclusion, annotations } = await job.run({
      script: 'echo "Node_Options=--inspect" >> $GITHUB_ENV; echo "B=2" >> $GITHUB_ENV',
    })
    expect(conclusion).toBe('success')
    expect(annotations.map(({ message }) => message)).toEqual([
      "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
    ])
    expect(job.result.env).toEqual({ B: '2' })
  })

  it('is what its files said before a fault; the step fails and the log quotes the line', async () => {
    const job = await startTestJob()
    const step = await job.run({
      id: 'bad',
      script: 'printf "A=1\\nhunter42\\nB=2\\n" >> $GITHUB_ENV; echo "url=x" >> $GITHUB_OUTPUT',
    })
    expect([step.exitCode, step.conclusion, step.outputs]).toEqual([0, 'failure', { url: 'x' }])
    expect(step.log).toContain(
      "##[error]Unable to process file command 'env' successfully.\n##[error]Invalid format 'hunter42'",
    )
    expect(job.result.env).toEqual({ A: '1' })
  })

  it('fails on an empty name and bears a deleted file', async () => {
    const job = await startTestJob()
    const step = await job.run({ script: 'echo "=x" >> "$GITHUB_OUTPUT"; rm "$GITHUB_ENV"' })
    expect(step.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Value cannot be null. (Parameter 'name')",
    ])
  })

  it('is read without a byte order mark, and a value is cut at a NUL', async () => {
    const job = await startTestJob()
    await job.run({ script: "printf '\\xef\\xbb\\xbfA=1\\0002\\nB\\0C=3\\n' >> $GITHUB_ENV" })
    expect(job.result.env).toEqual({ A: '1\u00002', 'B\u0000C': '3' })
    expect((await job.run({ script: 'echo "$A"; env | grep -c "^B" || true' })).stdout).toBe('1\n0\n')
  })

  it('folds letter case of variables under Windows rules only', async () => {
    for (const [os, expected] of [
      ['windows', { name: '2' }],
      ['linux', { name: '1', NAME: '2' }],
    ] as const) {
      const job = await startTestJob({ os })
      await job.run({ script: 'printf "name=1\\nNAME=2\\n" >> $GITHUB_ENV' })
      expect(job.result.env).toEqual(expected)
    }
  })
})

describe('a value over the limit of the system', () => {
  it.runIf(process.platform === 'linux')('makes every later step fail to start', async () => {
    const job = await startTestJob()
    const write = (size: number) => job.run({ if: 'always()', script: `printf 'A=%${size}s\\n' x >> "$GITHUB_ENV"` })
    await write(131_072 - 'A='.length - 1)
    expect((await job.run({ script: 'true' })).conclusion).toBe('success')
    await write(131_072 - 'A='.length)
    const broken = await job.run({ script: 'true' })
    expect([broken.conclusion, broken.exitCode]).toEqual(['failure', null])
    expect(broken.annotations[0]?.message).toMatch(
      /^An error occurred trying to start process '.*bash'\. Argument list too long$/,
    )
  })
})

describe('the streams of a step', () => {
  it('are both read for commands, and kept unmasked apart from the log', async () => {
    const secret = randomBytes(12).toString('hex')
    const action = await writeAction({
      main: `console.error('::add-mask::' + process.env.INPUT_VALUE); setTimeout(() => console.log('is ' + process.env.INPUT_VALUE), 100)`,
      inputs: 'inputs:\n  value: {}',
    })
    const job = await startTestJob({ action, secrets: { VALUE: secret } })
    const { log, stdout, stderr } = await job.uses({ with: { value: secret } })
    expect(log).toBe('##[group]Run octo-org/action@v1\nwith:\n  value: ***\n##[endgroup]\nis ***')
    expect([stdout, stderr]).toEqual([`is ${secret}\n`, `::add-mask::${secret}\n`])
    expect(job.result.masks).toEqual([secret])
  })

  it('yield commands after a lone carriage return', async () => {
    const job = await startTestJob()
    const { log } = await job.run({ script: `printf '50%%\\r::group::sneaky\\n'` })
    expect(log).toMatch(/50%\n##\[group\]sneaky$/)
  })

  it('lose a byte order mark at their start, so that a command behind it is one', async () => {
    const job = await startTestJob()
    const { log } = await job.run({ script: "printf '\\xef\\xbb\\xbf::group::sneaky\\n'" })
    expect(log).toMatch(/\n##\[group\]sneaky$/)
  })

  it('are decoded across chunks', async () => {
    const action = await writeAction({
      main: `process.stdout.write(Buffer.from([0xc3])); setTimeout(() => process.stdout.write(Buffer.from([0xa4])), 50)`,
    })
    const job = await startTestJob({ action })
    expect((await job.uses()).log).toMatch(/\nä$/)
  })

  it('mask a multi-line variable as a whole in the env block, and by line in output', async () => {
    const pem = `-----BEGIN X-----\n${randomBytes(20).toString('hex')}\n-----END X-----`
    const job = await startTestJob({ secrets: { PEM: pem }, env: { PEM: pem } })
    const { log } = await job.run({ script: 'echo "$PEM"' })
    expect(log).toContain('  PEM: ***\n##[endgroup]\n***\n***\n***')
  })
})

describe('a summary', () => {
  it('is masked line by line', async () => {
    const job = await startTestJob({ secrets: { A: 'hunter42' } })
    await job.run({ script: 'printf "# hunter42\\r\\nlast hunter42" >> $GITHUB_STEP_SUMMARY' })
    expect(job.result.summary).toBe('# ***\nlast ***\n')
  })

  it('is dropped over 1 MiB, with an error that does not fail the step', async () => {
    const job = await startTestJob()
    const size = 1024 * 1024
    const write = (bytes: number) =>
      job.run({ script: `head -c ${bytes} /dev/zero | tr '\\0' x >> $GITHUB_STEP_SUMMARY` })
    expect((await write(size)).summary).toHaveLength(size + 1)
    const { conclusion, summary, annotations } = await write(size + 1)
    expect([conclusion, summary]).toEqual(['success', ''])
    expect(annotations[0]?.message).toContain('supports content up to a size of 1024k, got 1024k')
  })
})

describe('a step that does not end', () => {
  it('is stopped with what it started, fails, and keeps what it wrote', async () => {
    const job = await startTestJob({ timeoutMs: 2000 })
    const { conclusion, exitCode, log } = await job.run({
      script: 'echo "A=1" >> $GITHUB_ENV; echo on; sleep 60 | cat',
    })
    expect([conclusion, exitCode]).toEqual(['failure', null])
    expect(log).toMatch(/\non\n##\[error\]The action 'Run echo .*' has timed out after 2 seconds\.$/)
    expect(job.result.env).toEqual({ A: '1' })
  })

  it('does not hold up the job by a background process that keeps its output open', async () => {
    const job = await startTestJob()
    const { conclusion, exitCode } = await job.run({ script: 'sleep 60 &', timeoutMs: 20_000 })
    expect([conclusion, exitCode]).toEqual(['success', 0])
  })
})

describe('step debug', () => {
  it('shows each pair of the command files, masked', async () => {
    const job = await startTestJob({ runnerDebug: true, secrets: { A: 'hunter42' } })
    const { log, stdout } = await job.run({
      id: 'x',
      script: `echo "A=hunter42" >> $GITHUB_ENV; printf 'o<<E\\nhunter42\\n2\\nE\\n' >> $GITHUB_OUTPUT; echo "s=1" >> $GITHUB_STATE; echo "::debug::d"; echo $RUNNER_DEBUG`,
    })
    expect(stdout).toContain('\n1\n')
    expect(log).toContain(
      "##[debug]d\n1\n##[debug]A='***'\n##[debug]Save intra-action state s = 1\n##[debug]Set output o = ***\n##[debug]2",
    )
  })

  it('is off otherwise', async () => {
    const job = await startTestJob()
    expect(
      (await job.run({ script: 'echo "::debug::d"; echo "A=1" >> $GITHUB_ENV; echo "[$RUNNER_DEBUG]"' })).log,
    ).toMatch(/endgroup\]\n\[\]$/)
  })
})
