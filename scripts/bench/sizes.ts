import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Prints the size of each program of dist/, and of the libraries that some of them load when they need them. */
export function benchSizes(): void {
  const programs = readdirSync('dist').filter((file) => file.endsWith('.js'))
  const libraries = readdirSync(join('dist', 'lib')).map((file) => join('lib', file))
  console.log('\nbytes of JavaScript, as built')
  console.table(
    [...programs, ...libraries].map((file) => {
      const text = readFileSync(join('dist', file))
      return { file, bytes: text.length, gzip: gzipSync(text).length }
    }),
  )
}
