// SPDX-License-Identifier: Apache-2.0
// A stand-in for the program while pages are drawn: `npm run mock`, then `npm run dev`. Keeps what is written until it stops.
import { createServer } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as world from './world.mjs'

const port = Number(process.env.PORT ?? 8080)
const dist = fileURLToPath(new URL('../dist', import.meta.url))
let seq = 100
const imports = new Map()
const events = new Map()
const programmes = [['example-city', '示例市', 'Shili City', true], ['sample-city', '样本市', 'Yangben City', false]].map(([id, zh, en, synthetic]) => ({ id, name_zh: `${zh}百县千镇万村高质量发展工程`, name_en: `High-quality development of counties, towns and villages, ${en}`, synthetic, root: { code: world.city.code, name_zh: zh, name_en: en }, seq, map_note_zh: '示意图，方格只表示大致方位，不作为界线依据', map_note_en: 'Schematic: tiles show rough position only, and no boundary' }))

const find = (code) => world.places.find((item) => item.code === code)
const indicator = (code) => world.indicators.find((item) => item.code === code)
const fail = (status, code, detail_zh) => { throw { type: 'about:blank', title: code, status, code, detail_zh, detail_en: detail_zh, errors: [], request_id: 'mock-1' } }
const live = () => world.tasks.map((task) => ({ ...task, light: world.lightOf(task) }))

