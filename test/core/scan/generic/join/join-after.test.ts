import { describe, expect, it } from 'vitest'
import { outcomesIn } from '../find-in.ts'

const PW = '{b62:5}{d:1}{b62:4}{a:1}'

describe('a name is joined to a value', () => {
  it.each([
    ['a.js', `if (password != "${PW}")`],
    ['a.js', `if (password !== "${PW}")`],
    ['a.js', `password += "${PW}"`],
    ['a.pl', `$password -> "${PW}"`],
    ['a.php', `'PASSWORD=' . '${PW}'`],
    ['a.js', `x = byId("password").value || "${PW}"`],
    ['a.js', `if (param("password") == "${PW}")`],
    ['a.js', `if (param("password") === "${PW}")`],
    ['a.php', `x = get("password") ?? "${PW}"`],
    ['a.php', `x('name' => 'password', 'value' => '${PW}')`],
    ['a.py', `put('password', b'${PW}')`],
    ['a.py', `password = """${PW}"""`],
    ['a.py', `password = (((("${PW}"))))`],
    ['a.erl', `Password = <<"${PW}">>.`],
  ])('in %s by %s', (path, text) => {
    expect(outcomesIn(path, text)).toEqual(['generic-password high'])
  })

  it.each([
    ['a.yml', `password:\n  "${PW}"`],
    ['a.plist', `<key>password</key><string>${PW}</string>`],
    ['a.tf', `variable "db_password" {\n  type = string\n  default = "${PW}"\n}`],
  ])('in %s over lines and tags by %s', (path, text) => {
    expect(outcomesIn(path, text)).toEqual(['generic-password high'])
  })

  it.each([
    ['a.js', `if (!password !"${PW}")`],
    ['a.js', `password + "${PW}"`],
    ['a.pl', `if ($password =~ "${PW}")`],
    ['a.pl', `$password - "${PW}"`],
    ['a.php', `'PASSWORD=' , '${PW}'`],
    ['a.php', `'PASSWORD=' . x('${PW}')`],
    ['a.php', `x = get("password") | "${PW}"`],
    ['a.php', `x('password', 'other' => '${PW}')`],
    ['a.php', `$password = '${PW}' . $x;`],
    ['a.py', `password = """${PW}""" + x`],
    ['a.py', `password = ((((("${PW}")))))`],
    ['a.py', `put('password', b, c'${PW}')`],
    ['a.js', `x = "{\\"password\\": \\"${PW}" + y`],
    ['a.sh', `password=\n  "${PW}"`],
    ['a.plist', `<key>password</key x><string>${PW}</string>`],
    ['a.tf', `variable "db_password" {\n  type = string\n}\nx { default = "${PW}"\n}`],
    ['a.md', `password\`\`\`\`: ${PW}`],
  ])('but not in %s by %s', (path, text) => {
    expect(outcomesIn(path, text)).toEqual(['nothing'])
  })
})
