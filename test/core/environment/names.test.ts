import { describe, expect, it } from 'vitest'
import { judgeName, type NameVerdict } from '../../../src/core/environment/names.ts'

/** What a job is told, what a process is told, and the names they are told it of. */
const TABLE: readonly (readonly [job: NameVerdict, process: NameVerdict, names: string])[] = [
  ['ok', 'ok', 'API_KEY DATABASE_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN STRIPE_SECRET_KEY _ x9'],
  [
    'ok',
    'ok',
    'NODE_ENV NODE_AUTH_TOKEN NPM_TOKEN PYTHONUNBUFFERED JAVA_HOME RUBY_ENV PGPASSWORD PGHOST HOST PORT USER',
  ],
  ['ok', 'ok', 'DOCKER_PASSWORD DOCKER_USERNAME SSH_PRIVATE_KEY KUBE_TOKEN GITLAB_TOKEN TZ LANG CARGO_REGISTRY_TOKEN'],
  // A word that is denied, within a longer one.
  [
    'ok',
    'ok',
    'MY_PATH PATHS PATH_PREFIX APP_ENV ENVIRONMENT HOMEPAGE SHELL_COLOR LDAP_URL DIGIT_KEY CI_TOKEN XGITHUB_SHA',
  ],
  ['ok', 'ok', 'MY_NODE_OPTIONS NODE_OPTIONS_EXTRA GITHUBTOKEN SOPSY RUNNERS ACTIONSTEP NO_PROXY_HERE ERL_XFLAGS'],

  // Code in every process of a kind.
  ['denied', 'denied', 'LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES NODE_PATH PYTHONPATH PYTHONSTARTUP'],
  [
    'denied',
    'denied',
    'PERL5OPT PERL5LIB RUBYOPT RUBYLIB JAVA_TOOL_OPTIONS _JAVA_OPTIONS CLASSPATH DOTNET_STARTUP_HOOKS',
  ],
  [
    'denied',
    'denied',
    'BASH_ENV ENV SHELLOPTS BASHOPTS PS4 PROMPT_COMMAND IFS ZDOTDIR BASH_FUNC_ls LUA_INIT LUA_INIT_5_4',
  ],
  // Another program, folder or configuration than the one that was meant.
  ['denied', 'denied', 'PATH PATHEXT COMSPEC HOME USERPROFILE SHELL TMPDIR EDITOR PAGER BROWSER XDG_CONFIG_HOME'],
  [
    'denied',
    'denied',
    'GIT_SSH_COMMAND GIT_DIR GIT_CONFIG_COUNT GIT_ RSYNC_RSH SVN_SSH SUDO_ASKPASS MAKEFLAGS RUSTC_WRAPPER',
  ],
  [
    'denied',
    'denied',
    'npm_config_registry npm_config_script_shell yarn_config_x PIP_INDEX_URL GOPROXY CARGO_HOME BUNDLE_GEMFILE',
  ],
  ['denied', 'denied', 'DOCKER_HOST KUBECONFIG AWS_CONFIG_FILE CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER'],
  // Traffic through another machine, or past a certificate.
  ['denied', 'denied', 'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY NODE_TLS_REJECT_UNAUTHORIZED NODE_EXTRA_CA_CERTS'],
  ['denied', 'denied', 'SSL_CERT_FILE REQUESTS_CA_BUNDLE SSLKEYLOGFILE OPENSSL_CONF'],
  // Trusted by other steps, and not overridden by the runner.
  [
    'denied',
    'denied',
    'GITHUB_TOKEN GITHUB_SECRET GITHUB_REPOSITORY_DEPLOY_KEY GITHUB_EVENT_SECRET GITHUB_REF_X GITHUB_',
  ],
  ['denied', 'denied', 'RUNNER_DEBUG RUNNER_TRACKING_ID RUNNER_FOO ACTIONS_RUNTIME_TOKEN ACTIONS_STEP_DEBUG CI'],
  ['denied', 'denied', 'ACTIONS_ALLOW_UNSECURE_COMMANDS ACTIONS_ID_TOKEN_REQUEST_URL'],
  ['denied', 'denied', 'SEALWARD_KEY SECRETS_MASTER_KEY SOPS_AGE_KEY SOPS_AGE_KEY_CMD'],

  // Refused or set again by the runner, so nothing can allow them in a job.
  [
    'runner',
    'denied',
    'NODE_OPTIONS GITHUB_ACTIONS GITHUB_SHA GITHUB_REF GITHUB_REF_NAME GITHUB_REPOSITORY GITHUB_ENV',
  ],
  [
    'runner',
    'denied',
    'GITHUB_PATH GITHUB_OUTPUT GITHUB_STATE GITHUB_STEP_SUMMARY GITHUB_EVENT_PATH GITHUB_EVENT_NAME',
  ],
  [
    'runner',
    'denied',
    'GITHUB_WORKSPACE GITHUB_API_URL GITHUB_SERVER_URL GITHUB_RUN_ID GITHUB_ACTOR GITHUB_WORKFLOW_SHA',
  ],
  [
    'runner',
    'denied',
    'RUNNER_OS RUNNER_ARCH RUNNER_NAME RUNNER_TEMP RUNNER_TOOL_CACHE RUNNER_WORKSPACE RUNNER_ENVIRONMENT',
  ],
]

describe('a name that is about to enter an environment', () => {
  it.each(TABLE)('is %s in a job and %s in a process: %s', (job, process, names) => {
    const verdicts = names.split(' ').map((name) => [name, judgeName(name, 'job'), judgeName(name, 'process')])
    expect(verdicts).toEqual(names.split(' ').map((name) => [name, job, process]))
  })

  it('is judged alike in any letter case, because on Windows it is the same name', () => {
    const spellings = (name: string) => [name.toLowerCase(), name.toUpperCase(), name[0]!.toLowerCase() + name.slice(1)]
    for (const [job, process, names] of TABLE)
      for (const name of names.split(' ').flatMap(spellings))
        expect([name, judgeName(name, 'job'), judgeName(name, 'process')]).toEqual([name, job, process])
  })

  it('is judged in linear time', () => {
    const start = performance.now()
    for (const name of ['CARGO_TARGET_', 'BASH_FUNC_', 'LUA_INIT', 'npm_config_'])
      judgeName(`${name}${'_RUNNE'.repeat(100_000)}`, 'job')
    expect(performance.now() - start).toBeLessThan(500)
  })
})
