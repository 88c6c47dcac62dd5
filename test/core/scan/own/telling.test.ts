import { describe, expect, it } from 'vitest'
import { isTelling } from '../../../../src/core/scan/own/telling.ts'

describe('a text', () => {
  it.each([
    'true',
    '5432',
    'production',
    'eu-central-1',
    'localhost:5432',
    '10.0.0.1',
    '2024-01-01',
    'smtp.eu-central-1.example.com',
    'https://sqs.example.com/queue',
    'admin@example.com',
    'node:20-alpine',
    'Summer2024',
    'aaaaaaaaaaaaaaaa',
    'a1a1a1a1a1a1a1a1',
    'abc',
  ])('that stands in any repository does not tell where it comes from: %s', (text) => {
    expect(isTelling(text)).toBe(false)
  })

  it.each(['xK9#mQ2$', 'q7Zt2Lw9', 'correct-horse-battery-staple', 'postgres://u:q7Zt2Lw9@db/x', '7f3a91c2e5'])(
    'that was drawn does: %s',
    (text) => {
      expect(isTelling(text)).toBe(true)
    },
  )
})
