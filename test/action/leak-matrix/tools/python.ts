import type { Form } from '../form.ts'
import { type Expressions, formsOf, runTool } from './run.ts'

/** Expressions over `s`, a string, and `b`, its UTF-8 bytes. */
const EXPRESSIONS: Expressions = {
  repr: 'repr(s)',
  ascii: 'ascii(s)',
  'repr of bytes': 'repr(b)',
  'repr of a dict': 'repr({"password": s})',
  'a list of bytes': 'str(list(b))[1:-1]',
  'a list of letters': 'str(list(s))[1:-1]',
  'json.dumps': 'json.dumps(s)',
  'json.dumps, twice': 'json.dumps(json.dumps(s))',
  'json.dumps, not ASCII': 'json.dumps(s, ensure_ascii=False)',
  'urllib quote': 'urllib.parse.quote(s)',
  'urllib quote, nothing safe': 'urllib.parse.quote(s, safe="")',
  'urllib quote_plus': 'urllib.parse.quote_plus(s)',
  'urllib urlencode': 'urllib.parse.urlencode({"q": s})',
  'urllib quote, twice': 'urllib.parse.quote(urllib.parse.quote(s, safe=""), safe="")',
  'html.escape': 'html.escape(s)',
  'html.escape, text': 'html.escape(s, quote=False)',
  'xml escape': 'xml.sax.saxutils.escape(s)',
  'xml attribute': 'xml.sax.saxutils.quoteattr(s)',
  'xml.etree':
    'xml.etree.ElementTree.tostring(xml.etree.ElementTree.Element("e", {"a": s}), encoding="unicode") if not re.search("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]", s) else None',
  'ascii with character references': 's.encode("ascii", "xmlcharrefreplace").decode()',
  'ascii with backslashes': 's.encode("ascii", "backslashreplace").decode()',
  unicode_escape: 's.encode("unicode_escape").decode()',
  'shlex.quote': 'shlex.quote(s)',
  list2cmdline: 'subprocess.list2cmdline([s])',
  're.escape': 're.escape(s)',
  csv: 'to_csv(s)',
  'sqlite quote()': 'sqlite3.connect(":memory:").execute("select quote(?)", [s]).fetchone()[0]',
  configparser: 's.replace("%", "%%")',
  'format braces': 's.replace("{", "{{").replace("}", "}}")',
  'quoted-printable': 'quopri.encodestring(b).decode().replace("=\\n", "") if len(b) < 4000 else None',
  'base64.b64encode': 'base64.b64encode(b).decode()',
  'base64.encodebytes': 'base64.encodebytes(b).decode()',
  'base64.b32encode': 'base64.b32encode(b).decode()',
  'base64.b16encode': 'base64.b16encode(b).decode()',
  'base64, repr of bytes': 'repr(base64.b64encode(b))',
  'hexlify with colons': 'binascii.hexlify(b, ":").decode()',
  rot13: 'codecs.encode(s, "rot13")',
  capitalize: 's.capitalize() if "\\n" not in s else None',
  swapcase: 's.swapcase() if "\\n" not in s else None',
  upper: 's.upper()',
  'title of reversed': 's[::-1]',
  'octal escapes': '"".join("\\\\%03o" % c for c in b)',
  plist: 'plistlib.dumps(s).decode().split("<string>")[1].split("</string>")[0] if s.isprintable() else None',
  uuencode: [
    '"\\n".join(binascii.b2a_uu(b[i:i+45]).decode()[1:].rstrip("\\n") for i in range(0, len(b), 45)) if len(b) < 200 else None',
    'after',
  ],
  'base64.a85encode': ['base64.a85encode(b).decode() if 16 < len(b) < 200 else None', 'after'],
  'base64.b85encode': ['base64.b85encode(b).decode() if 16 < len(b) < 200 else None', 'after'],
}

const SCRIPT = `
import sys, json, urllib.parse, html, xml.sax.saxutils, xml.etree.ElementTree, shlex, subprocess, re, io, csv as c, sqlite3, quopri, base64, binascii, codecs, plistlib
def to_csv(s):
    out = io.StringIO()
    c.writer(out).writerow([s, ""])
    return out.getvalue()
expressions, texts = json.load(sys.stdin)
result = []
for code in [compile(expression, "form", "eval") for expression in expressions]:
    row = []
    for s in texts:
        b = s.encode()
        row.append(eval(code))
    result.append(row)
json.dump(result, sys.stdout)
`

/** What Python's standard library prints. */
export function python(): Form[] {
  return formsOf('Python', EXPRESSIONS, (texts, expressions) =>
    JSON.parse(runTool('python3', ['-c', SCRIPT], [expressions, texts])),
  )
}
