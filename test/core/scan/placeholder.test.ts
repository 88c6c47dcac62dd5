import { describe, expect, it } from 'vitest'
import { isPlaceholder } from '../../../src/core/scan/rules/placeholder.ts'

describe('a placeholder', () => {
  it.each([
    '',
    '  ',
    'changeme',
    'CHANGE_ME',
    'change-this',
    'replace me',
    'fill_in',
    'TODO',
    'tbd',
    'xxx',
    'XXXXXXXXXXXX',
    '***',
    '...',
    '<your key>',
    '<API_KEY>',
    '[your key]',
    '{{ secrets.KEY }}',
    '${OTHER}',
    '$OTHER',
    '%OTHER%',
    'your-api-key-here',
    'your_password',
    'insert-your-key-here',
  ])('is %j', (value) => {
    expect(isPlaceholder(value)).toBe(true)
  })

  it.each([
    'password',
    'secret',
    'hunter2',
    'test',
    'true',
    '0',
    '3000',
    'localhost',
    'development',
    'xx',
    'xxxy',
    '${OTHER:-hunter2}',
    '${OTHER}x',
    'postgres://user:changeme@db/app',
    'your-key-9f3a',
    'yourself',
    '<>',
    '<a><b>',
    `<${'a'.repeat(100)}>`,
    'changeme1',
  ])('is not %j: it could be a value', (value) => {
    expect(isPlaceholder(value)).toBe(false)
  })
})
