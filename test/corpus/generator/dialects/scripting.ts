// biome-ignore-all format: tables of templates are read better filled
import type { Dialect } from './dialect.ts'

export const PYTHON: Dialect = {
  id: 'python',
  paths: ['%t/settings.py', 'src/%t/%w.py', 'tests/test_%t.py', 'scripts/%f_%t.py'],
  opening: ['import os', 'from %t import %W', ''],
  indents: ['', '    ', '        '],
  comment: '# %c',
  styles: ['snake', 'snake', 'upper'],
  quotes: ["'", '"', '"', "u'", 'b"', 'r"'],
  escape: 'backslash',
  sites: [
    '%n = %v', "self.%n = %v", "'%n': %v,", '%n: str = %v', "os.environ['%E'] = %v", '%f(user="%u", %n=%v)',
    "config['%n'] = %v", 'parser.add_argument("--%n", default=%v)', 'assert %t.%n == %v', 'dict(host="%h", %n=%v)',
  ],
  hiddenSites: ["'%n':\n    %v,", "%n = os.getenv('%E', %v)", 'if %n == %v:', '%w, %n = "%u", %v'],
  entries: ["'%k': %v,", 'headers["%k"] = %v', 'session.headers.update({"%k": %v})'],
  calls: [
    "conn = psycopg2.connect('%h', '%u', %v)", '%w = %T(\n    "%h",\n    "%u",\n    %v,\n)',
    "requests.get(url, auth=('%u', %v))", "self.client.login('%u', %v)", "ftp.login('%u', %v)",
    'def connect(host, user="%u", pw=%v):', 'server.login("%u@%D", %v)', 'user.set_password(%v)',
  ],
  expressions: [
    "os.environ['%E']", "os.getenv('%E')", 'getpass.getpass()', 'config.get("%t", "%n")', 'self.%n', 'None', "''",
    'request.form["%n"]', 'secrets.token_hex(16)', 'f"{%w}:{%t}"', 'kwargs.pop("%n", None)', 'settings.%E', 'args.%n',
    'hashlib.sha256(%w).hexdigest()', 'input("Enter the password: ")', 'request.headers.get("X-Auth-Token")',
    'jwt.encode({"id": user.id}, key, algorithm="HS256")', 'cipher.decrypt(b64decode(%w))', '_("Password")',
    'data.get("%n", "")', 'keyring.get_password("%t", "%u")', 'forms.CharField(label="Password", max_length=128)',
  ],
  mentions: [
    'def check_%n(%n: str) -> bool:', '%n: Optional[str] = None', 'from .%t import %n_required',
    'raise ValueError("%n must not be empty")', 'class %NSerializer(serializers.Serializer):',
    '%n = serializers.CharField(write_only=True)', 'if not user.check_%n(%n):',
    'logger.debug("got %n for user %s", user)', ':param %n: as given at sign-up',
    '%n = Column(String(128), nullable=False)', 'del self.%n', 'print("Wrong %n, try again")',
    'logger.info("%n=%s", mask(%n))', 'headers = {"Authorization": f"Bearer {%n}"}',
    'help_text="The %n of your account",', 'self.fields["%n"].widget = forms.PasswordInput()',
    '@pytest.mark.parametrize("%n", CASES)',
  ],
  filler: [
    'for row in %t:', 'return %w', 'from .%w import %W', 'def %f_%t(self):', 'print("%c")', 'limit = %d',
    'self.%t.append(%w)', 'with open(path) as handle:', 'pass',
  ],
  block: { opening: '%n = """', indent: '', closing: '"""' },
}

