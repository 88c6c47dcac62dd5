import { parseIdentities } from '../../core/age/identity.ts'
import type { KeyPlace, Keys } from '../world.ts'

/** Key places that keep what was read from them, so that it can be hidden: a key from a file or a command is not known to anybody. */
export function rememberKeys(keys: Keys): { keys: Keys; secrets: () => string[] } {
  const texts: string[] = []
  const remember = (place: KeyPlace): KeyPlace => ({
    name: place.name,
    async read() {
      const found = await place.read()
      if (found !== null) texts.push(found.text)
      return found
    },
  })
  return { keys: { places: () => keys.places().map(remember) }, secrets: () => texts.flatMap(secretsIn) }
}

/** Each identity, as a log may show it alone, and each line that may be a key of another kind. */
function secretsIn(text: string): string[] {
  const identities = parseIdentities(text).identities.map(({ secret }) => secret.reveal())
  return [...identities, ...text.split(/\r?\n/).filter((line) => !line.startsWith('#'))]
}
