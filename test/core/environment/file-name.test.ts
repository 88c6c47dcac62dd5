import { expect, test } from 'vitest'
import { environmentOf } from '../../../src/core/environment/file-name.ts'

test.each([
  ['.env.encrypted', null],
  ['.env', null],
  ['.env.production.encrypted', 'production'],
  ['deploy/eu/.env.staging.encrypted', 'staging'],
  ['production.env.encrypted', 'production'],
  ['x/production.env', 'production'],
  ['.env.test.enc', 'test'],
  ['.env.eu.production.encrypted', 'eu.production'],
  ['.env.staging/x', null],
  ['secrets', null],
])('%s is for %s', (path, environment) => {
  expect(environmentOf(path)).toBe(environment)
})
