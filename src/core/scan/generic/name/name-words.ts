/** After a word like `password`, these make it something about a secret and not the secret. */
export const DEFUSING_ENDS = lexicon(
  'id ids uid guid uuid name names username user users url urls uri uris endpoint host path paths file files filename filepath dir directory folder',
  'location field fields label labels placeholder policy policies length len size min max minimum maximum count hint hints type types kind regex regexp pattern',
  'format input inputs box textbox prompt message messages msg text title description desc help tooltip error errors err warning valid invalid validation validator rule rules',
  'required requirement requirements strength expiry expires expire expiration expired ttl age timeout lifetime duration interval date time timestamp created updated at',
  'enabled disabled enable disable allowed supported visible hidden show hide toggle button btn link page view form screen dialog modal template templates tpl',
  'class classes style css icon color selector xpath element el node attr attribute attributes property prop props column columns col cols table row index idx',
  'provider providers service services manager mgr handler helper helpers factory builder store storage vault repository repo resolver generator function func fn method callback',
  'event events action actions listener reset change changed forgot forget recovery recover update request response status state flag mode algorithm algo alg cipher',
  'encoding version schema scheme prefix suffix separator delimiter code codes press down up bindings binding map mapping pair pairs word words ring chain board pad stroke',
  'limit limits usage bucket space scope scopes issuer audience audiences domain parameter param params option options config configuration settings setting ref reference arn',
  'env var variable getter setter interface model entity dto exception test tests list array set collection match matches mismatch confirmed protected required label question',
  'source kms topic server address port role group groups grant review reviews authority authorities frame cache header headers realm alias aliases fingerprint thumbprint digest',
  'etag commit checksum hasher hashing encryption encoder encryptor decoder parser tokenizer lexer stream count budget counts balance supply symbol decimals contract owner usages ops operations rotation',
  'holder less wordless phrase_hint blacklist whitelist reader writer client logger less size entry entries item items signature sig bits iterations rounds cost equals length sha sha1 sha256 md sum',
)

/** What may follow and leaves the name what it was. */
export const NEUTRAL_ENDS = lexicon(
  'base spec value val str string default prod production dev development test testing staging stage local live b64 base64 hex raw plain plaintext clear old new current confirm',
  'confirmation confirmed repeat again verify admin root main env master backup primary secondary bytes data literal content first second sandbox public',
)

/** Before it: the thing is for everybody, or belongs to a data structure. */
export const DEFUSING_STARTS = lexicon('public pub placeholder label forgot forgotten reset')

/** Before it: a name of a test or of a message, where the value has to speak for itself. */
export const DOUBTFUL_STARTS = lexicon(
  'csrf xsrf should must wrong bad invalid incorrect fake dummy mock example sample missing no not is has show hide check validate expected hashed encrypted random',
)

/** What makes of a `key` or a `token` a secret. */
export const KEY_QUALIFIERS = lexicon(
  'api access secret private auth authentication authorization encryption encrypt encode decryption signing sign master account shared service admin server aes des rsa hmac crypto cipher',
  'storage license subscription webhook bot oauth app application client consumer user session bearer jwt refresh personal security deploy deployment github gitlab slack npm',
  'aws azure gcp google firebase stripe twilio sendgrid mailgun sentry datadog heroku cloudflare digitalocean telegram discord facebook twitter dropbox algolia mapbox',
  'ssh pgp gpg wallet mnemonic merchant payment pay shopify database db redis vault consul rest integration sas ssl tls partner site developer dev prod instrumentation sdk push ftp rpc x',
)

/** What makes of a `key` or a `token` a thing of data structures, parsers or pages. */
export const TOKEN_DEFUSERS = lexicon(
  'primary foreign partition sort cache hot map idempotency idempotent continuation cancellation cancel next page pagination translation i18n lookup index dict object unique composite natural surrogate',
  'group parent child storage_key sort_key query react row column table field property attribute header cookie event registry symbol syntax lexer parser',
  'start end stop separator eof comment design css theme color json xml yaml arrow enter escape esc tab shift ctrl control alt meta modifier function shortcut keyboard press up down left right',
  'host known verification verify verifying recaptcha captcha site publishable search pub routing route ordering dedup deduplication message group_key label menu answer music word locale lang language',
  'hash hashed start starting ending first last prev previous any all each no text string number char special pad unk mask bos eos sep cls sync resume delta jump foreign constraint issue jira project order metric metrics feature flag',
)

function lexicon(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(' ').split(' '))
}
