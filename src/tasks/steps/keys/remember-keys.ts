import { parseIdentities } from '../../../core/age/identity.ts'
import type { KeyPlace, Keys, KeyText } from '../../world.ts'

export interface RememberedKeys {
  readonly keys: Keys
  /** Everything that was read so far and may be a key: it has to be hidden, because a key from a file or a command is known to nobody. */
  secrets(): string[]
  /** Whether any place holds any text. Reads no further than the first that does. */
  any(): Promise<boolean>
}

/** Key places that keep what was read from them, and are read once: a command that prints a key may ask a person for it. */
export function rememberKeys(keys: Keys): RememberedKeys {
  const texts: string[] = []
  const remember = (place: KeyPlace): KeyPlace => {
    let found: Promise<KeyText | null> | undefined
    return {
      name: place.name,
      async read() {
        found ??= place.read().then((text) => {
          if (text !== null) texts.push(text.text)
          return text
        })
        return found
      },
    }
  }
  const places = keys.places().map(remember)
  return {
    keys: { places: () => places },
    secrets: () => texts.flatMap(secretsIn),
    async any() {
      for (const place of places) {
        const found = await place.read()
        if (found !== null && (found.text.trim() !== '' || found.warning !== undefined)) return true
      }
      return false
    },
  }
}

/** Each identity, as a log may show it alone, and each line that may be a key of another kind. */
function secretsIn(text: string): string[] {
  const identities = parseIdentities(text).identities.map(({ secret }) => secret.reveal())
  return [...identities, ...text.split(/\r?\n/).filter((line) => !line.startsWith('#'))]
}
