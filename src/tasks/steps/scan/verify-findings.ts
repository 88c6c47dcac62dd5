import type { Finding } from '../../../core/finding.ts'
import type { ScanText } from '../../../core/scan/engine/scan-text.ts'
import type { Hit } from '../../../core/scan/rule.ts'
import { Secret } from '../../../core/secret.ts'
import type { ProbeQuestion, Probes } from '../../world/scan/probe.ts'
import { askIssuers } from '../ask-issuers.ts'

/** How far from a secret its other half is looked for, in both directions. */
const REACH = 400

/**
 * Asks issuers about what a scan found. A finding does not have its secret: that is taken out of the text while the text is at hand, and is
 * in memory, here, until it has been asked about.
 */
export class Verification {
  readonly #probes: Probes
  #questions = new Map<Finding, ProbeQuestion>()

  constructor(probes: Probes) {
    this.#probes = probes
  }

  /** Remembers what to ask about a finding, where there is anybody to ask. */
  take({ finding, place }: Hit, text: ScanText): void {
    if (place === undefined || !this.#probes.knows(finding.rule)) return
    const { start, end } = place
    this.#questions.set(finding, {
      value: new Secret(text.slice(start, end)),
      rule: finding.rule,
      name: finding.name ?? '',
      beside: [text.slice(start - REACH, start), text.slice(end, end + REACH)].map((one) => new Secret(one)),
    })
  }

  /** The same findings, with what issuers say. About others nobody is asked, and all secrets are forgotten. Never throws. */
  async settle(findings: readonly Finding[]): Promise<readonly Finding[]> {
    const asked = findings.filter((finding) => this.#questions.has(finding))
    const questions = asked.map((finding) => this.#questions.get(finding)!)
    this.#questions = new Map()
    const answers = await askIssuers(questions, this.#probes)
    const states = new Map(asked.map((finding, index) => [finding, answers[index]?.state]))
    return findings.map((finding) => {
      const verified = states.get(finding)
      return verified === undefined ? finding : { ...finding, verified }
    })
  }
}
