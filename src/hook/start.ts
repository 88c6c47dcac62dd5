#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { openCodeCache } from './code-cache.ts'

/**
 * dist/hook.js: runs the program of main.ts, which stands beside it. Not by `require`, which compiles it anew at every commit: that
 * takes longer than all that the program does.
 */
function start(folder: string, hook = ''): void {
  const file = join(folder, 'hook-program.js')
  const source = readProgram(file)
  // An empty name would be the working tree, whose files anybody may have written.
  const cache = openCodeCache({ gitFolder: process.env.GIT_DIR || '.git', hook, source })
  const cachedData = cache.read()
  const script = new Script(`(function (require, module, exports, __dirname) {${source.toString('latin1')}\n})`, {
    filename: file,
    ...(cachedData !== null && { cachedData }),
  })
  const learns = script.cachedDataRejected !== false || cache.isYoung()
  process.once('exit', (status) => {
    // Only now: what V8 has compiled until here, of functions that were called, is what the next run finds.
    if (learns) cache.write(script.createCachedData())
    // Everything is said, and the system takes back the memory sooner than V8 puts it in order.
    process.exit(status)
  })
  script.runInThisContext()(createRequire(file), { exports: {} }, {}, folder)
}

/** A commit that nobody looked at is refused, and says why. */
function readProgram(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    process.stderr.write('sealward: hook-program.js is missing beside hook.js: install the package again (npm ci)\n')
    process.exit(2)
  }
}

start(import.meta.dirname, process.argv[2])
