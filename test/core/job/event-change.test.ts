import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEventSubject } from '../../../src/core/job/event-change.ts'

const [BASE, HEAD, ZEROS] = ['b'.repeat(40), 'a'.repeat(40), '0'.repeat(40)]
const REPOSITORY = { default_branch: 'main' }

const read = (event: string, payload: unknown) => readEventSubject(event, Buffer.from(JSON.stringify(payload)))
const pull = (changes: object) => ({
  pull_request: { number: 3, title: 't', body: 'b', base: { sha: BASE, ref: 'main' }, head: { sha: HEAD }, ...changes },
})

describe('what an event brings', () => {
  it('is for a push from the commit before to the one after, with the default branch to fall back on', () => {
    expect(read('push', { before: BASE, after: HEAD, ref: 'refs/heads/x', repository: REPOSITORY })).toEqual({
      kind: 'change',
      change: { head: HEAD, base: BASE, trunk: 'refs/remotes/origin/main', texts: [] },
    })
  })

  it('is for a new branch what the default branch has not, and all of a new default branch', () => {
    const of = (ref: string) => read('push', { before: ZEROS, after: HEAD, ref, repository: REPOSITORY })
    expect(of('refs/heads/x')).toMatchObject({ change: { base: null, trunk: 'refs/remotes/origin/main' } })
    expect(of('refs/heads/main')).toMatchObject({ change: { base: null, trunk: null } })
    expect(of('refs/tags/main')).toMatchObject({ change: { base: null, trunk: 'refs/remotes/origin/main' } })
  })

  it('is nothing for a branch that was deleted', () => {
    expect(read('push', { deleted: true, before: BASE, after: ZEROS })).toEqual({ kind: 'removal' })
  })

  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])(
    'is for %s its commits, title and description',
    (event) => {
      expect(read(event, pull({}))).toEqual({
        kind: 'change',
        change: {
          head: HEAD,
          base: BASE,
          trunk: 'refs/remotes/origin/main',
          texts: [
            { name: '(pull request title)', of: 'pull request 3', text: 't' },
            { name: '(pull request description)', of: 'pull request 3', text: 'b' },
          ],
        },
      })
      expect(read(event, pull({ body: null }))).toMatchObject({ change: { texts: [{ text: 't' }] } })
    },
  )

  it('is for a merge queue from its base to its head', () => {
    const merge_group = { base_sha: BASE, head_sha: HEAD, base_ref: 'refs/heads/main' }
    expect(read('merge_group', { merge_group })).toMatchObject({
      change: { head: HEAD, base: BASE, trunk: 'refs/remotes/origin/main' },
    })
  })

  it.each(['schedule', 'workflow_dispatch', 'workflow_run', 'issues', ''])(
    'is the repository as it is for %j',
    (event) => {
      expect(readEventSubject(event, null)).toEqual({ kind: 'state' })
    },
  )
})

describe('a payload that does not say it', () => {
  it.each([
    ['is not there', null],
    ['is no JSON', Buffer.from('{')],
    ['is empty', Buffer.from('{}')],
    [
      'names no commits',
      Buffer.from(JSON.stringify({ ...pull({ head: { sha: 'main' } }), before: '-x', after: HEAD })),
    ],
    [
      'names options',
      Buffer.from(JSON.stringify({ ...pull({ base: { sha: '--all' } }), before: BASE, after: '--all' })),
    ],
  ])('that %s gives null, never less to look at', (_, payload) => {
    for (const event of ['push', 'pull_request', 'merge_group']) expect(readEventSubject(event, payload)).toBeNull()
  })

  it.each(['-x', 'a..b', 'a b', 'a^{tree}', 'a@{1}', 'a\nb', 'a:b', 'a*'])('has no branch %j', (ref) => {
    expect(read('pull_request', pull({ base: { sha: BASE, ref } }))).toMatchObject({ change: { trunk: null } })
  })

  it('never makes it throw', () => {
    fc.assert(
      fc.property(fc.constantFrom('push', 'pull_request', 'merge_group'), fc.json(), (event, json) => {
        readEventSubject(event, Buffer.from(json))
      }),
    )
  })
})
