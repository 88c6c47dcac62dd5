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
  /^(?:BUNDLE_GEMFILE|GEM_(?:HOME|PATH)|LUA_INIT.*|R_PROFILE(?:_USER)?|ERL_[AZ]?FLAGS|PSMODULEPATH)$/i,
  /^(?:MAKEFLAGS|GCC_EXEC_PREFIX|CARGO_BUILD_RUSTC.*|CARGO_TARGET_.*_(?:RUNNER|LINKER)|YARN_(?:RC_FILENAME|YARN_PATH))$/i,
  /^(?:RSYNC_RSH|SVN_SSH|CVS_RSH|HGRCPATH|SUDO_ASKPASS|MANPAGER)$/i, // a program that another one starts
  /^(?:AWS_CONFIG_FILE|TF_CLI_CONFIG_FILE|ANSIBLE_CONFIG)$/i, // a file that names programs to start
  /^(?:GCONV_PATH|LOCPATH|HOSTALIASES|RESOLV_HOST_CONF|NIS_PATH|MALLOC_TRACE|GLIBC_TUNABLES|OPENSSL_CONF|OPENSSL_ENGINES|SSLKEYLOGFILE)$/i,
  /^(?:HTTPS?|ALL|NO|FTP)_PROXY$/i, // traffic through somebody else's machine
  /^(?:SSL_CERT_FILE|SSL_CERT_DIR|CURL_HOME|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE)$/i,
  /^(?:MAVEN_ARGS|GRADLE_USER_HOME|BUN_OPTIONS|RUSTC|RUSTUP_TOOLCHAIN|GOENV|UV_INDEX_URL|PIP_FIND_LINKS)$/i,
  /^(?:OPENSSL_MODULES|BASH_LOADABLES_PATH|NODE_COMPILE_CACHE|DOTNET_ADDITIONAL_DEPS|AWS_SHARED_CREDENTIALS_FILE|AWS_CONFIG_FILE)$/i,
  /^(?:TF_CLI_ARGS|TF_CLI_CONFIG_FILE)/i,
  /^(?:INPUT|STATE)_/i, // what actions take for their own inputs and state
  /^(?:DOCKER_HOST|DOCKER_CONFIG|KUBECONFIG|SSH_AUTH_SOCK|SSH_ASKPASS)$/i,
]

/** Not overridden by the runner, and trusted by steps and by other actions. */
const DENIED_NAMESPACES = /^(?:GITHUB|RUNNER|ACTIONS|SEALWARD|SOPS)_|^(?:CI|SECRETS_MASTER_KEY)$/i

/** Entries of the `github` context that the runner sets again at every step. Their neighbours, such as GITHUB_TOKEN, it leaves. */
const GITHUB_CONTEXT =
  'action action_path action_ref action_repository actions actor actor_id api_url artifacts artifacts_list base_ref env ' +
  'event_name event_path graphql_url head_ref job output path ref ref_name ref_protected ref_type repository repository_id ' +
  'repository_owner repository_owner_id retention_days run_attempt run_id run_number server_url sha state step_summary ' +
  'triggering_actor workflow workflow_ref workflow_sha workspace'

/** The same of the `runner` context. `debug` is not here: it is only there, and so only set again, under step debug. */
const RUNNER_CONTEXT = 'arch environment name os temp tool_cache workspace'

/** What the runner overrides or, NODE_OPTIONS, refuses: setting it has no effect, so it can only be a mistake or an attack. */
const RUNNER_OWNED: ReadonlySet<string> = new Set([
  'NODE_OPTIONS',
  ...GITHUB_CONTEXT.split(' ').map((name) => `GITHUB_${name.toUpperCase()}`),
  ...RUNNER_CONTEXT.split(' ').map((name) => `RUNNER_${name.toUpperCase()}`),
])

/** `denied` may be allowed by name. `runner` may not: the runner overrides or refuses it. */
export type NameVerdict = 'ok' | 'denied' | 'runner'

/**
 * Judges the name of a variable that is about to enter an environment: that of a job's later steps, or that of one
 * process. Letter case does not matter, because on Windows it does not.
 */
export function judgeName(name: string, target: 'job' | 'process'): NameVerdict {
  if (target === 'job' && RUNNER_OWNED.has(name.toUpperCase())) return 'runner'
  return DENIED_NAMESPACES.test(name) || DENIED.some((pattern) => pattern.test(name)) ? 'denied' : 'ok'
}
