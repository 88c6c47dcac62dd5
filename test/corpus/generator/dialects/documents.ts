// biome-ignore-all format: tables of templates are read better filled

import { JSON_FILE } from './configuration.ts'
import type { Dialect } from './dialect.ts'
import { SHELL } from './scripting.ts'

const PLAIN = { entries: [], calls: [], expressions: [], hiddenSites: [] } as const

export const XML: Dialect = {
  ...PLAIN,
  id: 'xml',
  paths: ['src/main/webapp/WEB-INF/%t.xml', 'web.config', 'settings.xml', 'conf/%t-site.xml', 'res/values/%w.xml'],
  opening: ['<?xml version="1.0" encoding="UTF-8"?>', '<configuration>'],
  closing: ['</configuration>'],
  indents: ['  ', '    '],
  comment: '<!-- %c -->',
  styles: ['camel', 'dot', 'pascal', 'kebab'],
  quotes: ['"'],
  escape: 'entity',
  sites: [
    '<%n>%r</%n>', '<add key="%n" value=%v />', '<property name="%n" value=%v/>',
    '<property>\n  <name>%n</name>\n  <value>%r</value>\n</property>', '<%w user="%u" %n=%v/>',
    '<string name="%n">%r</string>', '<entry key="%n">%r</entry>', '<Parameter name="%n" value=%v override="false"/>',
  ],
  hiddenSites: ['<key>%n</key>\n<string>%r</string>', '<env:%n>%r</env:%n>', '<%n><![CDATA[%r]]></%n>'],
  entries: ['<header name="%k" value=%v/>'],
  expressions: ['"${%E}"', '""', '"@{%n}"', '"$(%n)"', '"{{%n}}"'],
  mentions: [
    '<xs:element name="%n" type="xs:string"/>', '<%n encrypted="true"/>', '<label for="%n">Password</label>',
    '<!-- %n comes from the environment -->', '<bean id="%nEncoder" class="org.%t.%NEncoder"/>',
    '<EditText android:inputType="textPassword" android:id="@+id/%w"/>', '<require%N>true</require%N>',
  ],
  filler: [
    '<port>%d</port>', '<!-- %c -->', '<host>%h.%D</host>', '<add key="page" value="%d" />', '<%t enabled="true"/>',
  ],
}

export const HTML: Dialect = {
  ...PLAIN,
  id: 'html',
  paths: [
    'templates/%t/%w.html', 'views/%t.ejs', 'resources/views/%t.blade.php', 'app/views/%t/_form.html.erb', 'src/%T.vue',
  ],
  opening: ['<!doctype html>', '<html>', '<body>'],
  closing: ['</body>', '</html>'],
  indents: ['  ', '    '],
  comment: '<!-- %c -->',
  styles: ['camel', 'kebab', 'snake'],
  quotes: ['"'],
  escape: 'entity',
  sites: [
    '<input type="hidden" name="%n" value=%v>', '<meta name="%n" content=%v>', '<script>window[\'%n\'] = %v;</script>',
    '<div data-%n=%v></div>',
  ],
  hiddenSites: ['<param name="%n" value=%v>'],
  expressions: ['"{{ %n }}"', '"<%= %n %>"', '"{{ csrf_token() }}"', '"${%w.%n}"', '"<?php echo $%n; ?>"', '""'],
  mentions: [
    '<input type="password" name="%n" placeholder="Enter your password" required>', '<label for="%n">Your %n</label>',
    '<a href="/%t/%n/reset">Forgot it?</a>',
    '<input v-model="form.%n" :type="show ? \'text\' : \'password\'" autocomplete="new-password">',
    '<span th:text="#{%n.label}">Password</span>', '<button @click="copy(%n)">Copy token</button>',
    '{% if form.%n.errors %}', '<p class="%n-hint hint--small">At least eight characters.</p>',
    '<input [(ngModel)]="%n" #%nInput="ngModel" minlength="8">',
  ],
  filler: ['<p>%c</p>', '<div class="%w">', '</div>', '<h2>%T</h2>', '<li>%w</li>', '<a href="/%t">%T</a>'],
  share: 0.12,
}

