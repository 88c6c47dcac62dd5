import type { Pipe } from '../../tasks/world.ts'
import { pump } from './pump.ts'

/** Standard input to standard output. */
export function openPipe(): Pipe {
  return {
    async through(filter) {
      // Ctrl-C goes to all of a pipeline. What the command says on its way out has to come through, so it is the one to end first.
      if (!process.stdin.isTTY) process.on('SIGINT', ignore)
      try {
        await pump(process.stdin, filter, process.stdout)
      } finally {
        process.off('SIGINT', ignore)
      }
    },
  }
}

function ignore(): void {}
