import { describe, expect, it } from 'vitest'
import { tokenMarks } from '../../../../scripts/token-marks.ts'
import { loadWords, describe as wordsOf } from '../../../../src/core/scan/all-rules.ts'
import { detectDeep } from '../../../../src/core/scan/decode/detect-deep.ts'
import { detect, look } from '../../../../src/core/scan/engine/engine.ts'
import { compileRules } from '../../../../src/core/scan/engine/rule-set.ts'
import { markOf } from '../../../../src/core/scan/tokens/token-mark.ts'
import { TOKEN_MARKS } from '../../../../src/core/scan/tokens/token-marks.ts'
import { TOKEN_RULES } from '../../../../src/core/scan/tokens/token-rules.ts'
import { ANY_FILE, MARKED, randomText, rule, textOf } from '../engine/samples.ts'
import { fillTemplate, seeded } from '../templates.ts'

describe('The marks of token rules', () => {
  it('say what the vendors’ tables say: node scripts/token-marks.ts', async () => {
    expect(TOKEN_MARKS).toEqual(await tokenMarks())
    expect(Object.values(TOKEN_MARKS).flat()).toEqual(TOKEN_RULES.map(markOf))
  })
})

describe('The words of a rule', () => {
  it('are there when it has been loaded, and for all rules when they are asked for', async () => {
    expect(wordsOf(TOKEN_RULES[0]!.id).what).toBe('a secret')
    await loadWords()
    for (const { id, what, advice } of TOKEN_RULES) expect(wordsOf(id)).toMatchObject({ what, advice })
  })
})

describe('Rules that are loaded when they have found something', () => {
  const other = rule({ id: 'other', literals: ['oth_'], shape: /oth_[0-9]{8}/ })

  /** Two groups, and which of them have been loaded. */
  function grouped() {
    const loaded: string[] = []
    const group = (each: typeof other) => ({
      marks: [markOf(each)],
      load: async () => {
        loaded.push(each.id)
        return [each]
      },
    })
    return { loaded, set: compileRules({ tokens: { groups: [group(other), group(MARKED)] } }) }
  }

  it('find what rules find that are there', async () => {
    const whole = compileRules({ tokens: TOKEN_RULES })
    const { allRules } = await import('../../../../src/core/scan/all-rules.ts')
    const random = seeded(5)
    for (const { id, hits } of TOKEN_RULES) {
      const text = textOf(`${fillTemplate(hits[0]!, random)}\n`)
      const expected = detect(text, ANY_FILE, whole).detections
      const { detections } = await detectDeep(text, ANY_FILE, { ...allRules(), finders: [], pairs: [] })
      expect(detections, id).toEqual(expected)
      for (const { rule: named } of detections)
        expect(wordsOf(named).what).toBe(TOKEN_RULES.find((each) => each.id === named)!.what)
    }
  })

  it('are loaded by their group alone, once, and not for a literal without the shape', async () => {
    const { loaded, set } = grouped()
    await detectDeep(textOf('oth_ mkd_ and no more'), ANY_FILE, set)
    expect(loaded).toEqual([])
    const token = `mkd_${randomText(20)}`
    for (const text of [token, `again ${token}`]) {
      const { detections } = await detectDeep(textOf(text), ANY_FILE, set)
      expect(detections.map((each) => each.rule)).toEqual([MARKED.id])
    }
    expect(loaded).toEqual([MARKED.id])
  })

  it('are not passed over when nobody loaded them', () => {
    expect(() => look(textOf('oth_82615493'), ANY_FILE, grouped().set)).toThrow(RangeError)
  })

  it('are refused when there are more of them than marks', async () => {
    const tokens = { groups: [{ marks: [markOf(other)], load: async () => [other, MARKED] }] }
    await expect(detectDeep(textOf('oth_82615493'), ANY_FILE, compileRules({ tokens }))).rejects.toThrow(RangeError)
  })
})
