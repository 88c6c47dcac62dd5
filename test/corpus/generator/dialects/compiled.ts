// biome-ignore-all format: tables of templates are read better filled
import type { Dialect } from './dialect.ts'

export const GO: Dialect = {
  id: 'go',
  traits: ['bytes'],
  paths: ['internal/%t/%w.go', 'cmd/%t/main.go', 'pkg/%t/%t_test.go'],
  opening: ['package %t', '', 'import "fmt"', ''],
  indents: ['', '\t', '\t\t'],
  comment: '// %c',
  styles: ['camel', 'camel', 'pascal'],
  quotes: ['"', '"', '"', '`'],
  escape: 'backslash',
  sites: [
    '%n := %v', 'var %n = %v', 'const %n = %v', '%N: %v,', '%t.%N = %v', '"%n": %v,', 'os.Setenv("%E", %v)',
    'if %n != %v {', 'const %n string = %v',
  ],
  hiddenSites: ['flag.StringVar(&%n, "%w", %v, "%n of the server")', '%n, err := %f(%v)'],
  entries: ['"%k": %v,', 'req.Header.Set("%k", %v)', 'r.Header.Add("%k", %v)'],
  calls: [
    'db, err := Dial("%h", "%u", %v)', 'req.SetBasicAuth("%u", %v)', 'auth := smtp.PlainAuth("", "%u@%D", %v, "%h")',
    'ssh.Password(%v),', 'url.UserPassword("%u", %v)',
  ],
  expressions: [
    'os.Getenv("%E")', 'cfg.%N', 'viper.GetString("%t.%n")', '%f%N(ctx)', '""', 'string(secret.Data["%n"])', '*%nFlag',
    'fmt.Sprintf("%s-%s", %w, %t)', 'r.FormValue("%n")', 'nil', 'strings.TrimSpace(%w)',
    'flag.String("%n", "", "as given by the admin")', 'r.Header.Get("X-Auth-Token")', 'hex.EncodeToString(buf)',
    'c.MustGet("%n").(string)', 'os.LookupEnv("%E")',
  ],
  mentions: [
    '%N string `json:"%n,omitempty"`', 'func (s *Server) Reset%N(ctx context.Context, %n string) error {',
    'if len(%n) < 8 {', 'return nil, errors.New("%n is required")', '%n string',
    'var Err%NExpired = errors.New("%n expired")', 'log.Printf("%n rotated for %s", user)',
    'type %NProvider interface {', 'func hash%N(%n []byte) ([]byte, error) {',
  ],
  filler: [
    'for _, row := range %t {', '}', 'return nil, err', 'fmt.Println("%c")', '%w := len(%t)', 'defer %t.Close()',
    'if err != nil {', 'const limit = %d',
  ],
  block: { opening: 'const %n = `', indent: '', closing: '`' },
}

export const JAVA: Dialect = {
  id: 'java',
  traits: ['bytes'],
  paths: ['src/main/java/com/%t/%W.java', 'src/test/java/com/%t/%TTest.java', 'core/src/main/java/%t/%WConfig.java'],
  opening: ['package com.%t;', '', 'import java.util.List;', ''],
  closing: ['}'],
  indents: ['    ', '        '],
  comment: '// %c',
  styles: ['camel', 'camel', 'upper'],
  quotes: ['"'],
  escape: 'backslash',
  sites: [
    'String %n = %v;', 'private static final String %E = %v;', 'this.%n = %v;', '%t.set%N(%v);', 'props.put("%n", %v);',
    'public static final String %n = %v;', 'System.setProperty("%t.%n", %v);', '.%n(%v)', 'if (%n.equals(%v)) {',
    'map.put("%n", %v);',
  ],
  hiddenSites: ['@Value("${%t.%n:%r}")', 'final var %n = %v;'],
  entries: ['.header("%k", %v)', 'request.addHeader("%k", %v);', 'headers.set("%k", %v);'],
  calls: [
    'DriverManager.getConnection(url, "%u", %v);', '%t.connect(\n    "%u",\n    %v);',
    'new %TClient("%h", %d, "%u", %v);', 'new UsernamePasswordCredentials("%u", %v);',
    'session.login("%u", %v.toCharArray());', '.withUser("%u").password(%v).roles("USER");',
  ],
  expressions: [
    'System.getenv("%E")', 'config.get%N()', 'request.getParameter("%n")', 'null', '""', 'env.getProperty("%t.%n")',
    '%f%N(user)', 'new String(chars)', 'UUID.randomUUID().toString()', 'passwordEncoder.encode(%w)',
    'props.getProperty("%n")', 'scanner.nextLine()', 'request.getHeader("X-Auth-Token")',
    'Jwts.builder().setSubject(user).compact()', 'messages.get("login.%n")', 'Base64.getEncoder().encodeToString(%w)',
  ],
  mentions: [
    'private String %n;', 'public void set%N(String %n) {', 'public String get%N() { return %n; }',
    '@NotBlank @Size(min = 8) String %n,', 'import com.%t.security.%NEncoder;', '@Column(name = "%n", length = 60)',
    'throw new %NException("%n expired");', 'log.info("%n reset for {}", user);',
    '* @param %n the value typed by the user', 'private char[] %n;', '@JsonProperty("%n")',
    '@RequestParam("%n") String %n,', 'System.out.println("Wrong %n, try again");',
    'errors.rejectValue("%n", "%t.%n.short");', 'request.setHeader("Authorization", "Bearer " + %n);',
    'logger.debug("%n=" + mask(%n));',
  ],
  filler: [
    'for (%W row : %t) {', '}', 'return %t.size() > %d;', 'System.out.println("%c");', '@Override', 'int %w = %d;',
    'List<%W> %t = new ArrayList<>();', 'private final %TService %t;',
  ],
}

