import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Prints the size of each entry of dist/ with the chunks it loads at start, and of what it may load later. */
export function benchSizes(): void {
  const entries = readdirSync('dist').filter((file) => file.endsWith('.js'))
  console.log('\nbytes of JavaScript, as built')
  console.table(
    entries.map((entry) => {
      const atStart = closure(entry)
      const text = atStart.map(read).join('')
      return { entry, files: atStart.length, bytes: text.length, gzip: gzipSync(text).length }
    }),
  )
}

function closure(entry: string): string[] {
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, target] of read(file).matchAll(/(?:from|import)"(\.[^"]+)"/g))
      visit(posix.join(dirname(file), target!))
  }
  visit(entry)
  return [...seen]
}

function read(file: string): string {
  return readFileSync(join('dist', file), 'utf8')
}
