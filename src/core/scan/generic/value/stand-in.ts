import { splitWords } from '../name/split-words.ts'

/** What a variable, a template or a reference looks like in the languages and tools that fill it in later. */
const TEMPLATES: readonly RegExp[] = [
  /\$\{|\$\(|\{\{|<%|#\{|%\{|\{%|\[%|@\{|\$\[\[|\(\(|<\?/,
  /%\([\w.]{1,40}\)|%[-+0-9.]{0,6}[sdvqxif](?![A-Za-z0-9])|%%?[A-Z_][A-Z0-9_]{1,60}%/,
  /^\{(?!noop\})[\w.:[\] -]{0,60}\}|[^\\]\{[a-z_][\w.]{0,40}\}|\{\d?\}/i,
  /^[$@%&:?!~][A-Za-z_][\w.:>-]{0,60}[@%]?$/,
  /^\$\$?[A-Za-z_]\w{0,60}(?:$|[/.:@[>-])/,
  /^<[^<>]{1,80}>$|<[A-Za-z][\w ./:|-]{1,60}>|^\[[A-Za-z][\w .:-]{0,60}\]$|^&lt;/,
  /^__[A-Za-z][\w.-]{0,60}__$|^@[\w.-]{1,60}@$|^![A-Za-z]|^\*[A-Za-z]\w*$/,
  /^(?:ENC|ENCRYPTED|DEC|SEC|SECURE|secret|vault|ref|env|file|ssm|op|keyring|gcp|aws|sops|arn|data|kms|keyvault|bws|doppler|awssm|gsm)(?:\[|\(|:\S)/i,
  /^\{(?:cipher|vault|aes|xor)\}/i,
  /^(?:process\.env|os\.environ|os\.getenv|getenv|System\.getenv|ENV\[|env\.|secrets?\.|vars?\.|local\.|data\.|module\.|self\.|this\.|config\.|settings\.|@Microsoft\.KeyVault)/,
]

/** Anywhere in a value, these say that somebody shall put something else there. */
const SAYS_SO =
  /example|placeholder|change[-_. ]?(?:me|this|it)|your[-_. ]|^your|replace[-_. ]?(?:me|this|with)|^replace|insert[-_. ]|[-_. ](?:here|goes)$|redacted|removed|masked|censored|^\*\*|\*\*$|obfuscated|not[-_. ]?(?:a[-_. ])?real|xxxx|\*\*\*|\.\.\.|\xe2\x80\xa6|_{4,}|-{5,}|foo-?bar|lorem|dummy|sample|to[-_. ]?be[-_. ]|fill[-_. ]?in|<[a-z]|todo|fixme|tbd|gibberish|whatever|blah|anonymous|^(?:some|any|my|the|our|a|an|new|old)[-_. ]/i

/** The same in other languages, as UTF-8 read byte by byte where they are not ASCII. */
const SAYS_SO_ABROAD =
  /^(?:votre|ton|mot[-_. ]de|ihr|dein|mein|meine|tu|su|mi|seu|sua|minha|tua|il[-_. ]tuo|jouw|uw|twoj|vash|moy)[-_. ]|beispiel|ejemplo|exemplo|exemple|esempio|voorbeeld|przyklad|primer|platzhalter|aendern|contrase|senha|clave|passwort|kennwort|wachtwoord|geheim|haslo|inserisci|remplacer|cambiar|\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb|\xe5\xaf\x86\xe7\xa0\x81|\xe5\xaf\x86\xe9\x92\xa5|\xe3\x83\x91\xe3\x82\xb9|\xe4\xbd\xa0\xe7\x9a\x84|\xeb\xb9\x84\xeb\xb0\x80/i

/** Words of which a value that only repeats its name, its type or its use is made. */
const ECHO = new Set(
  (
    'password passwords passwd pwd pass passphrase passcode passwort pw secret secrets key keys token tokens auth authorization authentication oauth credential credentials creds cred salt nonce seed ' +
    'api access private public client user users username admin root db database mysql postgres postgresql redis mongo mongodb ldap smtp mail email login account service server host app application web ftp ssh imap telnet http https ' +
    'my your the a an some any new old current confirm confirmation repeat test testing tests dummy fake mock demo default prod production dev development staging local value val string str text field input ' +
    'id name type hidden required optional invalid valid wrong incorrect correct bad good empty none null nil undefined unknown true false yes no on off bearer basic jwt header cookie session csrf refresh ' +
    'encryption encrypted plain hash hashed signing sign master shared super very strong weak long short random unique real here this that is of for and to be in with not only one two first second ' +
    'github gitlab aws azure google gcp slack stripe twilio npm docker registry key1 key2 label placeholder object number boolean array any void char var const config file path env environment bar foo baz qux ' +
    'files compat systemd strict allow deny manual auto prompt ask inherit enabled disabled validate both always never ignore keyring plaintext cleartext scram trust peer kerberos internal external automatic generate generated managed rotate include omit same origin numeric alphanumeric after before ' +
    'something anything nothing secure insecure security temp temporary sample example data info base raw hex'
  ).split(' '),
)

/** Whether a value made of such words says nothing. */
export function isEchoWord(word: string): boolean {
  return ECHO.has(word)
}

const WORDS_ONLY = /^[A-Za-z][A-Za-z_.\- :/]*$/

/** Why a value stands for another one, or `null`. `value` as it stands in the file, `name` the words of its name. */
export function standInReason(value: string, name: readonly string[]): string | null {
  if (TEMPLATES.some((pattern) => pattern.test(value))) return 'a template or a variable'
  if (SAYS_SO.test(value) || SAYS_SO_ABROAD.test(value)) return 'says that it stands for another value'
  if (isRepeated(value)) return 'one or two characters repeated'
  if (WORDS_ONLY.test(value) && isEcho(value, name)) return 'repeats what its name says'
  return null
}

function isEcho(value: string, name: readonly string[]): boolean {
  return splitWords(value).every((word) => ECHO.has(word) || name.includes(word) || word.length === 1)
}

/** `xxxxxxxx`, `0000-0000`, `abababab`. */
function isRepeated(value: string): boolean {
  const characters = value.replace(/[-_. :]/g, '')
  return new Set(characters).size <= (characters.length > 5 ? 2 : 1)
}

/** How much of a value is counting: `abcdef`, `123456`, `0123456789abcdef`. 0 to 1. */
export function sequenceShare(value: string): number {
  let steps = 0
  for (let at = 1; at < value.length; at += 1) {
    const step = value.charCodeAt(at) - value.charCodeAt(at - 1)
    if (step === 1 || step === 0 || step === -1) steps += 1
  }
  return steps / Math.max(1, value.length - 1)
}
