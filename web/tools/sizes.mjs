// SPDX-License-Identifier: Apache-2.0
// What a first visit to a page transfers, gzip and brotli, from web/dist: the entry, its style sheets and the page's own parts.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const files = readdirSync(dist + 'assets').filter((name) => /\.(js|css)$/.test(name))
const html = readFileSync(dist + 'index.html', 'utf8')
const chunkOf = (stem) => files.find((name) => name.startsWith(stem + '-') && name.endsWith('.js'))
const importsOf = (name) =>
  [...readFileSync(dist + 'assets/' + name, 'utf8').matchAll(/from"\.\/([\w-]+\.js)"|import"\.\/([\w-]+\.js)"/g)].map(
    (found) => found[1] ?? found[2],
  )
/** The style sheets and scripts Vite preloads together with a chunk stand in its dependency list, in the entry. */
const entry = [...html.matchAll(/assets\/([\w-]+\.(?:js|css))/g)].map((found) => found[1])

function closure(names) {
  const seen = new Set(names)
  for (const name of seen) if (name.endsWith('.js')) importsOf(name).forEach((next) => seen.add(next))
  for (const name of [...seen]) {
    const stem = name.replace(/-[\w-]{8}\.js$/, '')
    files.filter((file) => file.endsWith('.css') && file.startsWith(stem + '-')).forEach((file) => seen.add(file))
  }
  return [...seen]
}

const pages = {
  home: 'HomePage',
  todo: 'TodoPage',
  tasks: 'TasksPage',
  import: 'ImportPage',
  register: 'RegisterPage',
  record: 'RecordPage',
  entry: 'RecordEntry',
  place: 'PlacePage',
  assessments: 'AssessmentsPage',
  score: 'ScorePage',
}
for (const [name, stem] of Object.entries(pages)) {
  const parts = closure([...entry, chunkOf('ProgrammePage'), chunkOf(stem)])
  const bytes = [Buffer.from(html), ...parts.map((part) => readFileSync(dist + 'assets/' + part))]
  const kib = (pack) => (bytes.reduce((sum, body) => sum + pack(body).length, 0) / 1024).toFixed(1)
  console.log(
    `${name.padEnd(12)} ${String(parts.length + 1).padStart(3)} files  gzip ${kib((body) => gzipSync(body, { level: 6 })).padStart(6)} KiB  brotli ${kib((body) => brotliCompressSync(body)).padStart(6)} KiB`,
  )
}
