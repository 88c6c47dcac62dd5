// biome-ignore-all format: tables of templates are read better filled
import { JSON_FILE } from './configuration.ts'
import type { Dialect } from './dialect.ts'
import { JAVASCRIPT } from './web.ts'

/** Files that machines write, or that only hold words: nearly everything in them is harmless. */
const EMPTY = { hiddenSites: [], entries: [], calls: [], expressions: [], traits: [] } as const
const QUIET = { ...EMPTY, sites: ['"%n": %v,'], share: 0 } as const

export const LOCK_FILE: Dialect = {
  ...JSON_FILE,
  ...QUIET,
  id: 'lock-file',
  traits: ['lock'],
  paths: ['package-lock.json', 'composer.lock', 'Pipfile.lock', 'npm-shrinkwrap.json'],
  mentions: [
    '"node_modules/%w-password-%t": {', '"resolved": "https://registry.npmjs.org/%w-token/-/%w-token-%d.%d.0.tgz",',
    '"jwt-%w": "^%d.1.0",', '"license-key-%t": "~2.%d.0",',
  ],
  filler: ['"version": "%d.%d.%d",', '"dev": true,', '"engines": { "node": ">=%d" },', '"%w-%t": {', '},'],
}

export const SOURCE_MAP: Dialect = {
  ...JSON_FILE,
  ...QUIET,
  id: 'source-map',
  traits: ['mappings'],
  paths: ['dist/%t.js.map', 'public/assets/%w.css.map'],
  sites: ['"%n":%v,'],
  mentions: [
    '"sources":["../src/%n.ts","../src/%t/%f%N.ts"],', '"names":["%n","set%N","%t","validate%N"],',
    '"sourcesContent":["export function check(%n) { return %n.length > 8 }\\n"],',
  ],
  filler: ['"version":3,', '"file":"%t.js",', '"sourceRoot":"",'],
}

export const MINIFIED: Dialect = {
  ...JAVASCRIPT,
  id: 'minified',
  traits: ['minified'],
  paths: ['dist/%t.min.js', 'public/js/vendor.%w.js', 'static/%t.bundle.js'],
  opening: ['/*! %t v%d.%d.0 | MIT */'],
  closing: [],
  indents: [''],
  comment: null,
  sites: [
    '!function(e,t){e.%n=%v,t.%w=%d}(this,{});', 'var a={%n:%v,b:%d};', 'e.exports={%w:!0,%n:%v};',
    't.%t=function(e){return e.%n=%v,e};',
  ],
  hiddenSites: ['n.d(t,{%n:()=>%v});'],
  calls: [],
  entries: ['fetch(u,{headers:{"%k":%v}}).then(e=>e.json());'],
  mentions: [
    'function r(e){return e.%n&&e.%n.length>8?i(e.%n):null}var o=n(%d);',
    't.validate%N=function(e,t){return!!e.%n===t},t.%w=%d;',
    'e.createElement("input",{type:"password",name:"%n",value:t.%n,onChange:r});',
    'case"%n":return{...e,%n:t.value,touched:!0};',
  ],
  filler: [
    'var c=function(e){return e&&e.__esModule?e:{default:e}}(n(%d));', 'for(var i=0;i<e.length;i++)t.push(e[i].%w);',
    'e.%f=function(){return this.%t.map(function(e){return e.id})};',
  ],
  share: 0.12,
}

export const TRANSLATION: Dialect = {
  ...JSON_FILE,
  ...QUIET,
  id: 'translation',
  traits: ['translations'],
  paths: ['locales/de/%t.json', 'src/i18n/fr.json', 'public/lang/%w/es.json'],
  mentions: [
    '"%n": "Password",', '"%n_placeholder": "Enter your password",', '"reset_%n": "Reset it by e-mail",',
    '"%n.expired": "Your session has expired",',
  ],
  filler: ['"%w": "%W",', '"%t_title": "%T",', '"%t": {', '},'],
}

export const GETTEXT: Dialect = {
  ...TRANSLATION,
  id: 'gettext',
  paths: ['locale/de/LC_MESSAGES/%t.po', 'po/%w.po'],
  opening: ['msgid ""', 'msgstr ""', ''],
  closing: [],
  indents: [''],
  comment: '#. %c',
  sites: ['msgid "%n"\nmsgstr %v'],
  mentions: ['#: src/%t/%n.py:%d', 'msgctxt "%n"', '#. shown beside the %n field'],
  filler: ['', '#: src/%t.py:%d', 'msgid "%c"', 'msgstr "%c"'],
}
