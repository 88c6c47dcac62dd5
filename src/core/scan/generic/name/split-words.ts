/** Words that are often written together with what stands before them: `dbpassword`, `apikey`, `authtoken`. */
const GLUED: readonly string[] = [
  'passphrase',
  'password',
  'passwort',
  'passwords',
  'passwd',
  'passwrd',
  'passcode',
  'pwd',
  'pass',
  'secrets',
  'secret',
  'tokens',
  'token',
  'keys',
  'key',
  'credentials',
  'creds',
  'auth',
  'salt',
  'nonce',
  'senha',
]

/** Words that only end like one of those. */
const WHOLE = new Set(
  (
    'bypass compass encompass surpass trespass overpass underpass multipass renderpass subpass monkey turkey donkey hockey jockey whiskey mickey disney hotkey keyboard passkey ' +
    'basalt cobalt asphalt announce pronounce hash keypass keepass sshpass lastpass onepass oauth noauth unauth preauth reauth'
  ).split(' '),
)

/**
 * The words of a name in lower case: `dbPassword2`, `DB_PASSWORD_2` and `db-password.2` are `db`, `password`, `2`.
 */
export function splitWords(name: string): string[] {
  const words: string[] = []
  for (const piece of name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\x80-\xff]+|[0-9]+/g) ?? [])
    words.push(...unglue(piece.toLowerCase()))
  return words
}

function unglue(word: string): string[] {
  if (WHOLE.has(word)) return [word]
  const end = GLUED.find((glued) => word.length > glued.length && word.endsWith(glued))
  return end === undefined ? [word] : [...unglue(word.slice(0, -end.length)), end]
}
