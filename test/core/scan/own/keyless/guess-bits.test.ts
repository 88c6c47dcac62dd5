import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { guessBits } from '../../../../../src/core/scan/own/keyless/guess-bits.ts'

const HOPELESS = 80
const base64Of = (text: string) => Buffer.from(text).toString('base64')

describe('how many bits somebody has to guess', () => {
  it.each([
    ['one letter', 'a'.repeat(64)],
    ['a random part, again and again', 'aB3$xY7!qL'.repeat(6)],
    ['a word, again and again', 'Secret1!'.repeat(8)],
    ['the alphabet and the digits', 'abcdefghijklmnopqrstuvwxyz0123456789'],
    ['a walk over the keyboard', '1qaz2wsx3edc4rfv5tgb6yhn7ujm'],
    ['rows of the keyboard', 'qwertyuiopASDFGHJKLzxcvbnm1234567890'],
    ['words', 'correct-horse-battery-staple-tango'],
    ['words with digits for letters', 'C0rr3ct-H0rs3-B4tt3ry-St4pl3'],
    ['words in capitals, without signs', 'CorrectHorseBatteryStaple'],
    ['times', '2024-01-01T00:00:00Z-2024-02-02'],
    ['digits', '31415926535897932384626433832795'],
    ['hex of a password', Buffer.from('password123hunter2').toString('hex')],
    ['hex of hex of a password', Buffer.from(Buffer.from('password123').toString('hex')).toString('hex')],
    ['base64 of base64 of a random part, again', base64Of(base64Of('aB3$xY7!qL'.repeat(3)))],
    ['base64 of words', Buffer.from('correct horse battery staple').toString('base64')],
    ['base64 of words, cut', Buffer.from('my correct horse battery staple!').toString('base64').slice(5, 37)],
    ['pairs of digits', '00112233445566778899aabbccddeeff'],
    ['words of hex digits', 'deadbeefdeadbeefcafebabecafebabe'],
    ['a UUID that is made of the time', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['a URL', 'https://user@db.example.com:5432/main?ssl=true'],
  ])('%s: too few', (_, text) => {
    expect(guessBits(text)).toBeLessThan(HOPELESS)
  })

  it.each([
    ['40 hexadecimal digits', () => randomBytes(20).toString('hex'), 160],
    ['64 hexadecimal digits', () => randomBytes(32).toString('hex'), 256],
    ['32 bytes in base64', () => randomBytes(32).toString('base64'), 256],
    ['a random UUID', () => randomUUID(), 122],
    ['a random UUID behind a prefix', () => `HRKU-${randomUUID()}`, 140],
  ])('of %s: enough nearly always, and never more than there are', (_, draw, most) => {
    const drawn = Array.from({ length: 100 }, () => guessBits(draw()))
    expect(drawn.filter((bits) => bits >= HOPELESS).length).toBeGreaterThan(90)
    expect(Math.max(...drawn)).toBeLessThanOrEqual(most)
  })
})
