import { expect, it } from 'vitest'
import { issueSettings } from '../../../src/core/issues/settings.ts'

it.each([
  ['public', null, 'hashed', false],
  ['private', null, 'full', true],
  [null, null, 'hashed', false],
  ['public', 'full', 'full', false],
  ['private', 'none', 'none', true],
] as const)(
  'a repository that is %s, with names: %s, has %s names in its issues',
  (visibility, names, shown, mentions) => {
    expect(issueSettings({ issues: 'dashboard', names }, visibility)).toEqual({
      mode: 'dashboard',
      names: shown,
      mentions,
    })
  },
)
