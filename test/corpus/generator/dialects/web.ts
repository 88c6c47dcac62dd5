// biome-ignore-all format: tables of templates are read better filled
import type { Dialect } from './dialect.ts'

export const JAVASCRIPT: Dialect = {
  id: 'javascript',
  traits: ['bytes'],
  paths: ['src/%t/%w.js', 'lib/%t.js', 'test/%t.test.js', 'server/%w.mjs'],
  opening: ["'use strict'", "const %t = require('./%t')", ''],
  closing: ['', 'module.exports = { %t }'],
  indents: ['', '  ', '    '],
  comment: '// %c',
  styles: ['camel', 'camel', 'camel', 'upper'],
  quotes: ["'", "'", '"', '`'],
  escape: 'backslash',
  sites: [
    'const %n = %v;', 'let %n = %v', '%t.%n = %v;', '%n: %v,', 'this.%n = %v;', "%t.set('%n', %v);",
    'if (%n === %v) return true;', "process.env.%E = %v;", '%f({ user: "%u", %n: %v });',
  ],
  hiddenSites: ['const { %n = %v } = options;', '%n:\n  %v,', 'options.%n ||= %v;'],
  entries: ["'%k': %v,", "headers.append('%k', %v);", '%t.defaults.headers["%k"] = %v;'],
  calls: [
    "%t.connect('%h', '%u', %v);", 'const %w = %f(\n  "%h",\n  "%u",\n  %v,\n);', 'await page.type("#login", %v);',
    "client.login('%u@%D', %v)", 'const ok = await bcrypt.compare(%v, row.hash);',
    'function open(user, password = %v) {',
  ],
  expressions: [
    'process.env.%E', 'config.%n', 'await %fSecret()', 'req.body.%n', "document.getElementById('%t').value",
    'crypto.randomBytes(32).toString("hex")', 'options.%n || null', '`${prefix}${%w}`', "''", 'undefined',
    '%w.%n ?? settings.%n', 'generateToken(user.id)', 'JSON.parse(raw).%n', 'event.target.value',
    "await prompt('Enter your password:')", 'jwt.sign({ id: user.id }, %w)', "localStorage.getItem('%n')",
    'process.argv[2]', "$('#%t-field').val()", "t('login.%n')", "form.get('%n')", "headers['x-%t-token']",
  ],
  mentions: [
    'function reset%N(user, %n) {', 'if (%n.length < 8) errors.push(%t);', 'const hashed = await hash(%n, rounds);',
    'export class %NService extends BaseService {', "import { %f%N } from '../%t/%n';",
    'if (%n !== confirm%N) return false;', 'logger.info("%n changed for", user.id);',
    "router.post('/%t/%n', validate, %f%N);", 'delete user.%n;', "console.error('Wrong %n, try again');",
    "throw new AuthError('%n mismatch for ' + user);", "errors.push({ field: '%n', message: 'is too short' });",
    "headers: { Authorization: 'Bearer ' + %n },", "expect(screen.getByLabelText('%n')).toBeVisible();",
    "const { %n, ...rest } = req.body;",
  ],
  filler: [
    'const %w = %t.map((item) => item.name);', 'return %t.length > %d;', "app.get('/%t', %f);",
    'for (const row of %t) total += row.amount;', '}', "console.log('%c');", 'const limit = %d;',
    'if (!%w) return null;',
  ],
  block: { opening: 'const %n = `', indent: '', closing: '`;' },
}

export const TYPESCRIPT: Dialect = {
  ...JAVASCRIPT,
  id: 'typescript',
  paths: ['src/%t/%w.ts', 'src/%t/%t.service.ts', 'e2e/%w.spec.ts', 'libs/%t/src/%w.ts'],
  opening: ["import { %W } from './%w'", ''],
  closing: [''],
  styles: ['camel', 'camel', 'upper', 'snake'],
  sites: [
    'const %n: string = %v', 'private readonly %n = %v;', '%n: %v,', 'export const %n = %v', 'static %n: string = %v;',
    'this.%t.%n = %v', '%f(%n as string, { %n: %v })', "expect(%n).toBe(%v)",
  ],
  hiddenSites: ['const %n = <const>%v', '@Input() %n = %v;'],
  calls: [
    "await %t.signIn('%u@%D', %v)", 'new %TClient({ host: "%h" }, "%u", %v)', 'cy.get("#pw").type(%v)',
    "vi.mocked(%f).mockReturnValue(%v)", "constructor(private host: string, private pw: string = %v) {",
  ],
  mentions: [
    '%n: string', '%n?: string | null', 'interface %NOptions { readonly %n: string }',
    'type %N = { %n: string; expires: Date }', 'export async function %f%N(%n: string): Promise<void> {',
    '@IsString() %n!: string;', "import type { %N } from '../%t.ts'", "%n: new FormControl('', [Validators.required]),",
    'enum %NState { Active, Revoked, Expired }',
  ],
  filler: [
    'const %w: number = %d', 'return this.%t.find((item) => item.id === id)',
    'export type %W = { id: string; name: string }', '}', "describe('%c', () => {", 'readonly %w: Date',
    'await this.%t.%f(%w)',
  ],
}