export const MARKDOWN: Dialect = {
  ...PLAIN,
  id: 'markdown',
  paths: ['README.md', 'docs/%t.md', 'docs/%f-%t.md', 'CONTRIBUTING.md', 'wiki/%T.md'],
  opening: ['# %T', '', '%c.', ''],
  comment: '%c.',
  styles: ['snake', 'camel', 'upper', 'title'],
  quotes: ['`', '', '"'],
  bare: /^\S+$/,
  escape: 'none',
  sites: ['- %n: %v', '* **%n**: %v', '| %n | %r |', '%n=%r', '    %n: %r', 'Use the %n %v to sign in.', '`%n=%r`'],
  hiddenSites: ['> %n is %v', '%n\n: %r'],
  expressions: ['', '`$%E`', '`${%E}`', '`env.%E`', '(required)', '*ask your admin*'],
  mentions: [
    'The %n is read from the environment.', '| `%n` | string | required, no default |',
    '- [ ] rotate the %n every ninety days', 'See [resetting the %n](./%t.md#%w).',
    'If the %n is wrong the server answers 401.', '### %N', 'Never commit your %n to the repository.',
    '1. Open Settings, choose *Tokens*, press **New token**.',
  ],
  filler: ['%c.', '', '## %T', '- %w', '```', '%c, and %c.'],
  traits: ['commands'],
}

export const RST: Dialect = {
  ...MARKDOWN,
  id: 'rst',
  paths: ['docs/source/%t.rst', 'README.rst', 'CHANGES.rst'],
  opening: ['%T', '=====', ''],
  quotes: ['``', ''],
  sites: [':%n: %r', '* %n: %v', '    %n = %r', '.. %n: %r', 'Sign in with the %n %v.'],
  hiddenSites: ['%n\n    %r'],
  expressions: ['', '``$%E``', '``${%E}``', '*required*'],
  mentions: [
    'The %n is read from the environment.', '.. envvar:: %E', ':param str %n: as given at sign-up',
    '``%n``\n    Read from the keyring.', 'If the %n is wrong the server answers 401.', '.. option:: --%n-file <path>',
  ],
  filler: ['%c.', '', '%T', '-----', '* %w', '.. code-block:: console'],
}

export const LOG: Dialect = {
  ...PLAIN,
  id: 'log',
  paths: ['logs/%t.log', 'var/log/%t/%w.log', 'test/output/%t.txt', 'debug-%w.log'],
  comment: '2026-03-1%i 10:0%i:11 INFO %c',
  styles: ['snake', 'camel', 'kebab'],
  quotes: ['', '"', "'"],
  bare: /^\S+$/,
  escape: 'none',
  sites: [
    '2026-03-11 09:1%i:02,113 DEBUG %t - %n=%v', '[2026-05-02T11:00:4%iZ] INFO connecting to %h as %u with %n %v',
    'DEBUG request body: {"user":"%u","%n":"%r"}', '%t[%d]: loaded %n: %v',
    'time="2026-01-02T03:04:05Z" level=debug msg=config %n="%r"',
  ],
  hiddenSites: ['  File "%t.py", line %d, in %f\n    %n = "%r"'],
  expressions: ['***', '[FILTERED]', '<nil>', 'null', '""', '*****'],
  mentions: [
    '2026-03-11 09:1%i:02,113 WARN %t - invalid %n for user %u', '%t[%d]: %n refreshed, valid for 3600 s',
    'INFO %n rotation finished in %d ms', 'ERROR %n expired at 2026-02-0%i',
    'sshd[%d]: Accepted password for %u from 10.0.0.%d port 5%i22 ssh2', 'Error: missing environment variable %E',
  ],
  filler: [
    '2026-03-11 09:1%i:02,113 INFO %t - %c', '[2026-05-02T11:00:4%iZ] INFO started on port %d',
    '%t[%d]: GET /%t 200 %d ms', 'level=info msg="%c"',
  ],
  traits: ['http'],
  share: 0.25,
}

export const HISTORY: Dialect = {
  ...SHELL,
  id: 'shell-history',
  paths: ['.bash_history', '.zsh_history', 'home/%u/.history'],
  opening: [],
  indents: [''],
  sites: [
    'export %n=%v', '%n=%v ./%f.sh', 'echo %v > %n.txt', './%f.sh --%n %v',
    'curl -d "user=%u&%n=%r" https://%h.%D/login',
  ],
  hiddenSites: ['set %n %v', 'env %n=%v npm run %f'],
  calls: [],
  filler: [
    'cd ../%t', 'git status', 'ls -la', 'git commit -m "%f %t"', 'npm run %f', 'vim %w.txt', 'ssh %u@%h', 'docker ps',
  ],
}

