import { dayOf } from '../day.ts'
import type { Policy } from '../policy/policy.ts'
import { isExempt, type SecretTerms } from '../policy/secret-terms.ts'
import type { Exemption, SecretRule } from '../policy/sections/secrets.ts'
import { DAY } from './bands.ts'
import type { Judged, Level } from './judged.ts'
import { judged } from './subject.ts'

/** Whoever has to ask for a new exemption needs some days for it. */
const WARN = 14 * DAY

/**
 * Lets an exemption count: what is late is in order for as long, and says so; its reasons say what it would be. The exemption's own words are not
 * repeated, because people write names into them.
 *
 * @returns the same finding where nothing exempts it
 */
export function excused(one: Judged, { exempt, decidedBy }: SecretTerms, now: Date): Judged {
  if (exempt === null || one.level === 'ok' || !isExempt(exempt, now)) return one
  const reason = `${one.level}, but exempt: ${decidedBy.exempt}`
  return {
    ...one,
    level: 'ok',
    message: `${one.message}; exempt until ${dayOf(exempt.until)}`,
    reasons: [reason, ...one.reasons],
  }
}

/**
 * Judges the exemptions themselves: one that has ended is late, because what it excused is judged again and the entry says something that is
 * not so any more; one that ends within two weeks is due.
 */
export function judgeExemptions(policy: Policy, now: Date): Judged[] {
  return policy.secrets.flatMap((rule) => {
    const { exempt } = rule.says
    return exempt === undefined || exempt === null ? [] : [judgeOne(rule, exempt, { policy, now })]
  })
}

function judgeOne(rule: SecretRule, exempt: Exemption, { policy, now }: { policy: Policy; now: Date }): Judged {
  const end = new Date(exempt.until.getTime() + DAY)
  const level = levelAt(exempt, now, end)
  const subject = {
    kind: 'exemption' as const,
    name: nameOf(rule),
    environment: null,
    place: { file: policy.file, line: rule.line },
    owners: rule.says.owners ?? [],
  }
  return judged(subject, {
    rule: 'exemption-end',
    level,
    message: level === 'late' ? `ended on ${dayOf(exempt.until)}` : `ends on ${dayOf(exempt.until)}`,
    since: null,
    sinceIsExact: false,
    due: new Date(end.getTime() - WARN),
    end,
    reasons: ['an exemption counts through its last day (UTC)'],
    advice: 'Take it out of sealward.yml, or let whoever approved it approve another day.',
  })
}

function levelAt(exempt: Exemption, now: Date, end: Date): Level {
  if (!isExempt(exempt, now)) return 'late'
  return end.getTime() - now.getTime() <= WARN ? 'due' : 'ok'
}

/** Two entries may name the same variables in other places. */
function nameOf({ names, paths, environments }: SecretRule): string {
  return [names.join(', '), environments?.join(', ') ?? '', paths?.join(', ') ?? ''].filter(Boolean).join(' in ')
}
