import { excused } from '../../../core/check/exemptions.ts'
import { judgeByIssuer } from '../../../core/check/secrets/issuer.ts'
import { Secret } from '../../../core/secret.ts'
import type { ProbeQuestion, Probes } from '../../world/scan/probe.ts'
import { askIssuers } from '../ask-issuers.ts'
import type { Found, Looked, SealedFile } from './looked.ts'
import { type SealedVariable, variablesOf } from './secrets.ts'

/** Who can be asked, out of these issuers. */
export type OpenProbes = (only: readonly string[]) => Probes

/** Values of other kinds are no tokens, and what is this long is a file. */
const LONGEST = 16 * 1024

const NOT_ASKED = {
  message: 'the issuers that sealward.yml names (check.probes) were not asked',
  hint: '--probes asks them',
}

/**
 * Asks the issuers that the nearest sealward.yml names (`check.probes`) about the values of the files it counts for. Nobody is asked about
 * files that no key opens, nor about values in plain text; nor at all without `probes`, and a note says so.
 */
export async function judgeByIssuers(looked: Looked, { probes }: { readonly probes?: OpenProbes }): Promise<Found> {
  const found: Found[] = []
  for (const policy of looked.policies) {
    const only = policy.check.probes
    const files = only.length === 0 ? [] : looked.files.filter((file) => file.policy === policy)
    if (files.length === 0) continue
    if (probes === undefined) return { judged: [], notes: [NOT_ASKED] }
    found.push(await askAbout(files.flatMap(openVariables), looked, probes(only)))
  }
  return { judged: found.flatMap(({ judged }) => judged), notes: found.flatMap(({ notes }) => notes) }
}

interface OpenVariable extends SealedVariable {
  readonly value: string
}

function openVariables(file: SealedFile): OpenVariable[] {
  return variablesOf(file).flatMap(({ value, ...variable }) =>
    value === null || value === '' || value.length > LONGEST || !variable.isEncrypted ? [] : [{ ...variable, value }],
  )
}

async function askAbout(variables: readonly OpenVariable[], { ages, now }: Looked, probes: Probes): Promise<Found> {
  const answers = await askIssuers(
    variables.map((variable) => questionOf(variable, variables)),
    probes,
  )
  const judged = variables.flatMap(({ file, name, subject, terms }, index) => {
    const answer = answers[index]
    if (answer === null || answer === undefined) return []
    const age = ages.files.get(file.path)?.values.get(name) ?? null
    return judgeByIssuer(subject, answer, { terms, age, now }).map((one) => excused(one, terms, now))
  })
  const silent = answers.filter((answer) => answer?.state === 'unknown').length
  if (silent === 0) return { judged, notes: [] }
  const message = `${silent === 1 ? 'the issuer of one value' : `the issuers of ${silent} values`} did not say whether it works, or when it ends`
  return { judged, notes: [{ message, hint: 'the network, or the issuer itself, may be down: nobody is asked twice' }] }
}

/** The other half of a pair stands in the same file. */
function questionOf({ file, name, value }: OpenVariable, all: readonly OpenVariable[]): ProbeQuestion {
  const others = all.filter((other) => other.file === file && other.name !== name)
  return { value: new Secret(value), rule: null, name, beside: others.map((other) => new Secret(other.value)) }
}