function home(query, programme) {
  const level = query.get('level') || 'town'
  const of = indicator(query.get('indicator') || 'grp')
  const period = query.get('period') || '2025'
  return {
    seq, today: world.today, programme, phases: world.phases, tasks: world.countsOf(live()),
    counties: world.counties.map((item, i) => ({ place: world.ref(item), pinyin: item.pinyin, track: i === 5 ? null : { text_zh: world.tracks[i], text_en: '' }, pairings: [{ with: [world.ref(world.counties[6 - i])], text_zh: `${item.name_zh}—${world.counties[6 - i].name_zh}`, text_en: '' }], indicator: i === 4 ? null : world.indicators[0], figure: i === 4 ? null : world.figure(item.code, 'grp', '2025') })),
    map: { level, indicator: of, period, periods: world.periods, indicators: world.indicators, note_zh: programme.map_note_zh, note_en: programme.map_note_en, tiles: world.tiles[level].map((tile) => ({ ...tile, figure: world.figure(tile.place.code, of.code, period) })) },
  }
}
function profile(code) {
  const item = find(code) ?? fail(404, 'place_unknown', `没有代码为 ${code} 的地区`)
  const children = world.places.filter((one) => one.parent === code)
  const of = item.level === 'county' ? world.counties.findIndex((one) => one.code === code) : -1
  return {
    seq, place: { ...item, valid_from: '2020-01-01' }, path: item.path, children: children.map((one) => ({ ...world.ref(one), functional: false })),
    counts: { counties: item.level === 'city' ? 7 : 0, towns: item.level === 'city' ? 73 : item.level === 'county' ? children.length : 0, villages: 0, functional: 0 },
    posts: [{ title_zh: item.level === 'city' ? '总指挥' : item.level === 'county' ? '一线总指挥' : '一线施工队长', title_en: 'Commander', place: world.ref(item) }],
    track: of >= 0 && of !== 5 ? { text_zh: world.tracks[of], text_en: '' } : null, pairings: of >= 0 ? [{ with: [world.ref(world.counties[6 - of])], text_zh: '互相结对', text_en: 'paired' }] : [],
    targets: item.level === 'city' ? [{ id: 'T1', kind: 'target', text_zh: '产业集聚区基础设施投资不少于', text_en: 'Investment', value: '100', unit: '亿元', period: '2025', remark_zh: '', remark_en: '', source: 'M01' }, { id: 'T2', kind: 'qualitative', text_zh: '主要指标保持前列', text_en: 'Stay in front', remark_zh: '原文未明确数量', remark_en: 'no number in the original', source: 'M01' }] : [],
    facts: [], figures: world.indicators.map((of) => ({ indicator: of, latest: world.figure(code, of.code, '2025'), year_before: world.figure(code, of.code, '2024'), series: world.periods.map((period) => world.figure(code, of.code, period)), parent: item.parent ? world.figure(item.parent, of.code, '2025') : null })),
    tasks: { summary: world.countsOf([]), items: [] },
    assessments: world.scores.filter((row) => row.place.code === code).map((row) => ({ ...world.assessment, ...row, class_zh: world.classes.find((one) => one.id === row.class).name_zh, class_en: '' , id: 'a1' })),
  }
}
function explain(query) {
  const item = find(query.get('place')), of = indicator(query.get('indicator')), figure = world.figure(item.code, of.code, query.get('period'))
  return { place: world.ref(item), indicator: of, figure, source: world.source, entered_by: '示例市统计局', approved_by: null, rule_zh: of.aggregation === 'sum' ? '下级相加' : '各级分别核算，不相加', rule_en: '', revisions: [{ seq: 42, at: '2026-03-02T10:00:00+08:00', actor: '示例用户', source: 'M01', ...figure, note: '' }, { seq: 17, at: '2026-01-22T10:00:00+08:00', actor: '示例用户', source: 'M01', ...figure, status: 'preliminary', note: '快报数' }], parts: of.aggregation === 'sum' ? world.places.filter((one) => one.parent === item.code).map((one) => ({ place: world.ref(one), figure: world.figure(one.code, of.code, figure.period) })) : [], parts_note_zh: '', parts_note_en: '' }
}
function tasks(query) {
  const all = live()
  const is = (name, test) => (task) => !query.get(name) || test(task, query.get(name))
  const views = { week: (task) => task.light === 'week', overdue: (task) => task.light === 'overdue', waiting: (task) => task.state === 'waiting', open: (task) => task.state === 'open', closed: (task) => task.state === 'closed' }
  const items = all.filter(views[query.get('view')] ?? (() => true)).filter(is('lead', (task, v) => task.lead === v)).filter(is('responsible', (task, v) => task.responsible.includes(v))).filter(is('action', (task, v) => task.action === v)).filter(is('q', (task, v) => task.title.includes(v))).filter(is('import', (task, v) => task.import === v)).filter(is('due_before', (task, v) => task.due.date <= v))
  const facet = (pick) => [...items.flatMap(pick).reduce((map, value) => map.set(value, (map.get(value) ?? 0) + 1), new Map())].map(([value, count]) => ({ value, count }))
  return { items: items.slice(0, 50), next: null, total: items.length, summary: world.countsOf(all), facets: { lead: facet((task) => [task.lead]), responsible: facet((task) => task.responsible), action: facet((task) => [task.action]) } }
}
function act(id, name, body) {
  const task = world.tasks.find((one) => one.id === id) ?? fail(404, 'task_unknown', '没有这项任务')
  if (name === 'progress') Object.assign(task, { progress: body.text, percent: body.percent ?? task.percent })
  else task.state = { 'request-close': 'waiting', close: 'closed', return: 'open', reopen: 'open' }[name]
  task.seq = ++seq
  events.set(id, [...(events.get(id) ?? []), { at: '2026-06-17T10:00:00+08:00', actor: '本机用户', act: name, text: body.text ?? body.reason ?? '', percent: body.percent, seq }])
  return { seq, task }
}
function readFile(name) {
  const rows = world.tasks.slice(0, 12).map((task, i) => ({ row: i + 5, task, cells: { title: `C${i + 5}`, lead: `D${i + 5}`, due: `F${i + 5}`, target: `G${i + 5}` }, questions: i === 3 ? ['q1'] : i === 6 ? ['q2'] : [], notes: i === 1 ? ['n1'] : [] }))
  const read = { id: `i${imports.size + 1}`, seq: ++seq, state: 'read', file: name, sheet: '任务台账', sheets: ['任务台账', '说明'], at: '2026-06-17T09:00:00+08:00', actor: '本机用户', columns: [{ letter: 'A', header: '序号', field: 'number', field_zh: '序号', field_en: 'Number' }, { letter: 'C', header: '工作任务', field: 'title', field_zh: '任务', field_en: 'Task' }, { letter: 'J', header: '联系电话', field: null, field_zh: '', field_en: '' }], fields: [], rows, skipped: [{ row: 17, text: '合计 12 项', reason_zh: '合计行，不是任务', reason_en: 'a total' }], questions: [{ id: 'q1', kind: 'due', row: 8, cell: 'F8', text_zh: '“年底前”是哪一年的年底？', text_en: 'Which year?', candidates: [{ value: '2026-12-31', label_zh: '2026年12月31日', label_en: '31 Dec 2026' }, { value: '2027-12-31', label_zh: '2027年12月31日', label_en: '31 Dec 2027' }], free: true, answer: null, default: '', blocking: true }, { id: 'q2', kind: 'unit', row: 11, cell: 'D11', text_zh: '“农业局”是哪个单位？', text_en: 'Which unit?', candidates: [{ value: '市农业农村局', label_zh: '市农业农村局', label_en: 'Agriculture bureau' }], free: true, answer: null, default: '市农业农村局', blocking: false }], notes: [{ id: 'n1', row: 6, cell: 'G6', text_zh: '“≥１００亿元”中的全角数字读作 100', text_en: 'Full-width digits read as 100' }] }
  imports.set(read.id, count(read))
  return read
}
const count = (read) => Object.assign(read, { counts: { rows: 13, tasks: read.rows.length, skipped: read.skipped.length, questions: read.questions.length, notes: read.notes.length } })
function score(code) {
  const row = world.scores.find((one) => one.place.code === code) ?? fail(404, 'score_unknown', '这个地区没有参加测算')
  const parts = [['经济发展', 30], ['产业与园区', 20], ['圩镇建设', 15], ['乡村治理', 15], ['生态环境', 12], ['工作落实', 8]]
  const share = Number(row.total) / 100
  const lines = parts.flatMap(([dimension_zh, full], i) => [0, 1].map((n) => ({ indicator: world.indicators[(i + n) % 5].code, name_zh: world.indicators[(i + n) % 5].name_zh, name_en: world.indicators[(i + n) % 5].name_en, branch: `d${i}`, dimension_zh, dimension_en: `Dimension ${i + 1}`, gap: '', ...world.figure(code, world.indicators[(i + n) % 5].code, '2025'), unit_zh: world.indicators[(i + n) % 5].unit_zh, unit_en: '', function_zh: n ? '达标计分，目标 80' : '类内极差法', function_en: n ? 'target 80' : 'min-max', score: (share * 100).toFixed(2), weight: (full / 2).toFixed(2), contribution: ((full / 2) * share).toFixed(2), full: (full / 2).toFixed(2), lost: ((full / 2) * (1 - share)).toFixed(2), median: '61.20', owner_zh: '市统计局', owner_en: '', figure_period: '2025' })))
  return { assessment: world.assessment, ...row, class_zh: world.classes.find((one) => one.id === row.class).name_zh, class_en: 'Class', grade_plain_zh: row.grade_zh, grade_plain_en: row.grade_en, provisional: false, missing: 0, red_lines: [], change: null, branches: [], plain: [['得分', ['得 ' + row.total + ' 分，在 ' + row.of + ' 个同类镇中列第 ' + row.rank + ' 位。']], ['扣分在哪几项', ['经济发展扣 5.10 分，主要是地区生产总值增速低于类内中位数。', '生态环境扣 2.30 分。']], ['每项差多少', ['农村生活污水治理率差 6.2 个百分点到目标。']], ['数据归口', ['“农村生活污水治理率”的数据由市生态环境局归口。']], ['下一步做什么', ['先补农村生活污水治理率：达到目标可得 2.30 分。']]].map(([heading_zh, sentences_zh]) => ({ heading_zh, heading_en: heading_zh, sentences_zh, sentences_en: sentences_zh })), waterfall: [...parts.map(([label_zh, full]) => ({ label_zh, label_en: label_zh, points: (full * share).toFixed(2), full: full.toFixed(2), median: '', kind: 'part' })), { label_zh: '总分', label_en: 'Total', points: row.total, full: '100.00', median: '', kind: 'total' }], lines }
}

