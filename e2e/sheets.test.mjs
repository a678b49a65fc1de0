// SPDX-License-Identifier: Apache-2.0
// Sheets and registers in the browser: an office's workbook becomes a register with its rows; a sheet exported, edited by two, merged,
// one clash settled; an import undone; last month's file; files of no use refused in words that say what to do; each way out once.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { api, browser, fine, go, programmes, settled, shot, until, url } from './browser.mjs'

const book = fileURLToPath(new URL('fixtures/book.py', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gangmu-sheets-'))
const written = (name, rows) => {
  const path = join(folder, name)
  execFileSync('python3', [book, 'write', path], { input: JSON.stringify(rows) })
  return path
}
const rowsIn = (path) => JSON.parse(execFileSync('python3', [book, 'read', path], { encoding: 'utf8' }))

describe('表格与登记台账', () => {
  let chrome, page, at, towns, kind
  // A run of its own on a store that may hold another's: what stands elsewhere already would be referred to.
  const stamp = Date.now() % 100000
  const name = `示例市公厕改造台账${stamp}`
  const head = ['序号', '公厕编号', '公厕名称', '所在地', '改造类型', '投资（万元）', '竣工日期', '负责人', '联系电话']
  const line = (n, more = {}) => {
    const row = [
      n,
      `GC${stamp}-${n}`,
      `示例${stamp}公厕${n}`,
      towns[n % 2].name_zh,
      n % 3 ? '新建' : '改建',
      10 + n,
      '2026-06-30',
      '张三',
      '13900000000',
    ]
    for (const [column, value] of Object.entries(more)) row[column] = value
    return row
  }
  const sheet = (file, rows) => written(file, [[name], head, ...rows])
  const many = (n, more = {}) => Array.from({ length: n }, (_, i) => line(i + 1, more[i + 1]))
  const records = () => api(`${at}/registers/${kind}/records?limit=100`)
  const held = async (code) => (await records()).items.find((one) => one.fields.code === code)
  const imports = async () => (await api(`${at}/registers/${kind}/imports`)).items
  const drop = (path) => page.locator('input[type=file]').setInputFiles(path)
  const act = (words) => page.locator('main .bar').getByRole('button', { name: words })
  const write = async (path, seq, body) => {
    const answer = await fetch(`${url}/api/v1${at}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'if-match': `"${seq}"`,
        'idempotency-key': `${Date.now().toString(16)}${Math.random().toString(16).slice(2)}`
          .padStart(32, 'd')
          .slice(-32),
      },
      body: JSON.stringify(body),
    })
    assert.equal(answer.status, 200, await answer.text())
  }

  before(async () => {
    chrome = await browser()
    at = `/${(await programmes()).synthetic.id}`
    towns = (await api(`${at}/places?level=town&limit=2`)).items
    page = await chrome.page()
  })
  after(async () => {
    await chrome.end()
    rmSync(folder, { recursive: true, force: true })
  })

  it('makes a register of a workbook: proposed, put right, published, open, its rows in', async () => {
    await go(page, `${at}/registers`)
    await page.getByRole('link', { name: '用一张表建台账' }).click()
    await page.waitForURL('**/registers/new')
    await settled(page)
    await fine(page)
    await shot(page, 'register-new-start')
    await drop(sheet('公厕.xlsx', many(6)))
    await page.getByRole('heading', { name: `把“${name}”建成一本台账` }).waitFor()
    await settled(page)
    const words = await page.locator('main').innerText()
    assert.match(words, /公厕\.xlsx 有 6 行记录、9 列。建议 8 列入账，其中 1 列引用已有的数据，2 列密封；1 列不收/)
    assert.equal(words.includes('13900000000'), false, 'persons are not shown')
    await fine(page)
    await shot(page, 'register-new')
    const tick = page.getByLabel('B 列“公厕编号”区分记录')
    assert.equal(await tick.isChecked(), true)
    await page.getByLabel('C 列“公厕名称”登记项名称').fill('名称')
    // A column proposed personal is plain only after a question.
    await page.getByLabel('H 列“负责人”改为明文').click()
    await page.getByText('发布之后不能再改回来').waitFor()
    await page.getByRole('button', { name: '仍然密封' }).click()
    assert.equal(await act('建成台账').isDisabled(), true)
    assert.match(await page.locator('main .bar').innerText(), /还差：主管单位、目录编号/)
    await page.getByLabel('主管单位').fill('市住房和城乡建设局')
    await page.getByLabel(/^目录编号/).fill('示台〔2026〕9号')
    await act('建成台账，6 条入账').click()
    await page.waitForURL(/registers\/list\d+$/)
    kind = page.url().split('/').pop()
    await settled(page)
    await until(async () => /共 6 条/.test(await page.locator('main').innerText()))
    assert.match(await page.locator('main').innerText(), /公厕1/)
    await fine(page)
    await shot(page, 'register-made')
    assert.equal((await held(`GC${stamp}-2`)).fields.f6 ?? (await held(`GC${stamp}-2`)).fields.total, '120000.00')
  })

  it('finds nothing to do in last month’s file', async () => {
    await page.getByRole('link', { name: '导入', exact: true }).click()
    await page.waitForURL('**/import')
    await settled(page)
    await fine(page)
    await shot(page, 'register-import-start')
    await drop(sheet('上月.xlsx', many(6)))
    await page.getByRole('heading', { name: '这张表与在账的一样，没有要导入的' }).waitFor()
    assert.equal(await act('导入').isDisabled(), true)
    await act('换一份文件').click()
  })

  it('refuses files of no use, and says what to do', async () => {
    const wrong = async (file, bytes, words) => {
      writeFileSync(join(folder, file), bytes)
      await drop(join(folder, file))
      await until(async () => words.test((await page.getByRole('alert').allInnerTexts()).join()))
      await settled(page)
      await page.getByRole('button', { name: '换一份文件' }).click()
    }
    const whole = readFileSync(sheet('整份.xlsx', many(6)))
    await wrong('半份.xlsx', whole.subarray(0, whole.length / 2), /损坏|不完整/)
    await wrong('照片.xlsx', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(64)]), /xlsx/)
    await wrong('空.csv', '', /空/)
    await wrong('密.csv', '名称,密级\n秘密★一年,x\n', /密/)
    await wrong('别的.csv', '甲列,乙列\n1,2\n', /没有一列对得上/)
    page.faults.length = 0
  })

  it('tells all that is wrong at its cell; a row may be left out, numbers stand on the button', async () => {
    await drop(sheet('十月.xlsx', [...many(6, { 2: { 2: '改名公厕', 5: 99 }, 4: { 5: '很多' } }), line(7)]))
    await page.getByRole('heading', { name: '1 行有错，改好才能导入' }).waitFor()
    const main = page.locator('main')
    assert.match(await main.innerText(), /F6[\s\S]*很多/)
    assert.equal(await act('导入').isDisabled(), true)
    await fine(page)
    await shot(page, 'register-import-fault')
    await page.getByRole('button', { name: '不导入这一行' }).click()
    await page.getByRole('heading', { name: /这张表与在账相比，多 1 条、改 1 条/ }).waitFor()
    await settled(page)
    assert.match(await page.locator('.diff').first().innerText(), /公厕2[\s\S]*改名公厕/)
    await fine(page)
    await shot(page, 'register-import')
    // One of the two changed cells keeps what is held.
    await page
      .getByRole('group', { name: /投资.*取哪一个/ })
      .getByRole('button', { name: '留在账' })
      .click()
    assert.match(await page.locator('main .bar').innerText(), /新增 1 条，改 1 条，留在账 1 处，不入 1 行/)
    await act('导入：新增 1 条，改 1 条').click()
    await page.waitForURL(new RegExp(`registers/${kind}$`))
    await until(async () => (await held(`GC${stamp}-2`)).title.includes('改名公厕'))
    assert.equal((await records()).total, 7)
    assert.equal(
      Object.values((await held(`GC${stamp}-2`)).fields).includes('120000.00'),
      true,
      'the other cell stayed',
    )
  })

  it('takes an import back for a reason', async () => {
    await go(page, `${at}/registers/${kind}/import`)
    const first = (await imports())[0]
    const item = page.locator(`[data-import="${first.id}"]`)
    await item.getByRole('button', { name: /^撤销/ }).click()
    await item.getByLabel(/^撤销理由/).fill('导错了月份')
    await fine(page)
    await shot(page, 'register-import-undo')
    await item.getByRole('button', { name: '整批撤销' }).click()
    await until(async () => /导错了月份/.test(await item.innerText()))
    assert.equal((await records()).total, 6)
    assert.match((await held(`GC${stamp}-2`)).title, /公厕2/)
  })

  it('merges a sheet two people edited, and asks where both changed the same cell', async () => {
    const exported = join(folder, '导出.xlsx')
    writeFileSync(
      exported,
      Buffer.from(await (await fetch(`${url}/api/v1${at}/registers/${kind}/records.xlsx`)).arrayBuffer()),
    )
    const rows = rowsIn(exported)
    const top = rows.findIndex((row) => row.includes('记录地址'))
    const column = (words) => rows[top].findIndex((cell) => cell.startsWith(words))
    const of = (code) => rows.find((row) => row.includes(code))
    of(`GC${stamp}-1`)[column('名称')] = '甲改的一'
    of(`GC${stamp}-2`)[column('名称')] = '甲改的二'
    const edited = written('甲改的.xlsx', rows.slice(top))
    const label = (await api(`${at}/registers/${kind}`)).fields
    const field = (zh) => label.find((one) => one.zh === zh).name
    const one = await held(`GC${stamp}-1`)
    const two = await held(`GC${stamp}-2`)
    await write(`/records/${one.id}/edit`, one.seq, { fields: { [field('投资')]: '770000' } })
    await write(`/records/${two.id}/edit`, two.seq, { fields: { [field('名称')]: '乙改的二' } })
    await go(page, `${at}/registers/${kind}/import`)
    await drop(edited)
    await page.getByRole('heading', { name: /这张表与在账相比，改 2 条/ }).waitFor()
    await settled(page)
    assert.match(await page.locator('#sheet-clash').innerText(), /1 条[\s\S]*乙改的二[\s\S]*甲改的二/)
    assert.match(await page.locator('main .bar').innerText(), /还有 1 处两边都改过，等您定/)
    await fine(page)
    await shot(page, 'register-import-clash')
    await page.locator('#sheet-clash .diff').getByRole('button', { name: '用表中' }).click()
    await act('导入：改 2 条').click()
    await page.waitForURL(new RegExp(`registers/${kind}$`))
    await until(async () => (await held(`GC${stamp}-2`)).title.includes('甲改的二'))
    const merged = await held(`GC${stamp}-1`)
    assert.match(merged.title, /甲改的一/)
    assert.equal(merged.fields[field('投资')], '770000.00', 'the other’s edit of another cell stays')
  })

  it('puts a column right, and remembers it', async () => {
    const rows = [
      ['代号', '叫什么', '在哪'],
      [`GC${stamp}-1`, '新名一', towns[1].name_zh],
      [`GC${stamp}-2`, '新名二', towns[0].name_zh],
      [`GC${stamp}-3`, '新名三', towns[1].name_zh],
    ]
    await go(page, `${at}/registers/${kind}/import`)
    await drop(written('别样.xlsx', rows))
    const column = (letter) => page.locator('.columns').getByLabel(new RegExp(`^${letter} 列`))
    await column('A').waitFor()
    await column('A').selectOption({ label: '公厕编号' })
    await settled(page)
    await column('B').selectOption({ label: '名称' })
    await settled(page)
    await page.getByRole('heading', { name: /改 3 条/ }).waitFor()
    await act('导入：改 3 条').click()
    await page.waitForURL(new RegExp(`registers/${kind}$`))
    await go(page, `${at}/registers/${kind}/import`)
    rows[1][1] = '再改的一'
    await drop(written('别样二.xlsx', rows))
    await page.getByText('同样的表头上次导入过').waitFor()
    await page.getByRole('heading', { name: /改 1 条/ }).waitFor()
    await act('换一份文件').click()
  })

  it('offers each way out that the answer lists, each for a reason', async () => {
    const made = (await api(`${at}/registers/obstacle/records?limit=100`)).items.find((one) => one.state === 'raised')
    const detail = () => api(`${at}/records/${made.id}`)
    const more = page.getByRole('button', { name: '更多' })
    const words = page.getByLabel(/^理由或说明/)
    const open = async (way) => {
      await more.click()
      await page.getByRole('button', { name: way, exact: true }).click()
    }
    const take = async (way, after) => {
      if (await words.count()) await words.fill('试行中发现登记有误')
      await page.getByRole('button', { name: `${way}，记入经过` }).click()
      await until(after)
      await settled(page)
    }
    await go(page, `${at}/registers/obstacle/${made.id}`)
    await more.click()
    await shot(page, 'record-ways')
    const { acts } = await detail()
    assert.equal(await page.locator('.way').count(), acts.out.length + acts.extend.length)
    await page.keyboard.press('Escape')

    await open('更正')
    await page.locator('#f-text').fill('更正后的标题')
    // Without a proper reason it is refused, beside the reason.
    await words.fill('两字')
    await page.getByRole('button', { name: '更正，记入经过' }).click()
    await page.locator('#f-reason-fault').waitFor()
    await fine(page)
    await shot(page, 'record-way-reason')
    await take('更正', async () => (await detail()).title.includes('更正后的标题'))

    await open('移到别的状态')
    await page.locator('#f-state').selectOption({ index: 1 })
    await take('移到别的状态', async () => (await detail()).state !== 'raised')
    await open('作废')
    await take('作废', async () => (await detail()).void === true)
    await page.getByText('这条已作废').waitFor()
    await fine(page)
    await open('恢复')
    await take('恢复', async () => !(await detail()).void)
    assert.match(await page.locator('main').innerText(), /恢复[\s\S]*作废[\s\S]*移到别的状态[\s\S]*更正/)

    const clocked = (await api(`${at}/registers/obstacle/records?limit=100&state=raised`)).items
    for (const one of clocked) {
      const its = await api(`${at}/records/${one.id}`)
      if (!its.acts.extend.length) continue
      await go(page, `${at}/registers/obstacle/${one.id}`)
      await open('延长答复时限')
      await page.locator('#f-reason').fill('等待上级批复')
      await take(
        '延长答复时限',
        async () => JSON.stringify((await api(`${at}/records/${one.id}`)).clocks) !== JSON.stringify(its.clocks),
      )
      break
    }
    const closed = (await api(`${at}/registers/obstacle/records?limit=100`)).items.find((one) => one.state === 'solved')
    if (!closed) return
    await go(page, `${at}/registers/obstacle/${closed.id}`)
    await open('重开')
    await take('重开', async () => (await api(`${at}/records/${closed.id}`)).state !== 'solved')
  })

  it('works on a phone', async () => {
    const phone = await chrome.page('phone')
    await go(phone, `${at}/registers/new`)
    await fine(phone)
    await phone.locator('input[type=file]').setInputFiles(sheet('手机.xlsx', many(6)))
    await phone.getByRole('heading', { name: /建成一本台账/ }).waitFor()
    await fine(phone)
    await shot(phone, 'register-new-phone', { full: true })
    phone.once('dialog', (dialog) => dialog.accept())
    await go(phone, `${at}/registers/${kind}/import`)
    await fine(phone)
    await shot(phone, 'register-import-start-phone', { full: true })
    await phone.locator('input[type=file]').setInputFiles(sheet('手机二.xlsx', [...many(4, { 2: { 5: 55 } }), line(9)]))
    await phone.getByRole('heading', { name: /这张表与在账相比/ }).waitFor()
    await settled(phone)
    await fine(phone)
    await shot(phone, 'register-import-phone', { full: true })
    await phone.close()
  })
})
