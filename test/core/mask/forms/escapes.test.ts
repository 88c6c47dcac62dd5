import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { config, patterns, patternsRare, properties } from '../../../../src/core/mask/forms/escapes/config.ts'
import { html, htmlRare } from '../../../../src/core/mask/forms/escapes/html.ts'
import { json, jsonTwice } from '../../../../src/core/mask/forms/escapes/json.ts'
import { literals } from '../../../../src/core/mask/forms/escapes/literals.ts'
import { shell, shellPattern } from '../../../../src/core/mask/forms/escapes/shell.ts'
import { url, urlRare, urlTwice } from '../../../../src/core/mask/forms/escapes/url.ts'
import type { Family } from '../../../../src/core/mask/forms/family.ts'
import { Text } from '../../../../src/core/mask/forms/text.ts'

const formsOf = (family: Family, text: string) => [text, ...family.forms(new Text(text))]
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
const inner = (quoted: string) => quoted.slice(1, -1)

/** What Node itself makes of any text. */
const NATIVE: readonly (readonly [name: string, family: Family, write: (text: string) => string])[] = [
  ['JSON.stringify', json, (one) => inner(JSON.stringify(one))],
  ['JSON.stringify, twice', jsonTwice, (one) => inner(inner(JSON.stringify(JSON.stringify(one)))).slice(1, -1)],
  ['encodeURIComponent', url, encodeURIComponent],
  ['encodeURI', url, encodeURI],
  ['URLSearchParams', url, (one) => new URLSearchParams({ '': one }).toString().slice(1)],
  ['escape()', urlRare, (one) => (globalThis as unknown as { escape(text: string): string }).escape(one)],
  ['encodeURIComponent, twice', urlTwice, (one) => encodeURIComponent(encodeURIComponent(one))],
]