export const PHP: Dialect = {
  id: 'php',
  paths: ['app/%T/%WController.php', 'config/%t.php', 'public/wp-config.php', 'src/%T.php'],
  opening: ['<?php', '', 'namespace App\\%T;', ''],
  closing: [''],
  indents: ['', '    '],
  comment: '// %c',
  styles: ['snake', 'camel', 'upper'],
  quotes: ["'", "'", '"'],
  escape: 'backslash',
  sites: [
    '$%n = %v;', "'%n' => %v,", "define('%E', %v);", '$this->%n = %v;', "$config['%t']['%n'] = %v;", 'const %E = %v;',
    'private $%n = %v;', "putenv('%E=' . %v);",
  ],
  hiddenSites: ['public string $%n = %v;', "$_SESSION['%n'] = %v;"],
  entries: ["'%k' => %v,", '$request->setHeader("%k", %v);'],
  calls: [
    "$db = new mysqli('%h', '%u', %v, '%t');", 'new PDO($dsn, "%u", %v);', "mysql_connect('%h', '%u', %v) or die();",
    'ftp_login($conn, "%u", %v);', 'function login($user, $pw = %v) {',
  ],
  expressions: [
    "getenv('%E')", "env('%E')", "$_POST['%n']", '$this->%f()', '$row->%n', "null", "''", 'Hash::make($%w)',
    "$request->input('%n')", 'bin2hex(random_bytes(16))', 'config("%t.%n")', "filter_input(INPUT_POST, '%n')",
    "$_SERVER['HTTP_X_%E']", "__('passwords.%w')", '"{$%w}-{$%t}"',
  ],
  mentions: [
    'public function set%N($%n) {', "'%n' => 'required|string|min:8|confirmed',", 'if (!password_verify($%n, $hash)) {',
    'use App\\Models\\%N;', "$table->string('%n', 100)->nullable();", "protected $hidden = ['%n', 'remember_me'];",
    'unset($user->%n);', '* @param string $%n',
  ],
  filler: [
    '$%w = count($%t);', 'return view("%t.index");', 'foreach ($%t as $item) {', '}', "echo '%c';",
    "Route::get('/%t', [%TController::class, 'index']);", '$limit = %d;',
  ],
  block: { opening: '$%n = <<<EOT', indent: '', closing: 'EOT;' },
}

export const DART: Dialect = {
  id: 'dart',
  paths: ['lib/%t/%w.dart', 'lib/services/%t_service.dart', 'test/%t_test.dart'],
  opening: ["import 'package:%t/%w.dart';", ''],
  indents: ['', '  '],
  comment: '// %c',
  styles: ['camel', 'camel', 'snake'],
  quotes: ["'", '"'],
  escape: 'backslash',
  sites: [
    'final %n = %v;', 'const String %n = %v;', '%n: %v,', 'static const %n = %v;', "'%n': %v,", 'String? %n = %v;',
    'var %n = %v;',
  ],
  hiddenSites: ['late final String %n = %v;'],
  entries: ["'%k': %v,", "request.headers['%k'] = %v;"],
  calls: [
    "await auth.signIn(email: '%u@%D', secret: %v);", "client.connect('%u', %v);",
    'await tester.enterText(find.byType(TextField), %v);',
  ],
  expressions: [
    "Platform.environment['%E']", '%t.%n', 'await storage.read()', "dotenv.env['%E']!", 'null', "''",
    '_controller.text', 'widget.%n', "String.fromEnvironment('%E')", "'$%w-$%t'",
  ],
  mentions: [
    'final String %n;', 'required this.%n,', 'String? validate%N(String? %n) {',
    'class %NPage extends StatefulWidget {', 'if (%n.isEmpty) return null;', "import '%n_screen.dart';",
    "labelText: 'Password',",
  ],
  filler: [
    'final %w = %t.length;', 'return Text("%c");', '}', '@override', 'setState(() => _%w = %d);', 'await %t.%f();',
  ],
  block: { opening: "const %n = '''", indent: '', closing: "''';" },
}