export const RUBY: Dialect = {
  id: 'ruby',
  paths: ['app/models/%t.rb', 'config/initializers/%t.rb', 'spec/%t_spec.rb', 'lib/%w.rb'],
  opening: ["require '%t'", ''],
  closing: ['end'],
  indents: ['', '  ', '    '],
  comment: '# %c',
  styles: ['snake', 'snake', 'upper'],
  quotes: ["'", '"'],
  escape: 'backslash',
  sites: [
    '%n = %v', ':%n => %v,', '%n: %v,', '@%n = %v', 'config.%n = %v', "ENV['%E'] = %v", '%E = %v.freeze',
    'let(:%n) { %v }',
  ],
  hiddenSites: ["ENV.fetch('%E', %v)", 'self.%n ||= %v'],
  entries: ["'%k' => %v,", 'request["%k"] = %v'],
  calls: [
    "Mysql2.connect('%h', '%u', %v)", "fill_in 'login', with: %v", "http.basic_auth '%u', %v",
    "def connect(user = '%u', pw = %v)", 'Net::SSH.start("%h", "%u", %v)',
  ],
  expressions: [
    "ENV['%E']", "ENV.fetch('%E')", 'params[:%n]', '%t.%n', 'nil', 'SecureRandom.hex(32)',
    'Rails.application.credentials.%n', "''", '"#{%w}-#{%t}"', 'node["%t"]["%n"]', 'Devise.friendly_token',
    'gets.chomp', 'ask("Password: ") { |q| q.echo = false }', 'I18n.t("devise.%n")', 'request.headers["X-Api-Token"]',
  ],
  mentions: [
    'validates :%n, presence: true, length: { minimum: 8 }', 'attr_accessor :%n', 'def reset_%n!', 'has_secure_%n',
    't.string :%n, null: false', 'params.permit(:email, :%n)', 'raise "%n missing" if %n.nil?',
    'it "rejects a wrong %n" do', 'filter_parameters += [:%n]',
  ],
  filler: [
    '%t.each do |row|', 'end', 'puts "%c"', 'def %f', '%w = %t.count', 'belongs_to :%t', 'return if %w.nil?',
    'limit %d',
  ],
  block: { opening: '%n = <<~KEY', indent: '  ', closing: 'KEY' },
}

export const PERL: Dialect = {
  id: 'perl',
  paths: ['bin/%f-%t.pl', 'lib/%T.pm', 't/%t.t'],
  opening: ['#!/usr/bin/perl', 'use strict;', 'use warnings;', ''],
  closing: ['1;'],
  comment: '# %c',
  styles: ['snake', 'flat'],
  quotes: ["'", '"'],
  escape: 'backslash',
  sites: ['my $%n = %v;', '%n => %v,', '$self->{%n} = %v;', 'our $%n = %v;', "$config{'%n'} = %v;"],
  hiddenSites: ["$ENV{%E} ||= %v;"],
  entries: ["'%k' => %v,", "$req->header('%k' => %v);"],
  calls: ["my $dbh = DBI->connect($dsn, '%u', %v);", '$ftp->login("%u", %v) or die;', "$ssh->login('%u', %v);"],
  expressions: [
    "$ENV{'%E'}", '$opt{%n}', 'shift', '<STDIN>', 'undef', "''", '$cfg->param("%n")', '$self->{%t}->{%n}', 'get_%n()',
    "$cgi->param('%n')",
  ],
  mentions: [
    'sub check_%n {', 'die "no %n given" unless $%n;', '"%n=s" => \\$%n,', 'use %T::%N;', 'my ($user, $%n) = @_;',
    'return 0 if length($%n) < 8;', 'chomp $%n;',
  ],
  filler: ['foreach my $row (@%t) {', '}', 'print "%c\\n";', 'my $%w = %d;', 'return $%w;', 'push @%t, $%w;'],
  block: { opening: "my $%n = <<'END';", indent: '', closing: 'END' },
}

export const LUA: Dialect = {
  id: 'lua',
  paths: ['%t/%w.lua', 'nginx/lua/%t.lua'],
  opening: ['local %t = require("%t")', ''],
  closing: ['return %t'],
  indents: ['', '  '],
  comment: '-- %c',
  styles: ['snake', 'camel'],
  quotes: ['"', "'"],
  escape: 'backslash',
  sites: ['local %n = %v', '%t.%n = %v', '%n = %v,', '["%n"] = %v,', 'M.%n = %v'],
  hiddenSites: ['local %n = opts.%n or %v'],
  entries: ['["%k"] = %v,', 'ngx.req.set_header("%k", %v)'],
  calls: ['red:auth(%v)', 'db:connect("%h", "%u", %v)', 'conn = env:connect("%t", "%u", %v)'],
  expressions: [
    'os.getenv("%E")', 'conf.%n', 'ngx.var.%n', 'nil', '""', '%t.%f(%w)', 'opts.%n', 'KEYS[1]',
    'kong.request.get_header("%n")',
  ],
  mentions: [
    'function M.check_%n(%n)', 'if not %n then return nil end', 'local hash = digest(%n)', 'local %n_pattern = "^%a+"',
    '%n = { type = "string", required = true },', 'assert(%n ~= "", "%n is empty")',
  ],
  filler: ['for _, row in ipairs(%t) do', 'end', 'print("%c")', 'local %w = %d', 'return %w', '%t[#%t + 1] = %w'],
  block: { opening: 'local %n = [[', indent: '', closing: ']]' },
}