export const SQL: Dialect = {
  ...PLAIN,
  id: 'sql',
  paths: ['db/seeds/%t.sql', 'migrations/0%d_%t.sql', 'dump/%t.sql', 'docker/initdb.d/%f.sql'],
  comment: '-- %c',
  styles: ['snake'],
  quotes: ["'"],
  escape: 'double',
  sites: [
    "UPDATE %t SET %n = %v WHERE id = %d;", "INSERT INTO settings (name, value) VALUES ('%n', %v);", 'SET @%n = %v;',
    "INSERT INTO users (login, %n) VALUES ('%u', %v);", "('%n', %v),",
  ],
  hiddenSites: ['DECLARE @%n VARCHAR(64) = %v;', '\\set %n %v'],
  calls: ["CALL add_user('%u', %v);", "SELECT crypt(%v, gen_salt('bf'));", "EXEC sp_addlogin '%u', %v;"],
  expressions: ['NULL', "''", ':%n', '$1', '?', '@%n', 'DEFAULT', "current_setting('%t.%n')", 'gen_random_uuid()'],
  mentions: [
    '%n VARCHAR(255) NOT NULL,', 'ALTER TABLE users ADD COLUMN %n TEXT;', 'SELECT id, %n FROM users WHERE login = $1;',
    'CREATE INDEX idx_%n ON %t (%n);', 'PRIMARY KEY (%w_id),', 'FOREIGN KEY (%t_id) REFERENCES %t (id),',
    "COMMENT ON COLUMN users.%n IS 'never in clear';", '`%n` char(60) DEFAULT NULL,', 'DROP TABLE password_resets;',
  ],
  filler: [
    "INSERT INTO %t (id, name) VALUES (%d, '%w');", 'COMMIT;', '-- %c', 'SELECT count(*) FROM %t;',
    'CREATE TABLE %t (id INT);', '',
  ],
  traits: ['statements'],
}

export const NOTEBOOK: Dialect = {
  ...JSON_FILE,
  id: 'notebook',
  traits: [],
  paths: ['notebooks/%t.ipynb', '%f-%w.ipynb'],
  opening: ['{', ' "cells": [', '  {', '   "cell_type": "code",', '   "source": ['],
  closing: ['    "print(1)\\n"', '   ]', '  }', ' ],', ' "nbformat": 4', '}'],
  indents: ['    '],
  styles: ['snake', 'upper'],
  quotes: ["'", '\\"'],
  escape: 'none',
  sites: [
    '"%n = %v\\n",', '"os.environ[\'%E\'] = %v\\n",', '"client = %T(user=\'%u\', %n=%v)\\n",', '"!export %n=%r\\n",',
  ],
  hiddenSites: ['"%env %n=%r\\n",'],
  entries: ['"headers = {\'%k\': %v}\\n",'],
  calls: ['"conn = connect(\'%h\', \'%u\', %v)\\n",'],
  expressions: ["os.environ['%E']", 'getpass()', 'None', "userdata.get('%E')", 'dbutils.secrets.get(\'%t\', \'%n\')'],
  mentions: ['"def check_%n(%n):\\n",', '"# the %n is asked for below\\n",', '"%n = input(\'Enter it: \')\\n",'],
  filler: ['"df = load(\'%t.csv\')\\n",', '"df.head(%d)\\n",', '"# %c\\n",', '"import %w\\n",'],
}

export const NGINX: Dialect = {
  ...PLAIN,
  id: 'nginx',
  paths: ['nginx/conf.d/%t.conf', 'etc/nginx/%t.conf', 'haproxy/%w.cfg', 'apache/%t.conf'],
  opening: ['server {'],
  closing: ['}'],
  indents: ['    '],
  comment: '# %c',
  styles: ['snake'],
  quotes: ['"', ''],
  bare: /^[\w.+/=@:-]+$/,
  escape: 'backslash',
  sites: ['set $%n %v;', '%n %v;', 'if ($arg_%n != %v) { return 403; }', 'SetEnv %E %v', 'auth %v;'],
  hiddenSites: ['fastcgi_param %E %v;'],
  entries: ['proxy_set_header %k %v;', 'add_header %k %v;'],
  expressions: ['$http_%n', '$arg_%n', '"$upstream_http_%n"', '$cookie_%n'],
  mentions: [
    'ssl_certificate_key /etc/ssl/private/%t.key;', 'auth_basic_user_file /etc/nginx/.htpasswd;',
    'location /%t/password/reset {', 'limit_req_zone $binary_remote_addr zone=%w:10m;', 'keys_zone=%t:%dm;',
  ],
  filler: ['listen %d;', 'server_name %t.%D;', 'location /%t {', '}', '# %c', 'gzip on;'],
}
