import { readdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, expect, it } from 'vitest'
import { startTestJob, writeAction } from '../action/runner/fixture-action.ts'

/** A step as small as one can be that writes a file: told to the post step first, and then written. */
const MAIN = `
import { openJobFiles } from './src/adapters/files/contained.ts'
import { openRunner } from './src/adapters/runner/runner.ts'
import { printState, STATE_NAME } from './src/core/job/state.ts'
import { prepareExportFile } from './src/tasks/steps/export-file.ts'
const { RUNNER_TEMP, GITHUB_WORKSPACE, INPUT_PATH } = process.env
const jobFiles = openJobFiles({ roots: [RUNNER_TEMP, GITHUB_WORKSPACE], cwd: GITHUB_WORKSPACE })
const file = { path: INPUT_PATH, format: 'dotenv', variables: new Map([['KEY', 'a value']]) }
const prepared = await prepareExportFile(file, jobFiles)
const runner = openRunner(process.env)
runner.keep([[STATE_NAME, printState({ files: [prepared.place] })]])
await prepared.write()
runner.summarise('written')
`
const POST = `
import { openJobFiles } from './src/adapters/files/contained.ts'
import { openRunner } from './src/adapters/runner/runner.ts'
import { STATE_NAME } from './src/core/job/state.ts'
import { printCleanUp } from './src/core/report/clean-up.ts'
import { cleanUp } from './src/tasks/clean-up.ts'
const { RUNNER_TEMP, GITHUB_WORKSPACE } = process.env
const jobFiles = openJobFiles({ roots: [RUNNER_TEMP, GITHUB_WORKSPACE], cwd: GITHUB_WORKSPACE })
const runner = openRunner(process.env)
const { lines, warnings } = printCleanUp(await cleanUp(process.env['STATE_' + STATE_NAME], { jobFiles }))
for (const line of lines) runner.say(line)
for (const warning of warnings) runner.annotate('warning', warning)
`

let scripts: { main: string; post: string }
beforeAll(async () => {
  scripts = { main: await bundle(MAIN), post: await bundle(POST) }
})

async function bundle(contents: string): Promise<string> {
  const wrapped = { contents: inAsync(contents), resolveDir: process.cwd(), loader: 'ts' as const }
  const { outputFiles } = await build({ stdin: wrapped, bundle: true, write: false, platform: 'node', format: 'cjs' })
  return outputFiles[0]!.text
}

/** CommonJS has no await outside of functions. */
function inAsync(contents: string): string {
  const lines = contents.trim().split('\n')
  const imports = lines.filter((line) => line.startsWith('import'))
  return `${imports.join('\n')}\nvoid (async () => {\n${lines.slice(imports.length).join('\n')}\n})()`
}

async function jobWith() {
  const action = await writeAction({ ...scripts, inputs: 'inputs:\n  path: {}' })
  return startTestJob({ action })
}

it('a file is there for the next step and gone after the job, and the log says so', async () => {
  const job = await jobWith()
  const path = join(job.temp, 'app.env')
  const { conclusion, summary } = await job.uses({ with: { path } })
  expect([conclusion, summary]).toEqual(['success', 'written\n'])
  expect((await job.run({ script: `. "${path}"; stat -c %a "${path}"; echo "$KEY"` })).stdout).toBe('600\na value\n')
  const { steps } = await job.finish()
  expect(steps.at(-1)?.log).toContain(`sealward: removed ${path}`)
  expect(await readdir(job.temp)).not.toContain('app.env')
})

it('a link that a later step put in its place stays, with a warning, and so does what it means', async () => {
  const job = await jobWith()
  await job.uses({ with: { path: 'app.env' } })
  await writeFile(join(job.home, 'theirs'), 'x')
  await rename(join(job.workspace, 'app.env'), join(job.workspace, 'moved'))
  await symlink(join(job.home, 'theirs'), join(job.workspace, 'app.env'))
  const { steps } = await job.finish()
  expect(steps.at(-1)?.annotations).toEqual([
    expect.objectContaining({ message: expect.stringContaining('is a link') }),
  ])
  expect(await readdir(job.home)).toContain('theirs')
  expect(await readdir(job.workspace)).toEqual(['app.env', 'moved'])
})

it('a step that was refused leaves nothing to remove', async () => {
  const job = await jobWith()
  const { conclusion } = await job.uses({ with: { path: '../app.env' } })
  expect(conclusion).toBe('failure')
  const { steps } = await job.finish()
  expect(steps.at(-1)?.log).toContain('nothing to remove')
})
