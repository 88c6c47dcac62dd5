import { describe, expect, it } from 'vitest'
import { dotenvKind } from '../../../src/core/scan/rules/dotenv-name.ts'

describe('a file is taken for a .env by its name', () => {
  it.each([
    ['.env', 'dotenv'],
    ['a/b/.env', 'dotenv'],
    ['.ENV', 'dotenv'],
    ['.Env.Local', 'dotenv'],
    ['.env.production', 'dotenv'],
    ['.env.production.local', 'dotenv'],
    ['.env.keys', 'dotenv'],
    ['.env.encrypted', 'dotenv'],
    ['.env.bak', 'dotenv'],
    ['production.env', 'dotenv'],
    ['Prod.ENV', 'dotenv'],
    ['example-app.env', 'dotenv'],
    ['with space .env', 'dotenv'],
    ['new\nline/.env', 'dotenv'],
    ['.envrc', 'envrc'],
    ['.env~', 'dotenv'],
    ['#.env#', 'dotenv'],
    ['.env ', 'dotenv'],
    ['.env\n', 'dotenv'],
    ['sub/prod.env\t', 'dotenv'],
    ['a/.ENVRC', 'envrc'],
  ])('%j is %s', (path, kind) => {
    expect(dotenvKind(path)).toBe(kind)
  })

  it.each([
    '.env.example',
    '.env.EXAMPLE',
    '.env.sample',
    '.env.template',
    '.env.dist',
    '.env.defaults',
    '.env.schema',
    '.env.local.example',
    '.env.example.local',
    'example.env',
    'env',
    'env.ts',
    'environment',
    '.environment',
    '.envoy.yaml',
    '.env/settings.json',
    'dev.env/readme.md',
    '.envrc.md',
    '',
  ])('%j is not', (path) => {
    expect(dotenvKind(path)).toBeNull()
  })
})
