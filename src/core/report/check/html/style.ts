import { LEVELS } from '../../../check/judged.ts'

/**
 * The style of the report. Colours are chosen for a contrast of at least 4.5 to 1 for text, in light and in dark; no meaning is in a
 * colour alone. On a phone the table becomes a card an item.
 */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--card:#f6f7f9;--text:#1b1f24;--soft:#57606a;--edge:#d0d7de;--link:#0a58ca;
--overdue:#a8140b;--critical:#a33b00;--late:#7a5600;--due:#0b57b7;--ok:#0d6b3b}
@media(prefers-color-scheme:dark){:root{--page:#14171c;--card:#1c2027;--text:#e6e9ee;--soft:#a4adb8;--edge:#39414c;--link:#84b6ff;
--overdue:#ff8f86;--critical:#ffb07a;--late:#f0cd6a;--due:#8dbcff;--ok:#72d6a3}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:84rem;padding:1.5rem 1rem 3rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.25rem 0}
.verdict{font-weight:600}.soft{color:var(--soft)}a{color:var(--link)}
code{font:.875em/1.4 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
fieldset{border:1px solid var(--edge);border-radius:.5rem;margin:1rem 0;padding:.25rem .75rem .5rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
label{display:inline-flex;gap:.4rem;align-items:center;min-height:2rem}
table{width:100%;border-collapse:collapse;table-layout:fixed}
th,td{text-align:left;vertical-align:top;padding:.6rem .5rem;border-top:1px solid var(--edge);overflow-wrap:anywhere}
thead th{border:0;color:var(--soft);font-size:.85rem;font-weight:600}
tbody th{font-weight:400}
.name{font-weight:600}
.c-level{width:7rem}.c-where{width:23%}.c-time{width:32%}
caption{text-align:left;padding:0 .5rem .5rem}
.level{display:inline-block;border:1px solid;border-radius:1rem;padding:0 .6rem;font-size:.85rem;font-weight:600}
.axis{display:grid;grid-template-columns:repeat(5,1fr);font-weight:400;font-variant-numeric:tabular-nums}
.axis span{border-left:1px solid var(--edge);padding-left:.2rem;white-space:nowrap;overflow:hidden}
svg{display:block;width:100%;height:14px}
line{vector-effect:non-scaling-stroke;stroke-width:1px;stroke:var(--edge)}line.now{stroke:var(--text);stroke-width:2px}
rect{fill:currentColor}rect.life{opacity:.35}rect.over{fill:none;stroke:currentColor;stroke-dasharray:3 3;vector-effect:non-scaling-stroke}
details{margin-top:.25rem}summary{color:var(--soft);cursor:pointer}ul{margin:.25rem 0;padding-left:1.25rem}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
${LEVELS.map((level) => `.${level} .level,.${level} svg{color:var(--${level})}`).join('\n')}
${LEVELS.map((level) => `body:has(#show-${level}:not(:checked)) tr.${level}{display:none}`).join('\n')}
@media(max-width:48rem){table,caption,tbody,tr,th,td{display:block;width:auto}caption{padding:0}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{background:var(--card);border:1px solid var(--edge);border-radius:.5rem;margin:.75rem 0;padding:.5rem .75rem}
tbody th,tbody td{border:0;padding:.2rem 0}}
@media print{fieldset{display:none}tr{break-inside:avoid}}
`
