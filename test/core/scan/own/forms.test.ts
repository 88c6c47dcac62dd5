import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { formsOf } from '../../../../src/core/scan/own/forms.ts'

const value = `q7Zt${randomBytes(24).toString('hex')}`

it('the forms of a value begin with the value itself, and none stands there twice', () => {
  const { exact, folded, complete } = formsOf(value, 1000)!
  expect([exact[0], complete]).toEqual([{ text: value, form: 'as it is' }, true])
  for (const forms of [exact, folded]) expect(new Set(forms.map(({ text }) => text)).size).toBe(forms.length)
})

it('they are no more than asked for, the likeliest first, and it is said that some are left out', () => {
  const [all, few] = [formsOf(value, 1000)!, formsOf(value, 10)!]
  expect([few.exact.length + few.folded.length, few.complete]).toEqual([10, false])
  expect(all.exact.slice(0, few.exact.length)).toEqual(few.exact)
})

it.each(['true', 'abcd', 'eu-central-1'])('%s has none', (text) => {
  expect(formsOf(text, 1000)).toBeNull()
})
