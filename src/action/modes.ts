import { openReader } from './reader.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Mode = (typeof MODES)[number]

export const MODES = ['decrypt', 'scan'] as const

/** Inputs that one mode alone has, each with its default: a runner hands over all of action.yml's to every mode. */
const OWN_INPUTS: Readonly<Record<Mode, Readonly<Record<string, string>>>> = {
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
  },
  scan: { scan: 'auto', 'fail-on': '', 'sarif-file': '', 'own-secrets': 'false' },
}

/** @throws SealwardError usage */
export function readMode(env: Environment): Mode {
  return openReader(env).oneOf('mode', MODES, 'decrypt')
}

/** What somebody set for another mode than this: it does nothing here, which they may not expect. Names alone. */
export function strayInputs(env: Environment, mode: Mode): string[] {
  const { text } = openReader(env)
  const others = MODES.filter((other) => other !== mode).flatMap((other) => Object.entries(OWN_INPUTS[other]))
  return others.filter(([name, standard]) => !['', standard].includes(text(name))).map(([name]) => name)
}

/** What to tell of them; null when there are none. */
export function sayStray(names: readonly string[], mode: Mode): string | null {
  return names.length === 0 ? null : `mode: ${mode} does not use ${names.join(', ')}`
}
