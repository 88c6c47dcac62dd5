/**
 * Names that a decrypted file must not set in a process without being asked: whoever can write to the repository can encrypt
 * to a public recipient, so a valid file is not a trusted one. Each entry turns a variable into code that runs, or into
 * another program, home or repository than the one that was meant. A star stands for anything.
 */
const DENIED: readonly string[] = [
  'NODE_OPTIONS', // --require: code in every Node process
  'NODE_PATH NODE_REPL_EXTERNAL_MODULE NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED NODE_CHANNEL_*',
  'LD_* DYLD_*', // a library in every process
  'PATH',
  'PATHEXT COMSPEC SYSTEMROOT WINDIR',
  'BASH_ENV ENV BASHOPTS SHELLOPTS BASH_FUNC_* IFS PS4 PROMPT_COMMAND CDPATH GLOBIGNORE ZDOTDIR',
  'HOME SHELL USERPROFILE XDG_CONFIG_HOME TMPDIR TEMP TMP',
  'GIT_*', // GIT_SSH_COMMAND, GIT_EXTERNAL_DIFF, ...
  'EDITOR VISUAL PAGER BROWSER LESSOPEN LESSCLOSE',
  'PYTHONPATH PYTHONSTARTUP PYTHONHOME PYTHONINSPECT PYTHONBREAKPOINT PYTHONWARNINGS PYTHONUSERBASE',
  'PERLOPT PERLLIB PERLDB PERL5OPT PERL5LIB PERL5DB',
  'RUBYOPT RUBYLIB',
  'JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH MAVEN_OPTS GRADLE_OPTS',
  'NPM_CONFIG_* YARN_CONFIG_* PNPM_CONFIG_*', // script-shell, registry, ...
  'PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE PIP_TRUSTED_HOST',
  'RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER CARGO_HOME RUSTFLAGS',
  'GOFLAGS GOPROXY GOSUMDB GONOSUMDB GOTOOLCHAIN DOTNET_STARTUP_HOOKS PHPRC PHP_INI_SCAN_DIR COMPOSER_HOME',
  'CORECLR_ENABLE_PROFILING* CORECLR_PROFILER* COR_ENABLE_PROFILING* COR_PROFILER*',
  'BUNDLE_GEMFILE GEM_HOME GEM_PATH LUA_INIT* R_PROFILE R_PROFILE_USER ERL_FLAGS ERL_AFLAGS ERL_ZFLAGS PSMODULEPATH',
  'MAKEFLAGS GCC_EXEC_PREFIX CARGO_BUILD_RUSTC* CARGO_TARGET_*_RUNNER CARGO_TARGET_*_LINKER YARN_RC_FILENAME YARN_YARN_PATH',
  'RSYNC_RSH SVN_SSH CVS_RSH HGRCPATH SUDO_ASKPASS MANPAGER', // a program that another one starts
  'AWS_CONFIG_FILE TF_CLI_CONFIG_FILE ANSIBLE_CONFIG', // a file that names programs to start
  'GCONV_PATH LOCPATH HOSTALIASES RESOLV_HOST_CONF NIS_PATH MALLOC_TRACE GLIBC_TUNABLES OPENSSL_CONF OPENSSL_ENGINES SSLKEYLOGFILE',
  'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY FTP_PROXY', // traffic through somebody else's machine
  'SSL_CERT_FILE SSL_CERT_DIR CURL_HOME CURL_CA_BUNDLE REQUESTS_CA_BUNDLE',
  'MAVEN_ARGS GRADLE_USER_HOME BUN_OPTIONS RUSTC RUSTUP_TOOLCHAIN GOENV UV_INDEX_URL PIP_FIND_LINKS',
  'OPENSSL_MODULES BASH_LOADABLES_PATH NODE_COMPILE_CACHE DOTNET_ADDITIONAL_DEPS AWS_SHARED_CREDENTIALS_FILE',
  'TF_CLI_ARGS* TF_CLI_CONFIG_FILE*',
  'INPUT_* STATE_*', // what actions take for their own inputs and state
  'DOCKER_HOST DOCKER_CONFIG KUBECONFIG SSH_AUTH_SOCK SSH_ASKPASS',
  // Not overridden by the runner, and trusted by steps and by other actions.
  'GITHUB_* RUNNER_* ACTIONS_* SEALWARD_* SOPS_* CI SECRETS_MASTER_KEY',
]

/** What stands before a star and behind it. */
interface Pattern {
  readonly start: string
  readonly end: string
}

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
  const upper = name.toUpperCase()
  if (target === 'job' && RUNNER_OWNED.has(upper)) return 'runner'
  return isDenied(upper) ? 'denied' : 'ok'
}

/** No expressions: thirty of them take longer to compile than all else that is done about names. */
let compiled: { readonly names: ReadonlySet<string>; readonly patterns: readonly Pattern[] } | undefined

function compile(): { names: ReadonlySet<string>; patterns: readonly Pattern[] } {
  const words = DENIED.flatMap((line) => line.split(' '))
  const patterns = words.flatMap((word): Pattern[] => {
    const star = word.indexOf('*')
    return star < 0 ? [] : [{ start: word.slice(0, star), end: word.slice(star + 1) }]
  })
  return { names: new Set(words), patterns }
}

/** @param name in upper case */
function isDenied(name: string): boolean {
  compiled ??= compile()
  if (compiled.names.has(name)) return true
  for (const { start, end } of compiled.patterns)
    if (name.startsWith(start) && name.endsWith(end) && name.length >= start.length + end.length) return true
  return false
}
