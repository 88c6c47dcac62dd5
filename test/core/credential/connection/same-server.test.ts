import { expect, it } from 'vitest'
import { readHosts } from '../../../../src/core/credential/connection/hosts.ts'
import { isAmong } from '../../../../src/core/credential/connection/same-server.ts'

it.each([
  ['db.example', 5432, 'db.example:5432', true],
  ['db.example', null, 'DB.example:5432', true],
  ['db.example', 5432, 'db.example', true],
  ['db.example', 5432, 'db.example:6432', false],
  ['evil.example', 5432, 'db.example:5432', false],
  ['evil.example', null, '', true],
  ['a:1,b:2', null, 'b:2,a:1,c:3', true],
  ['a:1,evil:2', null, 'a:1,b:2', false],
  ['::1', 5432, '[::1]:5432', true],
  ['/run/pg', null, '/run/pg', true],
  ['db.example:99999', null, 'db.example', false],
  ['/tmp/theirs', null, '/run/pg', false],
] as const)('%s with port %s against %s: %s', (host, port, named, same) => {
  expect(isAmong({ host, port }, readHosts(named)!)).toBe(same)
})