describe('an escaped value is among its forms', () => {
  it.each(NATIVE)('%s', (name, family, write) => {
    fc.assert(
      fc.property(text, (drawn) => {
        fc.pre(name !== 'URLSearchParams' || !/[\r\n]/.test(drawn))
        expect(formsOf(family, drawn)).toContain(name.startsWith('JSON.stringify, twice') ? twice(drawn) : write(drawn))
      }),
    )
  })

  it.each([
    ['Python json.dumps', json, 'a"\\é🔑', 'a\\"\\\\\\u00e9\\ud83d\\udd11'],
    ['PHP json_encode', json, 'a/é', 'a\\/\\u00e9'],
    ['Go json.Marshal', json, '<a&b>', '\\u003ca\\u0026b\\u003e'],
    ['Gson', json, "a='b'", 'a\\u003d\\u0027b\\u0027'],
    ['System.Text.Json', json, `a"b+c'd\``, 'a\\u0022b\\u002Bc\\u0027d\\u0060'],
    ['Python repr', literals, `a'b"c\\d\n`, `a\\'b"c\\\\d\\n`],
    ['Python bytes', literals, 'aé\u0001', 'a\\xc3\\xa9\\x01'],
    ['Go %+q', literals, 'aé🔑', 'a\\u00e9\\U0001f511'],
    ['Rust', literals, 'a\u0001é', 'a\\u{1}é'],
    ['C', literals, 'aé', 'a\\303\\251'],
    ['bash declare -p', literals, 'a"$`\\', 'a\\"\\$\\`\\\\'],
    ['bash set -x', shell, "it's $5", "it'\\''s $5"],
    ['bash printf %q', shell, "it's $5, (x)", "it\\'s\\ \\$5\\,\\ \\(x\\)"],
    ["bash $'...'", shell, "it's\ttab", "it\\'s\\ttab"],
    ['dash export -p', shell, "it's", `it'"'"'s`],
    ['git', shell, "it's!", "it'\\''s'\\!'"],
    ['PowerShell', shell, 'a"$b`', 'a`"`$b``'],
    ['cmd', shell, 'a&b^c', 'a^&b^^c'],
    ['Python html.escape', html, `<a'b"&`, '&lt;a&#x27;b&quot;&amp;'],
    ['Go html.EscapeString', html, `<a'b"&`, '&lt;a&#39;b&#34;&amp;'],
    ['PHP htmlspecialchars', html, `<a'b"&`, '&lt;a&#039;b&quot;&amp;'],
    ['mustache', html, 'a/b=c`', 'a&#x2F;b&#x3D;c&#x60;'],
    ['Python quote', url, 'a/b c', 'a/b%20c'],
    ['Python quote_plus', url, 'a/b c~', 'a%2Fb+c~'],
    ['Go userinfo', url, 'a/b&c=d:e', 'a%2Fb&c=d%3Ae'],
    ['lower-case digits', urlRare, 'a/b', 'a%2fb'],
    ['SQL', config, "it's", "it''s"],
    ['CSV', config, 'a"b', 'a""b'],
    ['make', config, 'a$b', 'a$$b'],
    ['terraform', config, 'a"${b}', 'a\\"$${b}'],
    ['a workflow command', config, '50%', '50%25'],
    ['cat -v', config, 'aé\u0001', 'aM-CM-)^A'],
    ['Java properties', properties, 'a=b:cé', 'a\\=b\\:c\\u00E9'],
    ['Python re.escape', patterns, 'a-b.c d', 'a\\-b\\.c\\ d'],
    ['Perl quotemeta', patterns, 'a@b_c', 'a\\@b_c'],
    ['Python quopri', config, 'a=b\u0001', 'a=3Db=01'],
    ['Python quoteattr', htmlRare, 'a<\té', 'a&lt;&#9;é'],
    ['Python xmlcharrefreplace', htmlRare, 'a\u0001é', 'a\u0001&#233;'],
    ['Python backslashreplace', literals, 'a\\é\u0001', 'a\\\\xe9\u0001'],
    ["JavaScript's inspect", literals, 'aé\u001b\u200b\u0085', 'aé\\x1B\u200b\\x85'],
    ['jq @tsv', literals, 'a\\\t\u0001"', 'a\\\\\\t\u0001"'],
    ['PostgreSQL COPY', literals, 'a\v\u0001é', 'a\\v\u0001é'],
    ['Perl Dumper', literals, 'a$\u0001ё', 'a\\$\u0001\\x{451}'],
    ['bash set -x of [[ = ]]', shellPattern, 'aB3 é', '\\a\\B\\3\\ \\é'],
    ['bash set -x of [[ =~ ]]', patterns, 'a.b]c}', 'a\\.b]c}'],
    ['Tcl list', patternsRare, 'a{b;$c', 'a\\{b\\;\\$c'],
  ] as const)('%s', (_, family, value, form) => {
    expect(formsOf(family, value)).toContain(form)
  })

  it('is the value alone where there is nothing to escape', () => {
    for (const family of [json, jsonTwice, url, urlRare, html, shell, literals, properties])
      expect(new Set(formsOf(family, 'Abc123'))).toEqual(new Set(['Abc123']))
  })
})

function twice(drawn: string): string {
  return inner(JSON.stringify(inner(JSON.stringify(drawn))))
}

it.each([
  ['quotes that follow each other, of dash', shell, "a''b'", `a'"''"'b'"'"`],
  ['backslashes before a quote, of Windows', shell, 'a\\b\\\\"c', 'a\\b\\\\\\\\\\"c'],
  ['control characters that follow each other, of GNU', shell, "a\u0001\u001b'b\u007f", "a'$'\\001\\033'\\''b'$'\\177"],
  ['a control character in a line, of GNU', shell, 'a\tb', "a'$'\\t''b"],
  ['letters beyond ASCII where the locale is C, of GNU', shell, 'aéb', "a'$'\\303\\251''b"],
  ['a sign before a brace, of Ruby', literals, 'a#b#{c"', 'a#b\\#{c\\"'],
  ['a dollar before a brace, of JavaScript', literals, 'a$b${c`', 'a$b\\${c\\`'],
  ['a control character before a digit, of Perl', literals, 'a\u0001b\u00012', 'a\\1b\\0012'],
] as const)('a character is escaped for its neighbour: %s', (_, family, plain, printed) => {
  expect([...family.forms(new Text(plain))]).toContain(printed)
})

it.each([
  ['pass=~word:~1', 'pass=\\~word:\\~1'],
  ['pa&s=~word', 'pa\\&s=\\~word'],
])('%s has a tilde where a shell would expand it, and is hidden as bash prints it: %s', (plain, printed) => {
  expect([...shell.forms(new Text(plain))]).toContain(printed)
})
