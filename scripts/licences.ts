import { readdirSync, readFileSync } from 'node:fs'
import type { Metafile } from 'esbuild'

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i

/** The licences of every package that was bundled, by name: they ask to be passed on with the code. */
export function licencesOf(metafiles: readonly Metafile[]): string {
  const packages = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageFolder)))
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
      const texts = readdirSync(folder)
        .filter((file) => LICENCE_FILE.test(file))
        .sort()
      const body = texts.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim()).join('\n\n')
      return `${name} ${version} (${license})\n\n${body}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function packageFolder(input: string): string[] {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
  return match === null ? [] : [match[1]!]
}
