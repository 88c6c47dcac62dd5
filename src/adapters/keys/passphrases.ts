import { SealwardError } from '../../core/errors.ts'
import { Secret } from '../../core/secret.ts'
import type { Passphrases } from '../../tasks/world.ts'
import { readCommand } from './command.ts'
import { readKeyFile } from './file.ts'

/** Asks the person at the terminal for a line that is not shown. @returns null where there is no terminal, or nothing was said */
export type AskHidden = (question: string) => Promise<string | null>

export interface PassphraseSearch {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly ask?: AskHidden
}

/**
 * Where passphrases come from: the file that SEALWARD_KEY_PASSPHRASE_FILE names, else what the command of SEALWARD_KEY_PASSPHRASE_CMD
 * prints, else the person at the terminal. There is no variable with the passphrase itself: it would be beside the key that it protects.
 */
export function openPassphrases(search: PassphraseSearch): Passphrases {
  const { ask } = search
  return {
    async ask(what, attempt) {
      const stored = await storedPassphrase(search)
      if (stored !== null) return attempt === 0 ? stored : null
      const again = attempt === 0 ? '' : 'that was wrong; '
      return secretOf((await ask?.(`${again}passphrase of ${what}: `)) ?? null)
    },
    async invent(what) {
      const stored = await storedPassphrase(search)
      if (stored !== null) return stored
      const said = secretOf((await ask?.(`new passphrase of ${what}: `)) ?? null)
      if (said === null)
        throw new SealwardError('usage', 'there is no passphrase', {
          hint: 'type one at a terminal, or name a file that holds it: SEALWARD_KEY_PASSPHRASE_FILE',
        })
      if ((await ask?.('the same again: ')) === said.reveal()) return said
      throw new SealwardError('usage', 'the two passphrases differ; nothing was changed')
    },
  }
}

/** @returns null where nothing says it; throws SealwardError where something should and does not */
async function storedPassphrase({ env, platform }: PassphraseSearch): Promise<Secret | null> {
  const { SEALWARD_KEY_PASSPHRASE_FILE: file, SEALWARD_KEY_PASSPHRASE_CMD: command } = env
  if (file) {
    const found = await readKeyFile(file, platform)
    const named = 'the file that SEALWARD_KEY_PASSPHRASE_FILE names'
    if ('error' in found) throw new SealwardError('not-found', `${named} cannot be read (${found.error})`)
    return stored(found.text, named)
  }
  if (!command) return null
  const { text, warning } = await readCommand({ command, env })
  if (warning !== undefined) throw new SealwardError('not-found', `SEALWARD_KEY_PASSPHRASE_CMD: ${warning}`)
  return stored(text, 'the command of SEALWARD_KEY_PASSPHRASE_CMD')
}

/** One line end at its end is no part of it. */
function stored(text: string, from: string): Secret {
  const passphrase = secretOf(text.replace(/\r?\n$/, ''))
  if (passphrase !== null) return passphrase
  throw new SealwardError('not-found', `${from} gives no passphrase`)
}

function secretOf(text: string | null): Secret | null {
  return text === null || text === '' ? null : new Secret(text)
}
