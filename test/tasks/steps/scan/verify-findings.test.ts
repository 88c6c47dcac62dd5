import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../../src/core/finding.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { askIssuers, MOST_ASKED } from '../../../../src/tasks/steps/ask-issuers.ts'
import { Verification } from '../../../../src/tasks/steps/scan/verify-findings.ts'
import type { ProbeAnswer, ProbeQuestion, Probes } from '../../../../src/tasks/world/scan/probe.ts'

interface Recording extends Probes {
  readonly asked: readonly ProbeQuestion[]
  readonly most: () => number
}

/** Issuers that answer by a function, and keep what they were asked. */
function issuers(answer: (question: ProbeQuestion) => ProbeAnswer | null): Recording {
  const asked: ProbeQuestion[] = []
  let [now, most] = [0, 0]
  return {
    asked,
    most: () => most,
    knows: (rule) => rule === 'a-rule',
    async ask(question) {
      asked.push(question)
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setImmediate(resolve))
      now -= 1
      return answer(question)
    },
  }
}

function questionOf(value: string, beside = ''): ProbeQuestion {
  return { value: new Secret(value), rule: null, name: '', beside: [new Secret(beside)] }
}

function findingOf(rule: string, line: number): Finding {
  return { rule, file: 'a.txt', line, message: 'a secret' }
}

describe('issuers', () => {
  it('are asked about each secret once, and a few at a time', async () => {
    const probes = issuers(({ value }) => ({ state: value.reveal() === 's1' ? 'live' : 'dead' }))
    const questions = Array.from({ length: 60 }, (_, index) => questionOf(`s${index % 20}`))
    const answers = await askIssuers(questions, probes)
    expect(probes.asked).toHaveLength(20)
    expect(probes.most()).toBe(4)
    expect(answers.map((answer) => answer?.state)).toEqual(
      questions.map(({ value }) => (value.reveal() === 's1' ? 'live' : 'dead')),
    )
  })

  it('are asked about a half that lacks the other with what stands beside it elsewhere', async () => {
    const probes = issuers(({ beside }) => (beside[0]?.reveal() === 'id' ? { state: 'live' } : null))
    const answers = await askIssuers([questionOf('s'), questionOf('s', 'id'), questionOf('s', 'more')], probes)
    expect(answers).toEqual([{ state: 'live' }, { state: 'live' }, { state: 'live' }])
    expect(probes.asked).toHaveLength(2)
  })

  it('are not asked about a list of secrets to its end', async () => {
    const probes = issuers(() => ({ state: 'live' }))
    const answers = await askIssuers(
      Array.from({ length: MOST_ASKED + 1 }, (_, index) => questionOf(`s${index}`)),
      probes,
    )
    expect(probes.asked).toHaveLength(MOST_ASKED)
    expect(answers.at(-1)).toEqual({ state: 'unknown' })
  })
})

describe('the verification of findings', () => {
  const text = new ScanText(Buffer.from('id=1 key=secret-1\nkey=secret-2\n'))

  it('asks with the secret and what stands round it, and says no more than the state', async () => {
    const probes = issuers(() => ({ state: 'live', expires: null }))
    const verification = new Verification(probes)
    const finding = findingOf('a-rule', 1)
    verification.take({ finding, fingerprint: 'f', place: { start: 9, end: 17 } }, text)
    expect(await verification.settle([finding])).toEqual([{ ...finding, verified: 'live' }])
    const { value, beside, rule } = probes.asked[0]!
    expect([rule, value.reveal(), ...beside.map((one) => one.reveal())]).toEqual([
      'a-rule',
      'secret-1',
      'id=1 key=',
      '\nkey=secret-2\n',
    ])
  })

  it('leaves alone what nobody can be asked about, and what is no finding any more', async () => {
    const probes = issuers(() => ({ state: 'live' }))
    const verification = new Verification(probes)
    const [other, whole, gone] = [findingOf('another', 1), findingOf('a-rule', 1), findingOf('a-rule', 2)]
    verification.take({ finding: other, fingerprint: 'f', place: { start: 9, end: 17 } }, text)
    verification.take({ finding: whole, fingerprint: 'f' }, text)
    verification.take({ finding: gone, fingerprint: 'f', place: { start: 22, end: 30 } }, text)
    expect(await verification.settle([other, whole])).toEqual([other, whole])
    expect(probes.asked).toEqual([])
  })

  it('forgets the secrets when it has asked', async () => {
    const probes = issuers(() => ({ state: 'dead' }))
    const verification = new Verification(probes)
    const finding = findingOf('a-rule', 1)
    verification.take({ finding, fingerprint: 'f', place: { start: 9, end: 17 } }, text)
    await verification.settle([finding])
    expect(await verification.settle([finding])).toEqual([finding])
    expect(probes.asked).toHaveLength(1)
  })
})
