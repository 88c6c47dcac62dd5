/**
 * Prints src/core/scan/tokens/token-marks.ts from the vendors' tables, which are the one source of the rules:
 *
 *     node scripts/token-marks.ts > marks && mv marks src/core/scan/tokens/token-marks.ts
 *
 * A test holds the committed file to it.
 */
import { pathToFileURL } from 'node:url'
import { TOKEN_GROUPS } from '../src/core/scan/tokens/token-groups.ts'
import { markOf, type TokenMark } from '../src/core/scan/tokens/token-mark.ts'

/** The marks of all rules, by group. */
export async function tokenMarks(): Promise<Readonly<Record<string, readonly TokenMark[]>>> {
  const groups = Object.entries(TOKEN_GROUPS).map(async ([name, load]) => [name, (await load()).map(markOf)] as const)
  return Object.fromEntries(await Promise.all(groups))
}

/** One line a rule. JSON, because the engine reads a text of it at once in a third of the time that it takes for as many objects. */
async function source(): Promise<string> {
  const groups = Object.entries(await tokenMarks()).map(
    ([name, marks]) => `"${name}": [\n${marks.map((mark) => JSON.stringify(mark)).join(',\n')}\n]`,
  )
  const text = groups.join(',\n').replaceAll('`', '\\u0060').replaceAll('${', '\\u0024{')
  return `import type { TokenGroupName } from './token-groups.ts'
import type { TokenMark } from './token-mark.ts'

/** What the search needs of the vendors' tables. Written by scripts/token-marks.ts: change the tables, not this file. */
export const TOKEN_MARKS: Readonly<Record<TokenGroupName, readonly TokenMark[]>> = JSON.parse(String.raw\`{
${text}
}\`)
`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(await source())
