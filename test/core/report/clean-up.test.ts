import { expect, test } from 'vitest'
import { printCleanUp } from '../../../src/core/report/clean-up.ts'

test('each file has its line, and what was left is a warning', () => {
  const outcome = { removed: ['/t/a'], gone: ['/t/b'], left: [{ path: '/t/c', reason: 'is a link' }] }
  expect(printCleanUp(outcome)).toEqual({
    lines: ['sealward: removed /t/a', 'sealward: /t/b was gone already'],
    warnings: ['/t/c was not removed: is a link'],
  })
})

test('nothing to do is said', () => {
  expect(printCleanUp({ removed: [], gone: [], left: [] }).lines).toHaveLength(1)
})

test('a path cannot forge a line or drive a terminal', () => {
  const path = '/t/a\n::error::x\u001b[2K\u202e'
  const { lines, warnings } = printCleanUp({ removed: [path], gone: [path], left: [{ path, reason: 'io' }] })
  for (const line of [...lines, ...warnings]) expect(line).toMatch(/^[ -~]+$/)
})
