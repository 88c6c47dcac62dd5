import type { Case, Context, Half, Production } from './case.ts'
import { DIALECTS } from './dialects/all.ts'
import type { Dialect } from './dialects/dialect.ts'
import { FileUnderWay } from './file-under-way.ts'
import { ADDRESSED } from './productions/addresses.ts'
import { ASSIGNMENTS } from './productions/assignments.ts'
import { BLOCKS, HARMLESS_BLOCKS } from './productions/blocks.ts'
import { COMMANDS, HARMLESS_COMMANDS } from './productions/commands.ts'
import { KEYS } from './productions/keys.ts'
import { LOOKALIKES } from './productions/lookalikes.ts'
import { PROVIDER_TOKENS } from './productions/provider-tokens.ts'
import { STAND_INS } from './productions/stand-ins.ts'
import { seeded } from './random.ts'
import { expand } from './render.ts'

/** A judged place: lines count from 1; `end` is the last line of what goes over several. */
export type Label = { readonly line: number; readonly end: number; readonly kind: string }

export type CorpusFile = {
  readonly path: string
  readonly text: string
  readonly half: Half
  readonly secrets: readonly Label[]
  readonly negatives: readonly Label[]
}

/** The seed of the committed corpus: scores are comparable only under the same seed and grammar. */
export const SEED = 20_261_121

type Family = { readonly weight: number; readonly productions: readonly Production[] }

/** What kinds of secrets the field has; commands and statements come by the dialects that know them. */
const SECRET_FAMILIES: readonly Family[] = [
  { weight: 64, productions: [...ASSIGNMENTS, ...BLOCKS] },
  { weight: 0, productions: COMMANDS },
  { weight: 15, productions: ADDRESSED },
  { weight: 12, productions: KEYS },
  { weight: 9, productions: PROVIDER_TOKENS },
]

const HARMLESS_FAMILIES: readonly Family[] = [
  { weight: 1, productions: [...STAND_INS, ...LOOKALIKES, ...HARMLESS_BLOCKS, ...HARMLESS_COMMANDS] },
]

/** All rules of the grammar, for counting. */
export const PRODUCTIONS: readonly Production[] = [...SECRET_FAMILIES, ...HARMLESS_FAMILIES].flatMap(
  ({ productions }) => productions,
)

/** Writes the corpus of a seed, both halves. The same seed gives the same bytes everywhere. */
export function generateCorpus(seed: number): readonly CorpusFile[] {
  return [...generateHalf(seed, 'open'), ...generateHalf(seed, 'hidden')]
}

/** Writes one half only: the same files as `generateCorpus` has of it. */
export function generateHalf(seed: number, half: Half): readonly CorpusFile[] {
  const kinds = DIALECTS.flatMap(([dialect, files]) =>
    Array.from({ length: files }, (_, index) => ({ dialect, index })),
  )
  return kinds.map(({ dialect, index }, number) => {
    const random = seeded(seed, `${half}/${dialect.id}/${index}`)
    return writeFile({ random, half, dialect }, number)
  })
}

function writeFile(context: Context, number: number): CorpusFile {
  const { dialect, half, random } = context
  const file = new FileUnderWay(context)
  file.addFrame(dialect.opening ?? [])
  const [low, high] = dialect.cases ?? [16, 30]
  for (let left = random.integer(low, high); left > 0; left -= 1) {
    file.add(nextCase(context))
    const between = random.chance(0.55) ? random.integer(1, 3) : 0
    for (let lines = 0; lines < between; lines += 1) file.addNeutral(random.pick(dialect.filler))
  }
  file.addFrame(dialect.closing ?? [])
  const folder = expand(
    { ...context, dialect: PATHS },
    `${random.pick(['apps', 'services', 'packages'])}/%t-${number + 1}`,
  )
  return {
    path: `${folder}/${expand({ ...context, dialect: PATHS }, random.pick(dialect.paths))}`,
    half,
    ...file.finish(),
  }
}

function nextCase(context: Context): Case {
  const families = context.random.chance(context.dialect.share ?? 0.35) ? SECRET_FAMILIES : HARMLESS_FAMILIES
  return peculiarCase(context, families) ?? commonCase(context, families)
}

/** What only this dialect says: the weights of such productions are hundredths of the cases in its files. */
function peculiarCase(context: Context, families: readonly Family[]): Case | null {
  const { dialect, random } = context
  const own = allowed(
    context,
    families.flatMap(({ productions }) => productions),
  ).filter(({ trait }) => trait && dialect.traits?.includes(trait))
  const share = own.reduce((sum, { weight }) => sum + weight, 0) / 100
  return own.length > 0 && random.chance(share) ? random.weighted(own).make(context) : null
}

function commonCase(context: Context, families: readonly Family[]): Case {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const usable = allowed(context, context.random.weighted(families).productions).filter(({ trait }) => !trait)
    const made = context.random.weighted(usable).make(context)
    if (made) return made
  }
  throw new Error(`no production speaks ${context.dialect.id}`)
}

function allowed({ half }: Context, productions: readonly Production[]): readonly Production[] {
  return productions.filter(({ hidden }) => !hidden || half === 'hidden')
}

/** Names in paths are flat, whatever the language's style. */
const PATHS: Dialect = { ...(DIALECTS[0] as readonly [Dialect, number])[0], styles: ['flat'] }
