import { SealwardError } from '../../../core/errors.ts'
import { outputFor } from '../../../core/interchange/kind.ts'
import { amount } from '../../../core/report/amount.ts'
import { IMPORT_KINDS, type ImportKind, importVariables } from '../../../tasks/files/import.ts'
import { type Call, type Command, DEFAULT_FILE, RECIPIENT } from '../../command.ts'
import { dotenvxVariables, FOREIGN_KEY, readInput } from '../../foreign-source.ts'

/** Where each tool has its file by custom; sops has none. */
const USUAL_INPUT: Readonly<Record<ImportKind, string | null>> = {
  fernet: '.env.encrypted',
  dotenvx: '.env',
  sops: null,
  'gh-secrets-names': '-',
}

export const importCommand: Command = {
  name: 'import',
  synopsis: `${IMPORT_KINDS.join('|')} [INPUT]`,
  summary: 'Encrypts what a file of another tool holds. No plaintext touches the disk.',
  details: `
fernet            .env.encrypted of Python: one token, or a JSON object of
                  tokens; the key, or the several of a MultiFernet, from
                  SECRETS_MASTER_KEY
dotenvx           .env with "encrypted:" values; keys from .env.keys beside it
                  or above, and from DOTENV_PRIVATE_KEY* in the environment
sops              YAML, JSON, INI or dotenv with an age recipient: a.b[0]
                  becomes A_B_0
gh-secrets-names  the output of \`gh secret list\` (default: stdin), or one name
                  a line: a file with these names and no values yet

INPUT stays. '-' is stdin. Recipients come from -r, else from sealward.yml.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'the encrypted file to make (default: by INPUT)' },
    RECIPIENT,
    { name: 'force', help: 'replace the encrypted file that is there' },
    FOREIGN_KEY,
  ],
  args: { min: 1, max: 2 },
  async run(call) {
    const kind = kindOf(call)
    const input = call.args[1] ?? USUAL_INPUT[kind]
    if (input === null)
      throw new SealwardError('usage', `import ${kind} needs INPUT`, { hint: 'see sealward import --help' })
    const output = call.one('output') ?? usualOutput(kind, input)
    const bytes = await readInput(input, call)
    const file = input === '-' ? '(stdin)' : input
    const source = { bytes, file, keyFiles: call.all('identity'), environmentKeys: dotenvxVariables() }
    const request = { kind, source, output, recipients: call.all('recipient'), force: call.has('force') }
    const names = await importVariables(request, call.world)
    const { teller } = call.world
    teller.note(`created ${output} with ${amount(names.length, 'variable')}`)
    if (kind === 'gh-secrets-names') teller.note(`they are empty: fill them in with \`sealward edit ${output}\``)
    return 0
  },
}

function kindOf(call: Call): ImportKind {
  const kind = IMPORT_KINDS.find((one) => one === call.args[0])
  if (kind === undefined) throw new SealwardError('usage', `import takes one of ${IMPORT_KINDS.join(', ')}`)
  return kind
}

function usualOutput(kind: ImportKind, input: string): string {
  return kind === 'gh-secrets-names' || input === '-' ? DEFAULT_FILE : outputFor(input, kind)
}
