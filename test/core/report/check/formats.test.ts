import { describe, expect, it } from 'vitest'
import { FILE_ENDINGS, formatOfFile, printCheckAs } from '../../../../src/core/report/check/formats.ts'
import { judged, report } from '../../issues/made.ts'

describe('the files of a report', () => {
  it('are called by an ending that says what is in them', () => {
    expect(FILE_ENDINGS.map((ending) => formatOfFile(`a/b${ending}`))).not.toContain(null)
    expect(['a.pdf', 'json', 'a', 'a.', 'a.constructor', ''].map((path) => formatOfFile(path))).toEqual([
      ...[null, 'json', null, null, null, null],
    ])
  })

  it.each(FILE_ENDINGS)('hold the whole answer: %s', async (ending) => {
    const text = await printCheckAs(formatOfFile(ending)!, report('2026-11-20', judged('NAME_0', { level: 'late' })), {
      version: '1',
      pages: null,
    })
    expect(text).toMatch(/\n$/)
    expect(text).toMatch(/NAME(?:_|&#95;)0/)
  })
})
