import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { windowsRound } from '../../../../src/core/scan/custom/window.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'

describe('the windows round some places', () => {
  it('hold each place and never overlap, so that no part of a text is searched twice', () => {
    const line = fc.constantFrom('', 'x'.repeat(300), 'y'.repeat(5000), 'ü€')
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (lines, given) => {
          const text = new ScanText(Buffer.from(lines.join('\n')))
          const places = given.map((each) => each % (text.length + 1)).sort((one, other) => one - other)
          const windows = windowsRound(text, places).map((window) => ({
            from: window.offsetOf(0),
            to: window.offsetOf(window.text.length),
          }))
          for (const [index, { from }] of windows.entries()) expect(windows[index - 1]?.to ?? -1).toBeLessThan(from)
          for (const place of places)
            expect(windows.some(({ from, to }) => from - 3 <= place && place <= to + 3)).toBe(true)
        },
      ),
    )
  })
})