export const KOTLIN: Dialect = {
  ...JAVA,
  id: 'kotlin',
  paths: ['src/main/kotlin/%t/%W.kt', 'app/src/main/java/com/%t/%W.kt', 'src/test/kotlin/%TTest.kt'],
  opening: ['package com.%t', '', 'import kotlin.math.max', ''],
  sites: [
    'val %n = %v', 'const val %E = %v', 'var %n: String = %v', '%n = %v,', '"%n" to %v,', '%t.%n = %v',
    'buildConfigField("String", "%E", %v)',
  ],
  hiddenSites: ['private val %n by lazy { %v }', 'fun %f(%n: String = %v) {'],
  entries: ['"%k" to %v,', 'header("%k", %v)'],
  calls: [
    '%t.login("%u", %v)', 'connect(host = "%h", user = "%u", %v)', 'onView(withId(R.id.pw)).perform(typeText(%v))',
  ],
  expressions: [
    'System.getenv("%E")', 'BuildConfig.%E', 'prefs.getString("%n", null)', 'null', '""', '%t.%n',
    'intent.getStringExtra("%n")', '"$%w-${%t.id}"', 'savedState["%n"]', '%f%N()', 'binding.%n.text.toString()',
  ],
  mentions: [
    'val %n: String,', 'fun validate%N(%n: String): Boolean {', 'data class %NRequest(val %n: String)',
    'import com.%t.%NRepository', 'if (%n.isBlank()) return', '@SerializedName("%n") val %n: String?',
    'lateinit var %n: String',
  ],
  filler: [
    'for (row in %t) {', '}', 'return %t.size > %d', 'println("%c")', 'override fun %f() {', 'val %w = %t.first()',
  ],
  block: { opening: 'val %n = """', indent: '', closing: '""".trimIndent()' },
}

export const CSHARP: Dialect = {
  ...JAVA,
  id: 'csharp',
  paths: ['src/%T/%WService.cs', 'tests/%TTests.cs', '%T/Startup.cs'],
  opening: ['using System;', '', 'namespace %T;', ''],
  styles: ['camel', 'pascal', 'camel'],
  quotes: ['"', '"', '@"'],
  sites: [
    'var %n = %v;', 'private const string %N = %v;', '%N = %v,', 'string %n = %v;',
    'public string %N { get; set; } = %v;', '["%n"] = %v,', 'Environment.SetEnvironmentVariable("%E", %v);',
    'this.%n = %v;', '%f(%n: %v);',
  ],
  hiddenSites: ['{ "%n", %v },', 'static readonly string %N = %v;'],
  entries: ['request.Headers.Add("%k", %v);', '["%k"] = %v,'],
  calls: [
    'new NetworkCredential("%u", %v)', 'client.Login("%h", "%u", %v);', 'await userManager.CreateAsync(user, %v);',
    'smtp.Authenticate("%u", %v);',
  ],
  expressions: [
    'Environment.GetEnvironmentVariable("%E")', 'Configuration["%t:%n"]', 'null', 'string.Empty', '""',
    'options.Value.%N', 'await %F%NAsync()', '$"{%w}:{%t}"', 'Guid.NewGuid().ToString()', 'txt%N.Text',
    'ConfigurationManager.AppSettings["%n"]',
  ],
  mentions: [
    'public string %N { get; set; }', 'public async Task Reset%N(string %n)', '[Required, DataType(DataType.Password)]',
    'using %T.Security.%N;', 'if (string.IsNullOrEmpty(%n)) throw new ArgumentNullException(nameof(%n));',
    '/// <param name="%n">as typed by the user</param>', 'private readonly I%NProvider %n;',
    'Assert.False(result.%NExpired);',
  ],
  filler: [
    'foreach (var row in %t)', '{', '}', 'return %t.Count > %d;', 'Console.WriteLine("%c");', 'var %w = %t.First();',
    'services.AddScoped<I%TService, %TService>();',
  ],
}

