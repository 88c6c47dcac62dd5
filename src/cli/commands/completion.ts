import { SealwardError } from '../../core/errors.ts'
import { CATALOGUE } from '../catalogue.ts'
import type { Command } from '../command.ts'
import { COMPLETIONS, isShell } from '../completion.ts'

export const completion: Command = {
  name: 'completion',
  synopsis: 'bash|zsh|fish',
  summary: 'Prints a completion script.',
  details: `
bash:  sealward completion bash \\
         > ~/.local/share/bash-completion/completions/sealward
zsh:   sealward completion zsh > "\${fpath[1]}/_sealward"
fish:  sealward completion fish > ~/.config/fish/completions/sealward.fish`,
  flags: [],
  args: { min: 1, max: 1 },
  async run({ args, world }) {
    const shell = args[0]!
    if (!isShell(shell)) throw new SealwardError('usage', 'there are completions for bash, zsh and fish')
    world.terminal.print(COMPLETIONS[shell](await Promise.all(CATALOGUE.map((entry) => entry.load()))))
    return 0
  },
}
