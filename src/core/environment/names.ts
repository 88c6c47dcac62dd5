/**
 * Names that a decrypted file must not set in a process without being asked: whoever can write to the repository can encrypt
 * to a public recipient, so a valid file is not a trusted one. Each entry turns a variable into code that runs, or into
 * another program, home or repository than the one that was meant.
 */
const DENIED: readonly RegExp[] = [
  /^NODE_OPTIONS$/i, // --require: code in every Node process
  /^NODE_(?:PATH|REPL_EXTERNAL_MODULE|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|CHANNEL_.*)$/i,
  /^(?:LD|DYLD)_/i, // a library in every process
  /^PATH$/i,
  /^PATHEXT$|^COMSPEC$|^SYSTEMROOT$|^WINDIR$/i,
  /^(?:BASH_ENV|ENV|BASHOPTS|SHELLOPTS|BASH_FUNC_.*|IFS|PS4|PROMPT_COMMAND|CDPATH|GLOBIGNORE|ZDOTDIR)$/i,
  /^(?:HOME|SHELL|USERPROFILE|XDG_CONFIG_HOME|TMPDIR|TEMP|TMP)$/i,
  /^GIT_/i, // GIT_SSH_COMMAND, GIT_EXTERNAL_DIFF, ...
  /^(?:EDITOR|VISUAL|PAGER|BROWSER|LESSOPEN|LESSCLOSE)$/i,
  /^PYTHON(?:PATH|STARTUP|HOME|INSPECT|BREAKPOINT|WARNINGS|USERBASE)$/i,
  /^PERL5?(?:OPT|LIB|DB)$/i,
  /^RUBY(?:OPT|LIB)$/i,
  /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|CLASSPATH|MAVEN_OPTS|GRADLE_OPTS)$/i,
  /^(?:npm|yarn|pnpm)_config_/i, // script-shell, registry, ...
  /^(?:PIP_(?:INDEX_URL|EXTRA_INDEX_URL|CONFIG_FILE|TRUSTED_HOST)|RUSTC(?:_WORKSPACE)?_WRAPPER|CARGO_HOME|RUSTFLAGS)$/i,
  /^(?:GOFLAGS|GOPROXY|GOSUMDB|GONOSUMDB|GOTOOLCHAIN|DOTNET_STARTUP_HOOKS|PHPRC|PHP_INI_SCAN_DIR|COMPOSER_HOME)$/i,
  /^(?:CORECLR|COR)_(?:ENABLE_PROFILING|PROFILER)/i,
  /^(?:GCONV_PATH|LOCPATH|HOSTALIASES|RESOLV_HOST_CONF|NIS_PATH|MALLOC_TRACE|GLIBC_TUNABLES|OPENSSL_CONF|OPENSSL_ENGINES|SSLKEYLOGFILE)$/i,
  /^(?:HTTPS?|ALL|NO|FTP)_PROXY$/i, // traffic through somebody else's machine
  /^(?:SSL_CERT_FILE|SSL_CERT_DIR|CURL_HOME|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE)$/i,
  /^(?:DOCKER_HOST|DOCKER_CONFIG|KUBECONFIG|SSH_AUTH_SOCK|SSH_ASKPASS)$/i,
]

/** Not overridden by the runner, and trusted by steps and by other actions. */
const DENIED_NAMESPACES = /^(?:GITHUB|RUNNER|ACTIONS|SEALWARD|SOPS)_|^(?:CI|SECRETS_MASTER_KEY)$/i

/** What the runner sets again at every step, or refuses: setting it has no effect, so it can only be a mistake or an attack. */
const RUNNER_OWNED: readonly RegExp[] = [
  /^NODE_OPTIONS$/i,
  /^RUNNER_/i,
  /^GITHUB_(?:ACTION|ACTOR|ARTIFACTS|EVENT_|REF|REPOSITORY|RUN_|WORKFLOW)/i,
  /^GITHUB_(?:API_URL|BASE_REF|ENV|GRAPHQL_URL|HEAD_REF|JOB|OUTPUT|PATH|RETENTION_DAYS|SERVER_URL|SHA|STATE|STEP_SUMMARY|TRIGGERING_ACTOR|WORKSPACE)$/i,
]

/** `denied` may be allowed by name. `runner` may not: the runner overrides or refuses it. */
export type NameVerdict = 'ok' | 'denied' | 'runner'

/**
 * Judges the name of a variable that is about to enter an environment: that of a job's later steps, or that of one
 * process. Letter case does not matter, because on Windows it does not.
 */
export function judgeName(name: string, target: 'job' | 'process'): NameVerdict {
  if (target === 'job' && RUNNER_OWNED.some((pattern) => pattern.test(name))) return 'runner'
  return DENIED_NAMESPACES.test(name) || DENIED.some((pattern) => pattern.test(name)) ? 'denied' : 'ok'
}
