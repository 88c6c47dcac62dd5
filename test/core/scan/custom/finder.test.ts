import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CustomRule } from '../../../../src/core/policy/scan/scan-policy.ts'
import { customFinders } from '../../../../src/core/scan/custom/finder.ts'
import { testRules } from '../../../../src/core/scan/custom/test-rules.ts'
import { BEHIND } from '../../../../src/core/scan/custom/window.ts'
import { detect } from '../../../../src/core/scan/engine/engine.ts'
import { compileRules } from '../../../../src/core/scan/engine/rule-set.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'
import { traitsOf } from '../../../../src/core/scan/generic/file-traits.ts'

const ORIGIN = { file: 'sealward.yml', taken: new Set(['github-pat']) }

const RULE: CustomRule = {
  line: 7,
  id: 'corp-token',
  what: 'a token of the corporation',
  keywords: ['corp_'],
  pattern: '(?i)corp_([0-9a-z]{20})\\b',
  group: 0,
  near: null,
  severity: 'high',
  confidence: 'high',
  advice: 'Revoke it.',
  hits: ['x = corp_{a36:20}'],
  misses: ['corp_{a36:19}', 'nothing'],
}

async function found(rule: Partial<CustomRule>, content: string | Uint8Array): Promise<string[]> {
  const rules = compileRules({ tokens: [], finders: await customFinders([{ ...RULE, ...rule }], ORIGIN) })
  const text = new ScanText(Buffer.from(content as Uint8Array))
  return detect(text, traitsOf('a.txt'), rules).detections.map(({ start, end }) => text.slice(start, end))
}

const BODY = 'a1b2c3d4e5f6g7h8i9j0'
const TOKEN = `corp_${BODY}`

describe('a rule of sealward.yml', () => {
  it('finds what its expression means, where a keyword is, in any letter case', async () => {
    expect(await found({}, `a ${TOKEN} b`)).toEqual([TOKEN])
    expect(await found({}, `a ${TOKEN.toUpperCase()}\n${TOKEN}`)).toEqual([TOKEN.toUpperCase(), TOKEN])
    expect(await found({ keywords: ['other'] }, `a ${TOKEN} b`)).toEqual([])
    expect(await found({ keywords: ['other'] }, `Other: ${TOKEN}`)).toEqual([TOKEN])
  })

  it('reports its group, and the whole match where the group took no part', async () => {
    expect(await found({ group: 1 }, TOKEN)).toEqual([BODY])
    expect(await found({ group: 1, pattern: 'corp_(x)?[0-9a-z]{20}' }, TOKEN)).toEqual([TOKEN])
  })

  it('reports nothing where its expression matches an empty text', async () => {
    expect(await found({ pattern: 'x*' }, 'corp_')).toEqual([])
  })

  it('takes ^ and $ for the ends of a line', async () => {
    const anchored = { pattern: '^corp_[0-9a-z]{20}$' }
    expect(await found(anchored, `a\n${TOKEN}\nb`)).toEqual([TOKEN])
    expect(await found(anchored, `a ${TOKEN}\nb`)).toEqual([])
  })

  it('asks for a word before it when it has near', async () => {
    expect(await found({ near: ['shop'] }, `Shop key: ${TOKEN}`)).toEqual([TOKEN])
    expect(await found({ near: ['shop'] }, `${TOKEN} of the shop`)).toEqual([])
  })

  it('does not take what stands for a secret', async () => {
    expect(await found({}, `corp_${'x'.repeat(20)}`)).toEqual([])
  })

  it('reads UTF-8, and bytes that are none, and counts in bytes', async () => {
    expect(await found({}, `"äöü€😀" = ${TOKEN}`)).toEqual([TOKEN])
    expect(await found({ pattern: '€([0-9a-z_]+)', group: 1, keywords: ['corp'] }, `ä€${TOKEN}`)).toEqual([TOKEN])
    expect(await found({}, Buffer.concat([Buffer.from([0xff, 0xe4]), Buffer.from(` ${TOKEN}`)]))).toEqual([TOKEN])
  })

  it('finds as much as a search of the whole text does, where its keyword is near', async () => {
    const line = fc.constantFrom('plain text', `k ${TOKEN}`, 'ü', '', 'corp_', `corp_${BODY}x`, 'y'.repeat(700))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
        const content = lines.join('\n')
        expect(await found({}, content)).toEqual(content.match(/corp_[0-9a-z]{20}\b/gi) ?? [])
      }),
      { numRuns: 60 },
    )
  })

  it('does not look further behind its keyword than its window', async () => {
    const far = { keywords: ['mark'], pattern: '[0-9a-z]{20}\\b' }
    expect(await found(far, `mark\n${'- -\n'.repeat(1000)}${BODY}`)).toEqual([BODY])
    expect(await found(far, `mark\n${'- -\n'.repeat(BEHIND)}${BODY}`)).toEqual([])
  })

  it('takes time linear in a text full of its keyword, whatever its expression', async () => {
    const begun = performance.now()
    await found({ pattern: '(c|o|r|p|_)+(corp_)*x{20}y' }, 'corp_'.repeat(40_000))
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  it.each([
    ['is not RE2', { pattern: '(?=a)' }, 'not valid RE2'],
    ['lacks its group', { group: 2 }, 'does not have the group'],
    ['has a name that is taken', { id: 'github-pat' }, 'is one that is built in'],
  ])('that %s is refused with its line', async (_, rule, message) => {
    await expect(customFinders([{ ...RULE, ...rule }], ORIGIN)).rejects.toMatchObject({
      ...{ code: 'policy-invalid', file: 'sealward.yml', line: 7 },
      message: expect.stringContaining(message),
    })
  })
})

describe('the test of rules', () => {
  it('has nothing to say of a rule that does what its examples say', async () => {
    expect(await testRules([RULE], ORIGIN)).toEqual([])
  })

  it('names each example that is wrong by its number, and repeats none', async () => {
    const wrong = { ...RULE, hits: [...RULE.hits, 'corp_secret'], misses: ['nothing', TOKEN] }
    const said = await testRules([wrong], ORIGIN)
    expect(said.map(({ rule, line, message }) => [rule, line, message])).toEqual([
      ['corp-token', 7, 'hits[1] is not found'],
      ['corp-token', 7, 'misses[1] is found'],
    ])
    expect(JSON.stringify(said)).not.toMatch(/corp_secret|a1b2c3/)
  })

  it('says of a rule with the id of another what is wrong, and gives no advice', async () => {
    expect(await testRules([{ ...RULE, id: 'github-pat' }], ORIGIN)).toEqual([
      {
        rule: 'github-pat',
        file: 'sealward.yml',
        line: 7,
        message: 'the id of a rule is one that is built in',
      },
    ])
  })

  it('leaves braces that ask for nothing as they are', async () => {
    const braces = { ...RULE, pattern: 'corp_\\{(?:nope|toString):3\\}', hits: ['corp_{nope:3}', 'corp_{toString:3}'] }
    expect(await testRules([{ ...braces, misses: ['corp_abc'] }], ORIGIN)).toEqual([])
  })

  it('says of a rule that cannot be tried why', async () => {
    const [said] = await testRules([{ ...RULE, pattern: '(' }], ORIGIN)
    expect(said).toMatchObject({
      rule: 'corp-token',
      file: 'sealward.yml',
      line: 7,
      message: expect.stringContaining('RE2'),
    })
  })
})
