import { C, CSHARP, GO, GROOVY, JAVA, KOTLIN, RUST, SCALA, SWIFT } from './compiled.ts'
import {
  COMPOSE,
  DOTENV,
  INI,
  JSON_FILE,
  KUBERNETES,
  PROPERTIES,
  TERRAFORM,
  TFVARS,
  TOML,
  WORKFLOW,
  YAML,
} from './configuration.ts'
import {
  ARMOUR,
  DOCKER_CONFIG,
  DOCKERFILE,
  HTTP_FILE,
  KUBECONFIG,
  LOGIN_FILE,
  MAKEFILE,
  NETRC,
  NPMRC,
  PYPIRC,
  SCHEMA,
} from './credential-files.ts'
import type { Dialect } from './dialect.ts'
import { HISTORY, HTML, LOG, MARKDOWN, NGINX, NOTEBOOK, RST, SQL, XML } from './documents.ts'
import { GETTEXT, LOCK_FILE, MINIFIED, SOURCE_MAP, TRANSLATION } from './generated.ts'
import { LUA, PERL, POWERSHELL, PYTHON, RUBY, SHELL } from './scripting.ts'
import { DART, JAVASCRIPT, PHP, TYPESCRIPT } from './web.ts'

/** Every kind of file, with the number of files of it in each half. */
export const DIALECTS: readonly (readonly [dialect: Dialect, files: number])[] = [
  ...[JAVASCRIPT, TYPESCRIPT, PYTHON, JAVA, GO, PHP, SHELL, YAML, DOTENV, JSON_FILE].map(
    (dialect) => [dialect, 5] as const,
  ),
  ...[RUBY, CSHARP, KOTLIN, C, PROPERTIES, XML, SQL, INI, TERRAFORM, WORKFLOW, MARKDOWN].map(
    (dialect) => [dialect, 4] as const,
  ),
  ...[RUST, SWIFT, SCALA, GROOVY, DART, PERL, LUA, POWERSHELL].map((dialect) => [dialect, 3] as const),
  ...[TOML, COMPOSE, KUBERNETES, TFVARS, LOG, HISTORY, NOTEBOOK, HTML, NGINX, ARMOUR, DOCKERFILE, DOCKER_CONFIG].map(
    (dialect) => [dialect, 3] as const,
  ),
  ...[LOGIN_FILE, MAKEFILE, HTTP_FILE, KUBECONFIG, SCHEMA].map((dialect) => [dialect, 2] as const),
  ...[NPMRC, NETRC, PYPIRC, RST, LOCK_FILE, SOURCE_MAP, MINIFIED, TRANSLATION, GETTEXT].map(
    (dialect) => [dialect, 2] as const,
  ),
]