export const RUST: Dialect = {
  id: 'rust',
  traits: ['bytes'],
  paths: ['src/%t/%w.rs', 'src/%t.rs', 'crates/%t/src/lib.rs', 'tests/%t.rs'],
  opening: ['use std::env;', 'use crate::%t::%W;', ''],
  indents: ['', '    ', '        '],
  comment: '// %c',
  styles: ['snake', 'snake', 'upper'],
  quotes: ['"', '"', 'b"'],
  escape: 'backslash',
  sites: [
    'let %n = %v;', 'const %E: &str = %v;', '%n: %v.to_string(),', 'let %n: &str = %v;', '.%n(%v)',
    'static %E: &str = %v;', 'env::set_var("%E", %v);', 'map.insert("%n", %v);',
  ],
  hiddenSites: ['let %n = env::var("%E").unwrap_or(%v.into());', 'assert_eq!(%t.%n, %v);'],
  entries: ['.header("%k", %v)', 'headers.insert("%k", HeaderValue::from_static(%v));'],
  calls: [
    'Client::connect("%h", "%u", %v).await?;', '.basic_auth("%u", Some(%v))',
    'Credentials::new("%u".into(), %v.into());',
  ],
  expressions: [
    'env::var("%E")?', 'config.%n.clone()', 'None', 'String::new()', '&self.%n', '%f_%n(&user)?',
    'format!("{}-{}", %w, %t)', 'args.%n', 'Uuid::new_v4().to_string()', 'rpassword::prompt_password()?', 'Some(%n)',
  ],
  mentions: [
    'pub %n: String,', 'pub fn verify_%n(%n: &str) -> Result<()> {', '%n: Option<String>,', 'use crate::auth::%N;',
    '#[serde(rename = "%n")]', 'return Err(Error::%NExpired);', 'if %n.len() < 8 {', 'impl fmt::Debug for %N {',
    '#[arg(long, env = "%E")]',
  ],
  filler: [
    'for row in &%t {', '}', 'let %w = %t.len();', 'println!("%c");', 'Ok(())', 'pub fn %f(&self) -> usize {',
    '#[derive(Debug, Clone)]', 'let limit = %d;',
  ],
  block: { opening: 'const %n: &str = r#"', indent: '', closing: '"#;' },
}

export const C: Dialect = {
  id: 'c',
  traits: ['bytes'],
  paths: ['src/%t.c', 'include/%t.h', 'firmware/%t/%w.c', 'src/%W.cpp'],
  opening: ['#include <stdio.h>', '#include "%t.h"', ''],
  indents: ['', '    '],
  comment: '/* %c */',
  styles: ['snake', 'upper', 'camel'],
  quotes: ['"'],
  escape: 'backslash',
  sites: [
    'const char *%n = %v;', '#define %E %v', 'char %n[] = %v;', '.%n = %v,', 'strcpy(%t.%n, %v);',
    'static const char %n[] = %v;', 'std::string %n = %v;',
  ],
  hiddenSites: ['if (strcmp(%n, %v) == 0) {', '#define WIFI_%E %v'],
  entries: ['{"%k", %v},', 'set_header(req, "%k", %v);'],
  calls: [
    'mysql_real_connect(conn, "%h", "%u", %v, "%t", 0, NULL, 0);', 'WiFi.begin("%w-net", %v);',
    'client.connect("%t", "%u", %v)', 'ldap_simple_bind_s(ld, "%u", %v);',
  ],
  expressions: [
    'getenv("%E")', 'NULL', 'argv[2]', '""', 'cfg->%n', '%f_%n(ctx)', 'get_setting("%n")', '{0}', 'strdup(%w)',
    'buffer + 4',
  ],
  mentions: [
    'char %n[64];', 'int check_%n(const char *%n);', 'const char *%n;', 'memset(%n, 0, sizeof(%n));',
    'if (strlen(%n) < 8) return -1;', '#include "%n.h"', 'fprintf(stderr, "bad %n for %s\\n", user);',
    '#define MAX_%E_LEN 64', 'free(%n);',
  ],
  filler: [
    'for (i = 0; i < %d; i++) {', '}', 'return 0;', 'printf("%c\\n");', 'int %w = %d;', 'struct %t *%w;',
    'static void %f(void);',
  ],
}