export const SHELL: Dialect = {
  id: 'shell',
  paths: ['scripts/%f-%t.sh', 'bin/%t', 'docker/entrypoint.sh', 'deploy/%t.bash'],
  opening: ['#!/usr/bin/env bash', 'set -euo pipefail', ''],
  indents: ['', '  '],
  comment: '# %c',
  styles: ['upper', 'upper', 'snake'],
  quotes: ['"', "'", '', ''],
  escape: 'backslash',
  bare: /^[\w.%+/=@:-]+$/,
  sites: ['%n=%v', 'export %n=%v', 'local %n=%v', 'readonly %n=%v', 'set_config %n %v', 'if [ "$%n" = %v ]; then'],
  hiddenSites: ['declare -x %n=%v', ': "${%n:=%r}"'],
  entries: [],
  calls: ['login %u %v', 'connect_db "%h" "%u" %v'],
  expressions: [
    '"$%w"', '"${%E}"', '$1', '$(cat /run/secrets/%n)', '"$(openssl rand -hex 32)"', '${%E:-}',
    '$(aws ssm get-parameter --name /%t/%n --query Parameter.Value)', '""', '`cat %n.txt`', '"${1:?no %n}"',
    '$(vault read -field=%n secret/%t)', '"$2"',
  ],
  mentions: [
    'read -rs -p "Enter %n: " %n', 'echo "%n must be set" >&2', 'unset %n', 'if [ -z "$%n" ]; then',
    '--%n) %n="$2"; shift 2 ;;', 'usage: $0 --user NAME --%n FILE', 'chmod 600 ~/.ssh/%n', 'check_%n "$%n"',
  ],
  filler: [
    'cd "$(dirname "$0")"', 'echo "%c"', 'for file in *.%w; do', 'done', 'mkdir -p build/%t', 'sleep %d', 'fi',
    'docker compose up -d %t',
  ],
  block: { opening: 'cat > %n.txt <<EOF', indent: '', closing: 'EOF' },
  traits: ['commands'],
}

export const POWERSHELL: Dialect = {
  id: 'powershell',
  paths: ['scripts/%F-%T.ps1', 'deploy/%t.ps1', 'modules/%T.psm1'],
  opening: ["$ErrorActionPreference = 'Stop'", ''],
  indents: ['', '    '],
  comment: '# %c',
  styles: ['camel', 'pascal'],
  quotes: ['"', "'"],
  escape: 'double',
  sites: [
    '$%n = %v', '$env:%E = %v', '[string]$%n = %v,', '%N = %v', '$%n = ConvertTo-SecureString %v -AsPlainText -Force',
    'Set-%T -Name "%u" -%N %v',
  ],
  hiddenSites: ['[Parameter()] [string] $%n = %v'],
  entries: ['"%k" = %v', '$headers.Add("%k", %v)'],
  calls: [
    'net use Z: \\\\%h\\share %v /user:%u',
    'New-Object PSCredential("%u", (ConvertTo-SecureString %v -AsPlainText -Force))', 'Connect-%T "%u" %v',
  ],
  expressions: [
    '$env:%E', 'Read-Host -AsSecureString', '(Get-AzKeyVaultSecret -Name %w).SecretValue', '$null', "''", '$config.%n',
    '$Credential.GetNetworkCredential().Password', '$args[0]', '"$($%w.%n)"', 'Get-Content ./%n.txt',
  ],
  mentions: [
    '[Parameter(Mandatory)] [SecureString] $%n', 'function Reset-%N {', 'if (-not $%n) { throw "no %n" }',
    'Write-Host "%n updated"', 'Import-Module %N', 'Remove-Variable %n', 'param([string]$%n)',
  ],
  filler: [
    'foreach ($item in $%t) {', '}', 'Write-Host "%c"', '$%w = Get-Date', 'Start-Sleep -Seconds %d',
    'New-Item -ItemType Directory -Path .\\%t',
  ],
}