function answer(method, path, query, body) {
  if (path === 'programmes') return { items: programmes }
  const [id, noun, key, more, last] = path.split('/')
  const programme = programmes.find((item) => item.id === id) ?? fail(404, 'programme_unknown', '没有这个地区')
  if (noun === 'home') return home(query, programme)
  if (noun === 'places' && key) return profile(key)
  if (noun === 'places') { const q = query.get('q') ?? ''; const items = world.places.filter((item) => item.name_zh.includes(q) || item.pinyin.startsWith(q) || item.code.startsWith(q)); return { items: items.slice(0, 12), next: null, total: items.length } }
  if (noun === 'observations') return explain(query)
  if (noun === 'tasks' && method === 'POST') return act(key, more, JSON.parse(body))
  if (noun === 'tasks' && key) return { task: live().find((task) => task.id === key) ?? fail(404, 'task_unknown', '没有这项任务'), events: events.get(key) ?? [{ at: '2026-05-01T10:00:00+08:00', actor: '本机用户', act: 'import', text: '', seq: 5 }] }
  if (noun === 'tasks') return tasks(query)
  if (noun === 'imports' && !key) return method === 'POST' ? readFile(query.get('name')) : { items: [...imports.values()] }
  if (noun === 'imports') {
    const read = imports.get(key) ?? fail(404, 'import_unknown', '没有这一批')
    if (more === 'answers') { const given = JSON.parse(body).answers; read.questions = read.questions.map((one) => ({ ...one, answer: given[one.id] ?? one.answer })) }
    if (more === 'confirm') { if (read.questions.some((one) => one.blocking && one.answer === null)) fail(409, 'questions_open', '还有必须先答的问题'); read.state = 'confirmed' }
    if (more === 'undo') read.state = 'undone'
    return more === 'answers' || !more ? read : { seq: ++seq, import: read }
  }
  if (noun === 'session') return { required: false, signed_in: true, account: null, duty: null, provider: false, must: null, permissions: ['read_public', 'own_account', 'read_figures', 'read_tasks', 'report_progress', 'close_tasks', 'import_tasks', 'read_assessments', 'run_assessments', 'see_persons'] }
  if (noun === 'schemes') return { items: programme.synthetic ? [{ id: 'example-towns', version: '1', title_zh: '监测评价（内部测算）', title_en: 'Monitoring (internal trial)', name_zh: '示例市镇域评价方案', name_en: 'Towns of Shili City', periods: ['2024', '2025'] }] : [] }
  if (noun === 'assessments' && path.endsWith('/lift')) return { ranks: 1, plain: [{ text_zh: '再进 1 位差 0.42 分：最省的是“农村生活污水治理率”由 71.0% 到 73.5%，可加 0.44 分。', text_en: 'One rank is 0.42 points away.' }] }
  if (noun === 'assessments' && last) return score(last)
  if (noun === 'assessments' && key) return { ...world.assessment, rows: world.scores.filter((row) => row.class === (query.get('class') || 'lead')), edges: [{ rule: 'missing', text_zh: '缺数的指标按该指标在类内的最低分计', text_en: 'Missing figures score the least of the class', count: 4 }] }
  if (noun === 'assessments') return method === 'POST' ? { seq: ++seq, id: 'a1' } : { items: programme.synthetic ? [world.assessment] : [] }
  return fail(404, 'unknown', '没有这个地址')
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
createServer((request, response) => {
  const url = new URL(request.url, 'http://mock')
  response.setHeader('content-security-policy', "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'")
  if (!url.pathname.startsWith('/api/v1/')) {
    const file = join(dist, url.pathname)
    const known = url.pathname !== '/' && existsSync(file)
    response.setHeader('content-type', types[extname(known ? file : '.html')] ?? types['.html'])
    return response.end(readFileSync(known ? file : join(dist, 'index.html')))
  }
  if (url.pathname.endsWith('/changes')) { response.setHeader('content-type', 'text/event-stream'); return response.write(': mock\n\n') }
  const parts = []
  request.on('data', (part) => parts.push(part)).on('end', () => {
    try {
      const value = answer(request.method, url.pathname.slice(8), url.searchParams, Buffer.concat(parts).toString())
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(value))
    } catch (problem) {
      if (problem instanceof Error) console.error(problem)
      response.statusCode = problem.status ?? 500
      response.end(JSON.stringify(problem))
    }
  })
}).listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${port}`))
