import { letterCase, letterCaseRare } from './forms/changes/case.ts'
import { runs } from './forms/changes/runs.ts'
import { unicode } from './forms/changes/unicode.ts'
import { compounds } from './forms/compounds.ts'
import { base64, base64Quoted, base64Twice } from './forms/encodings/base64.ts'
import { base32, rareBases } from './forms/encodings/bases.ts'
import { base64Lines, base64Tiles, hexLines, hexTiles, longBase64Tiles } from './forms/encodings/columns.ts'
import { hex, hexBytes } from './forms/encodings/hex.ts'
import { letters, numbers, utf16 } from './forms/encodings/numbers.ts'
import { config, properties } from './forms/escapes/config.ts'
import { html, htmlRare } from './forms/escapes/html.ts'
import { json, jsonTwice } from './forms/escapes/json.ts'
import { literals } from './forms/escapes/literals.ts'
import { shell } from './forms/escapes/shell.ts'
import { url, urlRare, urlTwice } from './forms/escapes/url.ts'
import type { Family } from './forms/family.ts'

/** Every family, the likeliest first: where a budget ends, it ends for all secrets at the same place. */
export const FAMILIES: readonly Family[] = [
  base64,
  json,
  url,
  shell,
  html,
  literals,
  base64Lines,
  hex,
  jsonTwice,
  runs,
  base64Twice,
  letterCase,
  config,
  urlRare,
  hexLines,
  base64Tiles,
  compounds,
  utf16,
  base32,
  properties,
  htmlRare,
  urlTwice,
  base64Quoted,
  unicode,
  letterCaseRare,
  numbers,
  hexTiles,
  hexBytes,
  letters,
  rareBases,
  longBase64Tiles,
]
