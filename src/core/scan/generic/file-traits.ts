/** How values are written in a file: `code` quotes them; in `config` and `shell` they may stand bare; `markup` has elements; `docs` is prose. */
export type Syntax = 'code' | 'config' | 'shell' | 'markup' | 'docs' | 'unknown'

/** A file whose lines are credentials by its format. */
export type CredentialFile = 'netrc' | 'pgpass' | 'htpasswd'

/** What a file's name says about what stands in it. */
export interface FileTraits {
  readonly syntax: Syntax
  /** JSON: a bare value is a number or a word of the language. */
  readonly json: boolean
  readonly credentialFile: CredentialFile | null
  /** Tests, fixtures and examples: what stands there is more often made up. */
  readonly test: boolean
  readonly example: boolean
  readonly minified: boolean
  /** Lock files, source maps, translations and pictures: their values are never somebody's secret. */
  readonly silent: boolean
}

const CODE = words(
  'js mjs cjs jsx ts mts cts tsx vue svelte py pyw pyi rb rake go rs java kt kts scala groovy gradle cs vb fs c h cc cpp cxx hpp m mm',
  'swift php php3 php4 php5 phtml inc pl pm lua dart ex exs erl hrl clj cljs hs ml mli r jl nim zig d pas asm s sol cr coffee el lisp scm',
  'asp aspx cshtml jsp ejs erb haml jade pug as v sv vhd tcl ahk applescript matlab proto thrift graphql gql sql psql pgsql mysql plsql',
  'ipynb template cls bas frm ino pde feature',
)
const CONFIG = words(
  'yml yaml json jsonc json5 toml ini cfg conf config cnf properties props env envrc tf tfvars tfstate hcl plist desktop service',
  'npmrc pypirc yarnrc editorconfig credentials secrets secret prefs settings reg rdp ovpn pcf lst dist sample dump ldif eml har',
)
const SHELL = words(
  'sh bash zsh ksh csh fish bat cmd ps1 psm1 psd1 dockerfile mk makefile command history bash_history zsh_history profile bashrc zshrc',
)
const MARKUP = words(
  'xml html htm xhtml xsd xsl xslt svg xaml csproj vbproj pom wsdl resx nuspec jelly storyboard xib jmx',
)
const DOCS = words('md markdown rst adoc asciidoc txt text mdx org tex pod rdoc textile wiki 1 2 3 5 7 8 log')
const SILENT = words(
  'map lock po pot mo arb strings resx xlf xliff lproj snap svg sum ics css scss sass less patch rej asc pub crt cer csr',
)

const LOCK_NAMES = words(
  'package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml composer.lock poetry.lock go.sum cargo.lock gemfile.lock',
  'packages.lock.json deno.lock bun.lock uv.lock podfile.lock pipfile.lock mix.lock flake.lock',
)
const TRANSLATION_PARTS = words(
  'locale locales i18n l10n lang langs language languages translation translations messages nls',
)
const TRANSLATION_NAME =
  /^(?:messages|strings|labels|translations?|locale|language)(?:[._-][a-z]{2}(?:[_-][a-z]{2})?)?\.(?:json|ya?ml|properties|xml|php|js|ts)$/
/** Of what stands between the dots, dashes and underscores of a name. */
const TEST_WORDS = words('test tests testing spec specs testdata fixture fixtures mock mocks e2e testutil testutils')
const TEST_NAME = /(?:^test|tests?$|spec$|mock$|fixture)/
const EXAMPLE_WORDS = words(
  'example examples sample samples demo demos doc docs tutorial tutorials template templates dist dummy sandbox quickstart',
)
const BETWEEN_WORDS = /[._-]/
const CREDENTIAL_NAME: ReadonlyMap<string, CredentialFile> = new Map([
  ['.netrc', 'netrc'],
  ['_netrc', 'netrc'],
  ['netrc', 'netrc'],
  ['.pgpass', 'pgpass'],
  ['pgpass.conf', 'pgpass'],
  ['.htpasswd', 'htpasswd'],
  ['htpasswd', 'htpasswd'],
])

/** Reads the traits off a path with '/' separators. Never throws. */
export function traitsOf(path: string): FileTraits {
  const parts = path.toLowerCase().split('/')
  const name = parts.at(-1)!
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const folders = parts.slice(0, -1)
  const stem = name.replace(/\..*$/, '')
  // Not expressions: each has to be compiled before it says that an ordinary path is ordinary, and a hook does that at every commit.
  const inPath = parts.flatMap((part) => part.split(BETWEEN_WORDS))
  return {
    syntax: syntaxOf(name, extension),
    json: extension === 'json' || extension === 'ipynb' || extension === 'jsonc' || extension === 'tfstate',
    credentialFile: CREDENTIAL_NAME.get(name) ?? null,
    test:
      inPath.some((word) => TEST_WORDS.has(word)) ||
      TEST_NAME.test(stem) ||
      /(?:Test|Tests|Spec|IT)\.[a-z]+$/.test(path),
    example: inPath.some((word) => EXAMPLE_WORDS.has(word)),
    minified: /[.-]min\.|[.-]bundle\.|\.chunk\./.test(name),
    silent:
      SILENT.has(extension) ||
      LOCK_NAMES.has(name) ||
      TRANSLATION_NAME.test(name) ||
      folders.some((part) => TRANSLATION_PARTS.has(part)),
  }
}

function syntaxOf(name: string, extension: string): Syntax {
  if (/^\.?env(?:\.|$)|\.env(?:\.|$)/.test(name)) return 'config'
  if (/^(?:dockerfile|containerfile|makefile|jenkinsfile|vagrantfile|procfile)/.test(name))
    return name.startsWith('jenkins') || name.startsWith('vagrant') ? 'code' : 'shell'
  if (DOCS.has(extension))
    return /^(?:requirements|credentials?|passwords?|secrets?|config|settings)/.test(name) ? 'config' : 'docs'
  if (CONFIG.has(extension)) return 'config'
  if (CODE.has(extension)) return 'code'
  if (SHELL.has(extension)) return 'shell'
  if (MARKUP.has(extension)) return 'markup'
  return 'unknown'
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(' ').split(' '))
}