export const SWIFT: Dialect = {
  id: 'swift',
  paths: ['Sources/%T/%W.swift', 'ios/%T/%WView.swift', 'Tests/%TTests.swift'],
  opening: ['import Foundation', ''],
  closing: ['}'],
  indents: ['', '    '],
  comment: '// %c',
  styles: ['camel'],
  quotes: ['"'],
  escape: 'backslash',
  sites: [
    'let %n = %v', 'var %n: String = %v', 'static let %n = %v', '"%n": %v,', '%t.%n = %v', '%f(user: "%u", %n: %v)',
    'guard %n == %v else { return }',
  ],
  hiddenSites: ['private(set) var %n = %v'],
  entries: ['"%k": %v,', 'request.setValue(%v, forHTTPHeaderField: "%k")'],
  calls: ['client.login("%u", %v)', 'app.secureTextFields["pw"].typeText(%v)', 'URLCredential(user: "%u", secret: %v)'],
  expressions: [
    'ProcessInfo.processInfo.environment["%E"]', 'nil', '""', 'keychain.get("%n")', 'textField.text', 'self.%n',
    '"\\(%w)-\\(%t)"', '%t?.%n ?? ""', 'UUID().uuidString', 'try? %f%N()',
  ],
  mentions: [
    'let %n: String', '@State private var %n = ""', 'func validate%N(_ %n: String) -> Bool {',
    'SecureField("Password", text: $%n)', 'case %nExpired', 'guard !%n.isEmpty else { return }',
    'struct %NResponse: Codable {', 'case invalid%N',
  ],
  filler: [
    'for row in %t {', '}', 'print("%c")', 'let %w = %t.count', 'override func viewDidLoad() {', 'return %w > %d',
  ],
  block: { opening: 'let %n = """', indent: '', closing: '"""' },
}

export const SCALA: Dialect = {
  ...KOTLIN,
  id: 'scala',
  paths: ['src/main/scala/%t/%W.scala', 'project/%T.scala', 'src/test/scala/%TSpec.scala'],
  opening: ['package com.%t', '', 'import scala.util.Try', ''],
  sites: [
    'val %n = %v', 'val %n: String = %v', '"%n" -> %v,', '%n = %v,', 'var %n = %v', '.option("%n", %v)',
    'spark.conf.set("%t.%n", %v)',
  ],
  hiddenSites: ['lazy val %n = %v', 'case %v => %n'],
  entries: ['"%k" -> %v,', '.withHeaders("%k" -> %v)'],
  calls: ['DriverManager.getConnection(url, "%u", %v)', 'Credentials("%T", "%h", "%u", %v)', '%t.login("%u", %v)'],
  expressions: [
    'sys.env("%E")', 'config.getString("%t.%n")', 'None', '""', 'dbutils.secrets.get("%t", "%n")', '%t.%n',
    's"$%w-${%t.id}"', '%f%N(user)', 'Option(%n).getOrElse("")',
  ],
}

export const GROOVY: Dialect = {
  ...JAVA,
  id: 'groovy',
  paths: ['Jenkinsfile', 'vars/%f%T.groovy', 'build.gradle', '%t/build.gradle'],
  opening: ['plugins {', "    id 'java'", '}', ''],
  closing: [''],
  indents: ['', '    ', '        '],
  quotes: ["'", '"'],
  sites: [
    'def %n = %v', "%n = %v", '%n %v', '%n: %v,', 'ext.%n = %v', "environment '%E', %v", "systemProperty '%n', %v",
    'storePassword %v', 'keyPassword %v',
  ],
  hiddenSites: ["withEnv(['%E=%r']) {", 'string(name: "%E", defaultValue: %v)'],
  entries: ["customHeaders: [[name: '%k', value: %v]]", "'%k': %v,"],
  calls: ["Sql.newInstance(url, '%u', %v)", "credentials('%u', %v)", 'git.login("%u", %v)'],
  expressions: [
    "System.getenv('%E')", "project.findProperty('%n')", 'credentials("%t-%w")', 'null', "''", 'params.%E', 'env.%E',
    "localProperties['%n']", '"${%n}"', 'providers.gradleProperty("%n").get()',
  ],
  mentions: [
    "withCredentials([string(credentialsId: '%t-%w', variable: '%E')]) {", 'String %n', 'def check_%n(%n) {',
    'if (!%n) { error "no %n" }', "parameters { password(name: '%E', description: 'asked at start') }",
    "usernamePassword(credentialsId: '%t', passwordVariable: 'PASS')",
  ],
  filler: [
    "stage('%t') {", '}', "sh './%f.sh'", "implementation 'com.%t:%w:%d.1'", 'echo "%c"', 'agent any', 'steps {',
  ],
}
