// SPDX-License-Identifier: Apache-2.0
// An invented city for work on the front end without the program: 7 counties, 73 towns, a few figures, a ledger, one assessment.
// Nothing here is measured and nothing has a real name; the shapes are those of src/api/types.ts.
const heavenly = ['甲', '乙', '丙', '丁', '戊', '己', '庚']
const pinyin = ['jiaxian', 'yixian', 'bingxian', 'dingxian', 'wuxian', 'jixian', 'gengxian']
const sizes = [6, 3, 11, 17, 15, 10, 11]
let seed = 7
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
export const today = '2026-06-17'
const place = (code, name_zh, name_en, level) => ({ code, name_zh, name_en, level })

export const city = place('990100000000', '示例市', 'Shili City', 'city')
export const counties = heavenly.map((stem, i) => ({ ...place(`9901${String(i + 1).padStart(2, '0')}000000`, `${stem}县`, `County ${'ABCDEFG'[i]}`, 'county'), pinyin: pinyin[i], parent: city.code }))
export const towns = counties.flatMap((county, i) => Array.from({ length: sizes[i] }, (_, n) => ({
  ...place(`${county.code.slice(0, 6)}1${String(n).padStart(2, '0')}000`, `${heavenly[i]}${String(n + 1).padStart(2, '0')}镇`, `Town ${'ABCDEFG'[i]}${n + 1}`, 'town'), pinyin: `${pinyin[i].slice(0, -4)}${n + 1}zhen`, parent: county.code })))
export const places = [{ ...city, pinyin: 'shilishi', parent: null }, ...counties, ...towns].map((item) => ({ ...item, kind: item.level, functional: false, path: pathOf(item) }))
function pathOf(item) { return item.level === 'city' ? [city] : item.level === 'county' ? [city, ref(item)] : [city, ref(counties.find((one) => one.code === item.parent)), ref(item)] }
export function ref({ code, name_zh, name_en, level }) { return { code, name_zh, name_en, level } }

const indicator = (code, name_zh, name_en, unit_zh, unit_en, decimals, domain, aggregation, note = '') => ({ code, version: 1, name_zh, name_en, unit_zh, unit_en, decimals, direction: 'up', period_kind: 'year', frequency: 'Y', aggregation, agg_args: '', public: true, domain, entry_level: 'county', levels: ['city', 'county', 'town'], owner_zh: '市统计局', owner_en: 'Statistics bureau', note })
export const indicators = [
  indicator('grp', '地区生产总值', 'Gross regional product', '亿元', '100 million CNY', 2, 'economy', 'reported', '现价，当年初步核算数'),
  indicator('grp_growth', '地区生产总值增速', 'GRP growth', '%', '%', 1, 'economy', 'reported', '可比价，不由总量推算'),
  indicator('income_collective', '村集体经营性收入', 'Operating income of village collectives', '万元', '10,000 CNY', 2, 'collective', 'sum'),
  indicator('sewage', '农村生活污水治理率', 'Rural sewage treated', '%', '%', 1, 'environment', 'ratio'),
  indicator('residents', '常住人口', 'Residents', '万人', '10,000 persons', 2, 'population', 'sum'),
]
const years = Array.from({ length: 8 }, (_, i) => String(2018 + i))
const figures = new Map()
for (const item of places) {
  const scale = { city: 70, county: 9, town: 1 }[item.level]
  for (const of of indicators) {
    let value = of.unit_zh === '%' ? (of.code === 'grp_growth' ? 3 : 55) + random() * 9 : of.code === 'income_collective' ? scale * (2500 + random() * 4000) : scale * (6 + random() * 9)
    years.forEach((period, n) => {
      value = of.code === 'grp_growth' ? -3 + random() * 11 : value * (0.99 + random() * 0.1)
      const roll = random()
      const state = item.level === 'town' && roll < 0.05 ? 'missing' : item.level === 'town' && roll < 0.08 ? 'withheld' : item.level === 'town' && roll < 0.12 ? 'above' : 'value'
      figures.set([item.code, of.code, period].join(), { state, ...(state === 'missing' || state === 'withheld' ? {} : { value: Math.min(value, of.unit_zh === '%' ? 99 : value).toFixed(of.decimals) }), period, indicator: of.code, place: item.code, status: n === 7 ? 'preliminary' : 'final', grade: 'ABC'[Math.floor(roll * 3)], source: 'M01' })
    })
  }
}
export const periods = years
export const figure = (code, of, period) => figures.get([code, of, period].join()) ?? null
export const source = { id: 'M01', name: '示例市统计年鉴（模拟）', where: '由程序生成', years: '2018—2025', licence: '无', grade: 'B', caveat: '仅供开发时查看页面。' }

