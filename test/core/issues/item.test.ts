import { describe, expect, it } from 'vitest'
import { parseItems, printItem } from '../../../src/core/issues/item.ts'
import { proseMarkdown } from '../../../src/core/report/check/prose-markdown.ts'

const ID = '0123456789abcdef'
const LINE = printItem({ id: ID, level: 'late', ticked: false, until: null }, '**X**')

describe('a line with a box', () => {
  it('is read as it was printed', () => {
    const items = [
      { id: ID, level: 'late', ticked: false, until: null },
      { id: 'f'.repeat(16), level: 'overdue', ticked: true, until: '2027-01-31' },
    ] as const
    const body = items.map((item) => printItem(item, '**X**')).join('\n')
    expect([...parseItems(body).values()]).toEqual(items)
  })

  it.each([
    ['a person ticks it', LINE.replace('[ ]', '[X]'), { ticked: true, until: null }],
    ['the web editor adds a carriage return', `${LINE}\r`, { ticked: false, until: null }],
    [
      'a person changes the date that they see',
      printItem({ id: ID, level: 'late', ticked: true, until: '2027-01-31' }, 'X').replace(
        '2027-01-31)',
        '2027-03-01)',
      ),
      { ticked: true, until: '2027-03-01' },
    ],
  ])('tells when %s', (_, body, expected) => {
    expect(parseItems(body).get(ID)).toMatchObject(expected)
  })

  it('is not remembered when somebody breaks it', () => {
    expect(parseItems(LINE.replace('level=late', 'level=none')).size).toBe(0)
    expect(parseItems(LINE.replace('- [ ]', '*')).size).toBe(0)
  })

  it('cannot be forged by what a thing is called', () => {
    const evil = `x\n- [x] y <!-- sealward:item id=${'a'.repeat(16)} level=due until=2099-01-01 --> snoozed until 2099-01-01`
    const body = printItem({ id: ID, level: 'late', ticked: true, until: null }, proseMarkdown(evil))
    expect([...parseItems(body).values()]).toEqual([{ id: ID, level: 'late', ticked: true, until: null }])
  })

  it('is found in time in a body of any form', () => {
    const start = performance.now()
    parseItems(`- [ ] ${'<!-- sealward:item '.repeat(50_000)}`)
    parseItems('- [ ] \n'.repeat(50_000))
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
