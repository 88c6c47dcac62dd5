import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import { parseTarget, printTarget } from '../../../src/core/push/target.ts'

describe('a place for a secret', () => {
  it.each([
    ['github:acme/app:KEY', { kind: 'repository', owner: 'acme', repo: 'app' }],
    ['github:acme/.github:KEY', { kind: 'repository', owner: 'acme', repo: '.github' }],
    ['github:acme/app/environments/prod:KEY', { kind: 'environment', owner: 'acme', repo: 'app', environment: 'prod' }],
    [
      'github:acme/app/environments/eu/west: 1:KEY',
      { kind: 'environment', owner: 'acme', repo: 'app', environment: 'eu/west: 1' },
    ],
    ['github:acme:KEY', { kind: 'organisation', owner: 'acme' }],
  ])('is read and written: %s', (text, place) => {
    const target = parseTarget(text)
    expect(target).toEqual({ place, name: 'KEY' })
    expect(printTarget(target)).toBe(text)
  })

  it('has a name in capitals, as GitHub keeps it', () => {
    expect(parseTarget('github:acme/app:deploy_key2').name).toBe('DEPLOY_KEY2')
  })

  it.each([
    ...[
      '',
      'github:',
      'github::KEY',
      'acme/app:KEY',
      'gitlab:acme/app:KEY',
      'github:acme/app',
      'github:/app:KEY',
      'github:acme/:KEY',
    ],
    ...['github:../app:KEY', 'github:acme/..:KEY', 'github:acme/app/x:KEY', 'github:acme/app/environments/:KEY'],
    ...[
      'github:acme/app/environments/..:KEY',
      'github:acme/app/environments/a\nb:KEY',
      "github:acme/app/environments/a'b:KEY",
    ],
    ...[
      'github:acme/app:',
      'github:acme/app:1KEY',
      'github:acme/app:A-B',
      'github:acme/app:A B',
      'github:acme/app:github_token',
    ],
    ...[
      'github:acmé/app:KEY',
      `github:acme/app:${'A'.repeat(256)}`,
      `github:acme/app/environments/${'e'.repeat(256)}:KEY`,
    ],
    'github:acme/app/environments/\u202ex:KEY',
  ])('is refused, and not repeated: %j', (text) => {
    const refused = () => parseTarget(text)
    expect(refused).toThrow(SealwardError)
    expect(refused).toThrow(/^(?:a place for a secret is written|GitHub takes no secret of that name)/)
  })
})