const units = ['市发展改革局', '市农业农村局', '市住房城乡建设局', '市交通运输局', '市生态环境局', '市文广旅体局', '市委组织部', '市财政局']
const verbs = ['推进圩镇环境整治“七个一”建设', '完成农村生活污水治理设施运维移交', '实施县城老旧小区改造', '建成镇级冷链物流骨干网点', '培育村集体经济“双十万”示范村', '推动县域产业园区扩容提质', '完善县镇村三级医疗卫生服务', '开展农村危旧房排查整治']
export const tasks = Array.from({ length: 64 }, (_, i) => {
  const date = new Date(Date.UTC(2026, 4 + (i % 6), 3 + ((i * 7) % 26))).toISOString().slice(0, 10)
  const kind = i % 9 === 4 ? 'long_term' : 'date'
  const state = i % 11 === 3 ? 'waiting' : i % 7 === 2 ? 'closed' : 'open'
  const task = { id: `t${i + 1}`, seq: 10 + i, number: String(i + 1), action: ['县域经济', '城镇建设', '乡村振兴'][i % 3] + '行动', measure: `举措${(i % 4) + 1}`, title: `${verbs[i % 8]}${i > 7 ? `（${counties[i % 7].name_zh}）` : ''}`, lead: units[i % 8], responsible: [units[(i + 3) % 8], counties[i % 7].name_zh], supervisor: '市指挥部办公室', due: kind === 'date' ? { kind, date, text: `${date.slice(0, 4)}年${Number(date.slice(5, 7))}月底前` } : { kind, text: '长期坚持' }, target: i % 3 ? { kind: 'target', text: `≥${20 + i}个`, operator: '>=', value: String(20 + i), unit: '个' } : { kind: 'qualitative', text: '有序推进' }, progress: i % 2 ? '已完成前期摸底，正在组织实施。' : '', percent: i % 2 ? (i * 13) % 100 : null, state, place: null, import: null, row: null, remark: '' }
  return { ...task, light: lightOf(task) }
})
export function lightOf(task) {
  if (task.state === 'closed' || task.state === 'waiting') return task.state
  if (task.due.kind !== 'date') return 'none'
  return task.due.date < today ? 'overdue' : task.due.date <= '2026-06-21' ? 'week' : 'none'
}
export function countsOf(list) {
  const with_ = (light) => list.filter((task) => task.light === light).length
  return { total: list.length, open: list.filter((task) => task.state === 'open').length, week: with_('week'), overdue: with_('overdue'), waiting: with_('waiting'), closed: with_('closed') }
}

// Rough positions: each county a block of its own width, blocks beside and below one another.
const blocks = [[0, 0, 3], [3, 0, 2], [5, 0, 4], [0, 3, 5], [5, 4, 5], [10, 4, 3], [9, 0, 4]]
export const tiles = {
  county: counties.map((item, i) => ({ place: ref(item), county: item.code, x: i % 4, y: Math.floor(i / 4) })),
  town: counties.flatMap((county, i) => towns.filter((town) => town.parent === county.code).map((town, n) => ({ place: ref(town), county: county.code, x: blocks[i][0] + (n % blocks[i][2]), y: blocks[i][1] + Math.floor(n / blocks[i][2]) }))),
}
export const phases = [[1, '开局起步', 'A start'], [3, '初见成效', 'First results'], [5, '显著变化', 'Marked change'], [10, '根本改变', 'Fundamental change']].map(([year, title_zh, title_en]) => ({ id: `y${year}`, year, title_zh, title_en, text_zh: '', text_en: '' }))
export const tracks = ['先进制造与港口物流', '中心城区更新提质', '现代农业与预制食品', '生态旅游与康养', '水暖五金产业集群', '通用装备制造', '侨乡文化与山区绿色经济']

export const classes = [['lead', '示例甲类', 'Class one', 19], ['rise', '示例乙类', 'Class two', 22], ['lift', '示例丙类', 'Class three', 32]].map(([id, name_zh, name_en, size]) => ({ id, name_zh, name_en, size }))
const sorted = [...towns].sort((a, b) => (a.code.slice(-5) < b.code.slice(-5) ? -1 : 1))
export const assessment = { id: 'a1', scheme: 'example-towns', version: '1', title_zh: '监测评价（内部测算）', title_en: 'Monitoring (internal trial)', name_zh: '示例市镇域评价方案', name_en: 'Towns of Shili City', official: false, period: '2025', places: 73, classes, digest: 'sha256:5d1f0c7a9be24433a0f2', at: '2026-06-16T09:30:00+08:00', seq: 90 }
let start = 0
export const scores = classes.flatMap((of) => {
  const group = sorted.slice(start, (start += of.size)).map((town) => ({ town, total: 62 + random() * 30 })).sort((a, b) => b.total - a.total)
  return group.map(({ town, total }, i) => ({ place: ref(town), class: of.id, total: total.toFixed(2), rank: i + 1, of: of.size, grade_zh: i < of.size / 4 ? '优秀' : i < of.size * 0.8 ? '良好' : '一般', grade_en: i < of.size / 4 ? 'excellent' : i < of.size * 0.8 ? 'good' : 'fair', provisional: i % 9 === 5 }))
})
