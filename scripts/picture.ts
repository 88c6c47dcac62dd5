/** `node scripts/picture.ts`: runs the demonstration and draws what it printed, for the README. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const COLUMNS = 92
const LINE = 19
const FONT = 14
const MARGIN = 18
const COLOURS = { chapter: '#8bd5ff', command: '#ffffff', masked: '#ffd479', refused: '#ff8a80', plain: '#b8c0cc' }

const printed = execFileSync(process.execPath, ['scripts/demo.ts'], {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '1' },
})
writeFileSync('docs/demo.svg', draw(tidy(printed)))

/** Colour codes out, the folder's name shortened, the runner's group marks as it shows them. */
function tidy(text: string): string[] {
  return text
    .replace(/\u001b\[[\d;]*m/g, '')
    .replaceAll(/\/[^ ]*\/sealward-demo-\w+/g, '/tmp/demo')
    .split('\n')
    .filter((line) => !line.startsWith('##[endgroup]') && !line.startsWith('That was real'))
    .map((line) => line.replace('##[group]', '▸ ').trimEnd())
    .map((line) => (line.length > COLUMNS ? `${line.slice(0, COLUMNS - 1)}…` : line))
}

function draw(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * FONT * 0.602) + 2 * MARGIN
  const height = lines.length * LINE + 2 * MARGIN
  const rows = lines.map((line, index) => {
    const y = MARGIN + (index + 0.8) * LINE
    return `<text x="${MARGIN}" y="${y.toFixed(1)}" fill="${colourOf(line, lines[index - 1] ?? '')}">${escaped(line)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>The main job, as npm start shows it</title>
<rect width="100%" height="100%" rx="8" fill="#15181e"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT}" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`
}

function colourOf(line: string, before: string): string {
  if (line.startsWith('$ ')) return COLOURS.command
  if (before === '' && line !== '' && /[.!]$/.test(line)) return COLOURS.chapter
  if (line.includes('***')) return COLOURS.masked
  return /refused|plain text \[/.test(line) ? COLOURS.refused : COLOURS.plain
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
