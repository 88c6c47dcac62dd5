import { parse } from 'smol-toml'

/** Reads TOML 1.0. What it throws quotes the text: never pass it on. */
export function parseToml(text: string): unknown {
  return parse(text)
}
