import type { Family, HostileCase } from '../case.ts'
import { COMMANDS, LINES, shown } from '../commands.ts'

/** Brackets make a glob; these have a range that runs backwards, or a control character. */
const FAULTY_GLOBS = COMMANDS.filter((command) => /\[(?:set-\w+ |2J)/.test(command))

/** Commands in every place of a file, and of its path, that somebody else writes. */
export const INJECTIONS: Family = {
  title: 'a workflow command',
  cases: [
    ...COMMANDS.map(inMissingPath),
    ...COMMANDS.filter((_, index) => index % 2 === 0).map(inBrokenPath),
    ...LINES.map((line) => inBrokenPath(line.replaceAll('/', '_'))),
    ...COMMANDS.filter((_, index) => index % 2 === 1).map(inSoundPath),
    ...LINES.map((line) => inSoundPath(line.replaceAll('/', '_'))),
    ...COMMANDS.map(inName),
    ...[...COMMANDS, ...LINES].map(inValue),
    ...COMMANDS.filter((_, index) => index % 2 === 1).map(inComment),
    ...COMMANDS.filter((_, index) => index % 3 === 0).map(inPlainText),
    inAllPlaces(),
  ],
}

function inMissingPath(command: string): HostileCase {
  return {
    name: `as the path of a file that is not there: ${shown(command)}`,
    build: () => undefined,
    inputs: { files: command },
    expected: FAULTY_GLOBS.includes(command) ? 'usage' : 'not-found',
    platform: 'posix',
  }
}

/** A glob finds it, as nobody would write such a path into a workflow. */
function inBrokenPath(command: string): HostileCase {
  return {
    name: `as the path of a broken file: ${shown(command)}`,
    build: (folder) => {
      folder.write(`A=${folder.secret()}\nsops_version=3.13.0\n`, `${command}.encrypted`)
      return undefined
    },
    inputs: { files: '*.encrypted' },
    expected: 'malformed',
    platform: 'posix',
  }
}

/** Its path is in the last line that the step prints, and in the job's summary. */
function inSoundPath(command: string): HostileCase {
  return {
    name: `as the path of a sound file: ${shown(command)}`,
    build: async (folder) => {
      const B = folder.secret()
      await folder.seal({ B }, { file: `${command}.encrypted` })
      return { B }
    },
    inputs: { files: '*.encrypted' },
    expected: 'taken',
    platform: 'posix',
  }
}

/** Names are in plain text and bound to their values, so that one who can encrypt can choose any. */
function inName(command: string): HostileCase {
  return {
    name: `as the name of a variable: ${shown(command)}`,
    build: async (folder) => {
      await folder.forge([
        { name: 'A', value: folder.secret() },
        { name: command, value: folder.secret() },
      ])
      return undefined
    },
    // A name that begins with # makes its line a comment, and the MAC lacks a value.
    expected: command.startsWith('#') ? 'mac-mismatch' : 'name-invalid',
  }
}

function inValue(command: string): HostileCase {
  return {
    name: `as a value: ${shown(command)}`,
    build: async (folder) => {
      const variables = { A: command, B: `${folder.secret()}\n${command}\n$(touch canary)\`touch canary\`` }
      await folder.forge(Object.entries(variables).map(([name, value]) => ({ name, value })))
      return variables
    },
    expected: 'taken',
  }
}

function inComment(command: string): HostileCase {
  return {
    name: `as a comment above a broken value: ${shown(command)}`,
    build: async (folder) => {
      await folder.sealTwo()
      folder.edit((text) => `#${command}\n# ${command}\n${text.replace('A=ENC[', `#${command}\nA=ENC{`)}`)
      return undefined
    },
    expected: command.includes('\r') ? 'not-representable' : 'plaintext-value',
  }
}

/** An error must not quote the value that it is about. */
function inPlainText(command: string): HostileCase {
  return {
    name: `as a plain value among sealed ones: ${shown(command)}`,
    build: async (folder) => {
      await folder.sealTwo()
      folder.edit((text) => text.replace(/^B=.*$/m, `B=${command}${folder.secret()}`))
      return undefined
    },
    expected: 'plaintext-value',
  }
}

function inAllPlaces(): HostileCase {
  const rows = COMMANDS.map((command, index) => ({ name: `A${index}`, value: command }))
  return {
    name: 'in every comment and value of a sound file, at once',
    build: async (folder) => {
      await folder.forge(rows.flatMap((row) => [`#${row.value.replaceAll('\r', '')}`, row]))
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
    },
    expected: 'taken',
  }
}
