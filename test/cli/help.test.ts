import { beforeAll, describe, expect, it, vi } from 'vitest'
import { CATALOGUE } from '../../src/cli/catalogue.ts'
import { type Command, type Group, verbOf } from '../../src/cli/command.ts'
import { commandHelp, generalHelp, groupHelp } from '../../src/cli/help.ts'

let entries: readonly (Command | Group)[]
let commands: readonly Command[]
beforeAll(async () => {
  // The build puts it in.
  vi.stubGlobal('SEALWARD_VERSION', '0.0.0')
  entries = await Promise.all(CATALOGUE.map((entry) => entry.load()))
  commands = entries.flatMap((entry) => ('verbs' in entry ? entry.verbs : [entry]))
})

describe('the help', () => {
  it('has no line of more than 80 characters', () => {
    const groups = entries.filter((entry) => 'verbs' in entry)
    const pages = [generalHelp(CATALOGUE), ...groups.map(groupHelp), ...commands.map(commandHelp)]
    const long = pages.flatMap((page) => page.split('\n')).filter((line) => line.length > 80)
    expect(long).toEqual([])
  })

  it('says each word of what a flag is for, and goes on in its column', () => {
    const words = 'one two three four five six seven eight nine ten eleven twelve'
    const page = commandHelp({
      ...{ name: 'x', synopsis: '', summary: 'Does it.', args: { min: 0, max: 0 }, run: async () => 0 },
      flags: [
        { name: 'long', short: 'l', value: 'VALUE', repeat: true, help: words },
        { name: 'a-name-that-reaches-into-the-column', help: 'y' },
      ],
    })
    expect(page).toBe(`usage: sealward x [FLAGS]

  Does it.

flags:
  -l, --long VALUE ...          one two three four five six seven eight nine ten
                                eleven twelve
      --a-name-that-reaches-into-the-column
                                y
  -h, --help                    show this help
`)
  })
})

describe('the commands of a group', () => {
  it('have its name before theirs, and are one word each', () => {
    const wrong = entries.flatMap((entry) =>
      'verbs' in entry ? entry.verbs.filter((verb) => verb.name !== `${entry.name} ${verbOf(verb)}`) : [],
    )
    expect(wrong).toEqual([])
  })

  it('agree on which flags take a value: the first word that is none can be told before the command is known', () => {
    const groups = entries.filter((entry) => 'verbs' in entry)
    for (const { verbs } of groups) {
      const flags = verbs.flatMap((verb) => verb.flags)
      for (const { name, short, value } of flags)
        for (const other of flags)
          if (other.name === name || (short !== undefined && other.short === short))
            expect([name, other.name, other.value === undefined]).toEqual([name, name, value === undefined])
    }
  })
})
