import { openReader } from './reader.ts'

type Environment = Readonly<Record<string, string | undefined>>
export type Mode = (typeof MODES)[number]

export const MODES = ['decrypt', 'scan', 'check', 'organisation', 'rotate'] as const

type Defaults = Readonly<Record<string, string | null>>

/**
 * Inputs that not every mode has, each with its default: a runner hands over all of action.yml's to every mode. Null for a default that is
 * another in every job: nobody can tell whether somebody set it.
 */
const OWN_INPUTS: Readonly<Record<Mode, Defaults>> = {
  decrypt: {
    files: '.env.encrypted',
    'if-missing-key': 'error',
    'allow-untrusted': 'none',
    'require-signature': 'false',
    signers: '',
    'export-env': 'true',
    outputs: '',
    'export-file': '',
    'export-format': 'dotenv',
    expand: 'false',
    prefix: '',
    only: '',
    except: '',
    'allow-names': '',
    'on-conflict': 'replace',
    'unset-previous': 'false',
    public: '',
    'min-mask-length': '4',
    'mask-short': 'warn',
    'mask-budget': '2000',
    quotes: '',
    ledger: 'summary',
    'github-token': null,
  },
  scan: {
    scan: 'auto',
    targets: 'code',
    'run-id': '',
    'fail-on': '',
    'own-secrets': 'false',
    'sarif-file': '',
    issue: 'false',
    'github-token': null,
  },
  check: {
    'fail-on': '',
    issues: '',
    names: '',
    'report-files': '',
    'github-token': null,
  },
  organisation: {
    part: '',
    organisation: '',
    include: '',
    exclude: '',
    shard: '0',
    'fail-on': '',
    names: '',
    'github-token': null,
  },
  rotate: {
    credentials: '',
    'only-due': 'true',
    environment: '',
    'dry-run': 'false',
    emergency: 'false',
    'github-token': null,
  },
}

/** @throws SealwardError usage */
export function readMode(env: Environment): Mode {
  return openReader(env).oneOf('mode', MODES, 'decrypt')
}

/** What somebody set for another mode than this: it does nothing here, which they may not expect. Names alone. */
export function strayInputs(env: Environment, mode: Mode): string[] {
  const { text } = openReader(env)
  const others = Object.assign({}, ...MODES.map((one) => OWN_INPUTS[one])) as Defaults
  return Object.entries(others)
    .filter(([name]) => !Object.hasOwn(OWN_INPUTS[mode], name))
    .filter(([name, standard]) => !['', standard ?? text(name)].includes(text(name)))
    .map(([name]) => name)
}

/** What to tell of them; null when there are none. */
export function sayStray(names: readonly string[], mode: Mode): string | null {
  return names.length === 0 ? null : `mode: ${mode} does not use ${names.join(', ')}`
}
