import { SealwardError } from '../../../core/errors.ts'
import { amount } from '../../../core/report/amount.ts'
import { printFindings } from '../../../core/report/text.ts'
import { policyFor } from '../../../tasks/steps/policy-for.ts'
import type { Call, Command, Group } from '../../command.ts'

const TOML_BYTES = 4 * 1024 * 1024

const test: Command = {
  name: 'rules test',
  synopsis: '',
  summary: 'Tries each rule of sealward.yml on its own hits and misses.',
  details: 'exit status: 0 all as they should be, 1 a rule is wrong, 2 could not',
  flags: [],
  args: { min: 0, max: 0 },
  run: testOwn,
}

const importRules: Command = {
  name: 'rules import',
  synopsis: 'FILE',
  summary:
    'Prints a gitleaks configuration (TOML) as the section scan of sealward.yml, and says what could not be carried over.',
  details: 'exit status: 0 all is carried over, 1 something is not, 2 could not',
  flags: [],
  args: { min: 1, max: 1 },
  run: importFile,
}

export const rules: Group = {
  name: 'rules',
  summary: 'Rules of your own for the scanner.',
  verbs: [test, importRules],
  details: 'docs/scanning.md says how to write them.',
}

async function testOwn({ world }: Call): Promise<number> {
  const policy = (await policyFor('x', world.configs))?.policy
  if (policy === undefined || policy.scan.rules.length === 0)
    throw new SealwardError('not-found', 'sealward.yml has no rules to test', {
      hint: 'they stand in its section scan, below rules: docs/scanning.md',
    })
  const { testRules } = await import('../../../core/scan/custom/test-rules.ts')
  const { builtInIds } = await import('../../../core/scan/all-rules.ts')
  const findings = await testRules(policy.scan.rules, { file: policy.file, taken: await builtInIds() })
  world.terminal.print(printFindings(findings))
  const count = policy.scan.rules.length
  world.teller.note(`${amount(count, 'rule')} tested, ${findings.length} wrong`)
  return findings.length === 0 ? 0 : 1
}

async function importFile({ args, world }: Call): Promise<number> {
  const file = args[0]!
  const bytes = await world.files.read(file, TOML_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  const { importGitleaks } = await import('../../../core/scan/custom/gitleaks/import.ts')
  const { parseToml } = await import('../../../core/config/toml.ts')
  const { yaml, left } = await importGitleaks(new TextDecoder().decode(bytes), parseToml)
  world.terminal.print(yaml)
  for (const one of left) world.teller.warn(one)
  return left.length === 0 ? 0 : 1
}
