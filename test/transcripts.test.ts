import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matches, parseTranscript, type Step } from './support/transcript.ts'

const home = mkdtempSync(join(tmpdir(), 'sealward-transcripts-'))
const bin = join(home, 'bin')

beforeAll(() => {
  mkdirSync(bin)
  writeFileSync(join(bin, 'sealward'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.js')}' "$@"\n`)
  chmodSync(join(bin, 'sealward'), 0o755)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Those of many commands, which take seconds each: in CI. */
const LONG = 'audit check key-groups keys-passphrase lockdown members migrate post-quantum recovery roles scan'.split(
  ' ',
)
const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const transcripts = readdirSync('test/transcripts').filter((file) => full || !LONG.includes(file.replace('.txt', '')))

describe.each(transcripts)('transcript %s', (file) => {
  const { steps, files } = parseTranscript(readFileSync(`test/transcripts/${file}`, 'utf8'))

  it('does and says what it shows', () => {
    const folder = mkdtempSync(join(home, 'work-'))
    for (const [name, content] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    for (const step of steps) runStep(step, folder)
  })
})

it('a transcript notices a missing line, an extra line and another text', () => {
  expect(matches(['one', 't{*}o'], 'one\ntwo\n')).toBe(true)
  expect(matches(['one'], 'one\ntwo\n')).toBe(false)
  expect(matches(['one', 'two'], 'one\n')).toBe(false)
  expect(matches(['one'], 'two\n')).toBe(false)
  expect(() => parseTranscript('| before any command\n')).toThrow('line 1')
})

/** No key of the person who runs the tests, no colour, no configuration: the same everywhere. */
function runStep(step: Step, folder: string): void {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', step.command], {
    cwd: folder,
    input: step.stdin,
    encoding: 'utf8',
    env: { PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: folder, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  })
  const seen = { line: step.line, status, stdout: stdout.split('\n'), stderr: stderr.split('\n') }
  const asShown = status === step.status && matches(step.stdout, stdout) && matches(step.stderr, stderr)
  if (!asShown)
    expect(seen).toEqual({
      line: step.line,
      status: step.status,
      stdout: [...step.stdout, ''],
      stderr: [...step.stderr, ''],
    })
}
