import { printableName } from '../dotenv/names.ts'
import { judgeName } from '../environment/names.ts'
import { SealwardError } from '../errors.ts'
import type { Finding, FindingRule } from '../finding.ts'
import { plaintextValue } from './decrypt.ts'
import { isEncryptedFile, parseEncryptedFile } from './file.ts'
import type { StoredLine } from './text/lines.ts'
import { compileRule, type Rule } from './values/rule.ts'
import { looksSealed, parseSealed, type ValueType } from './values/sealed.ts'

/**
 * Judges an encrypted file without a key: its grammar and metadata, that every value the rule wants encrypted is
 * ciphertext, that the rule is sane, and that no name can take over a process. It cannot prove that a ciphertext is authentic.
 *
 * @returns one finding for each fault, none when the file is in order
 */
export async function inspectFile(bytes: Uint8Array, path: string): Promise<Finding[]> {
  if (!isEncryptedFile(bytes))
    return [{ rule: 'not-encrypted', file: path, message: 'is not an encrypted file', fix: `sealward encrypt ${path}` }]
  try {
    const file = parseEncryptedFile(bytes, { anyName: true })
    const lines = await inspectLines(file.lines.body, file.metadata.rule)
    return [...lines, ...inspectRule(file.metadata.rule, file.lines.body)].map((finding) => ({
      ...finding,
      file: path,
    }))
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return [{ ...fault('malformed', error), file: path }]
  }
}

type Fault = Omit<Finding, 'file'>

async function inspectLines(body: readonly StoredLine[], rule: Rule): Promise<Fault[]> {
  const selector = (await compileRule(rule))()
  const faults: Fault[] = []
  for (const line of body) {
    if (line.kind === 'blank') continue
    const at = { line: line.line, ...(line.kind === 'variable' ? { name: printableName(line.name) } : {}) }
    const found =
      line.kind === 'comment'
        ? [inspectComment(line.stored, selector.comment(line.stored))]
        : [inspectName(line.name), inspectValue(line.stored, selector.variable(line.name))]
    for (const one of found) if (one !== null) faults.push({ ...one, ...at })
  }
  return faults
}

function inspectValue(stored: string, encrypted: boolean): Fault | null {
  if (!encrypted || stored === '') return null
  if (!looksSealed(stored)) return fault('plaintext-value', plaintextValue())
  return inspectSealed(stored, (type) => (type === 'comment' ? 'a value is marked as a comment' : null))
}

/** Comments that people wrote into the file by hand are in order. */
function inspectComment(stored: string, encrypted: boolean): Fault | null {
  if (!encrypted || !looksSealed(stored)) return null
  return inspectSealed(stored, (type) => (type === 'comment' ? null : 'a comment is marked as a value'))
}

function inspectSealed(stored: string, judgeType: (type: ValueType) => string | null): Fault | null {
  try {
    const message = judgeType(parseSealed(stored).type)
    return message === null ? null : { rule: 'malformed', message }
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return fault('malformed', error)
  }
}

function inspectName(name: string): Fault | null {
  if (judgeName(name, 'process') === 'ok') return null
  return { rule: 'name-denied', message: 'the name can take over a process that has it in its environment' }
}

/** A rule under which nothing at all is encrypted is a typo, not a wish. */
function inspectRule(rule: Rule, body: readonly StoredLine[]): Fault[] {
  const values = body.filter((line) => line.kind === 'variable' && line.stored !== '')
  const sealed = values.some((line) => line.kind === 'variable' && looksSealed(line.stored))
  if (values.length === 0 || sealed) return []
  return [
    { rule: 'rule-weak', message: `no value is encrypted under ${rule.kind}`, fix: 'mend the rule and encrypt again' },
  ]
}

function fault(rule: FindingRule, error: SealwardError): Fault {
  return {
    rule,
    message: error.message,
    ...(error.line === undefined ? {} : { line: error.line }),
    ...(error.hint === undefined ? {} : { fix: error.hint }),
  }
}
