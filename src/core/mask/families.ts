import { letterCase, letterCaseRare, rot13 } from './forms/changes/case.ts'
import { runs } from './forms/changes/runs.ts'
import { unicode } from './forms/changes/unicode.ts'
import { compounds } from './forms/compounds.ts'
import { base64, base64Quoted, base64Twice } from './forms/encodings/base64.ts'
import { base32, rareBases } from './forms/encodings/bases.ts'
import {
  base64Lines,
  base64Tiles,
  base64TwiceLines,
  hexLines,
  hexTiles,
  longBase64Tiles,
} from './forms/encodings/columns.ts'
import { hex, hexBytes, hexDumps } from './forms/encodings/hex.ts'
import { letters, numbers, rareNumbers, spacedLines, utf16 } from './forms/encodings/numbers.ts'
import { config, patterns, patternsRare, properties } from './forms/escapes/config.ts'
import { html, htmlRare } from './forms/escapes/html.ts'
import { json, jsonTwice } from './forms/escapes/json.ts'
import { literals } from './forms/escapes/literals.ts'
import { shell, shellPattern } from './forms/escapes/shell.ts'
import { url, urlRare, urlTwice, urlTwiceRare } from './forms/escapes/url.ts'
import type { Family } from './forms/family.ts'

/** What ordinary programs print on ordinary days, the likeliest first. */
export const LIKELY: readonly Family[] = [
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
]

/** What is left, in an order of likelihood and of cost. */
export const RARE: readonly Family[] = [
  config,
  shellPattern,
  urlTwice,
  urlRare,
  utf16,
  compounds,
  hexLines,
  numbers,
  hexBytes,
  base32,
  letters,
  unicode,
  properties,
  base64Quoted,
  patterns,
  letterCaseRare,
  base64Tiles,
  patternsRare,
  htmlRare,
  urlTwiceRare,
  hexTiles,
  rareBases,
  rot13,
  hexDumps,
  rareNumbers,
  spacedLines,
  base64TwiceLines,
  longBase64Tiles,
]
