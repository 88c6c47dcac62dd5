import { expect, it } from 'vitest'
import { logOf, openRunScene } from './run-scene.ts'
import { newToken } from './scan-job.ts'

it('a leak becomes one issue, which another scan leaves as people have it', async () => {
  const scene = await openRunScene({})
  scene.leave({ logs: { build: logOf('x', scene.value) } })
  const step = await scene.scan({ issue: 'true' })
  const [issue] = scene.repository.issues
  expect(step.stdout).toContain(`issue #${issue!.number} was opened`)
  expect([issue!.labels, issue!.title]).toEqual([['sealward'], `A secret stands in what run ${scene.run} left behind`])
  expect(issue!.body).not.toContain('PASSWORD')
  issue!.body = issue!.body!.replace('- [ ]', '- [x]')
  scene.repository.edit('octocat', issue!, { state: 'closed' })
  const before = { ...issue! }
  expect((await scene.scan({ issue: 'true' })).stdout).toContain('tells of this already')
  expect([scene.repository.issues.length, issue]).toEqual([1, before])
})

it('what is found later opens it again', async () => {
  const scene = await openRunScene({ logs: { build: logOf(newToken()) } })
  await scene.scan({ issue: 'true' })
  const [issue] = scene.repository.issues
  scene.repository.edit('octocat', issue!, { state: 'closed' })
  scene.leave({ logs: { build: logOf(newToken()), late: logOf(newToken()) } })
  expect((await scene.scan({ issue: 'true' })).stdout).toContain('was updated')
  expect([scene.repository.issues.length, issue!.state, issue!.body]).toEqual([
    1,
    'open',
    expect.stringContaining('late'),
  ])
})

it.each([
  ['among members', { private: true }, 'true'],
  ['in public, where that is asked for', {}, 'names'],
])('variables are named %s', async (_, about, issue) => {
  const scene = await openRunScene(about)
  scene.leave({ ...about, logs: { build: logOf(scene.value) } })
  await scene.scan({ issue })
  expect(scene.repository.issues[0]!.body).toContain('Rotate <code>DATABASE&#95;PASSWORD</code>')
})

it('without issues: write the step fails, and what was found is told all the same', async () => {
  const scene = await openRunScene({ logs: { build: logOf(newToken()) } })
  scene.permissions(['actions: read'])
  const step = await scene.scan({ issue: 'true' })
  expect([step.exitCode, step.outputs.findings]).toEqual([2, '1'])
  expect(step.annotations.at(-1)?.message).toContain('issues: write')
})

it('what weighs less than fail-on is no issue', async () => {
  const scene = await openRunScene({ logs: { build: logOf('password = "hunter2-of-the-demo"') } })
  const step = await scene.scan({ issue: 'true', 'fail-on': 'critical' })
  expect([step.exitCode, scene.repository.issues]).toEqual([0, []])
})
