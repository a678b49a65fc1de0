// SPDX-License-Identifier: Apache-2.0
// An office's own ledger: dropped, read, asked back, answered, confirmed, filtered, worked on, closed, exported, undone.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { api, browser, fine, go, programmes, settled, shot, until, url } from './browser.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

describe('任务台账', () => {
  let chrome, page, at, folder, file, batch, before_all
  const batch_of = () => page.url().match(/imports\/([^?]+)/)[1]
  const reading = (id = batch) => api(`${at}/imports/${id}`)
  const list = (query = '') => api(`${at}/tasks?limit=500${query}`)
  /** Answers every open question with its first candidate, as often as reading again asks new ones. */
  const answer_all = async () => {
    for (let round = 0; round < 4; round++) {
      const asked = (await reading()).questions.filter((question) => question.answer === null)
      if (!asked.length) break
      for (const question of asked) {
        const box = page.locator(`[data-question=${JSON.stringify(question.id)}]`)
        if (question.candidates.length) await box.locator('input[type=radio]').first().check()
        else await box.locator('input[type=text]').fill('市农业农村局')
      }
      await page.getByRole('button', { name: /^按以上/ }).click()
      await until(async () => (await reading()).questions.filter((one) => one.answer === null).length < asked.length)
      await settled(page)
    }
  }
  const row = (id) => page.locator(`[data-task="${id}"]`)

  before(async () => {
    chrome = await browser()
    at = `/${(await programmes()).synthetic.id}`
    folder = mkdtempSync(join(tmpdir(), 'gangmu-ledger-'))
    file = here('fixtures/ledger.xlsx')
    if (!existsSync(file)) execFileSync('python3', [here('fixtures/ledger.py'), (file = join(folder, '台账.xlsx'))])
    before_all = (await list()).total
    page = await chrome.page()
  })
  after(async () => {
    rmSync(folder, { recursive: true, force: true })
    await chrome.end()
  })

  it('says what to do while the ledger is empty', async () => {
    await go(page, `/${(await programmes()).real.id}/tasks`)
    assert.match(await page.locator('.box').innerText(), /把任务台账拖到这里/)
    await fine(page)
    await shot(page, 'tasks-empty-desk')
  })

  it('reads a dropped file row by row, with cells, notes, skipped rows and questions', async () => {
    await go(page, `${at}/tasks`)
    const bytes = readFileSync(file).toString('base64')
    const dropped = await page.evaluateHandle(async (text) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], '外市任务台账.xlsx'))
      return data
    }, bytes)
    await page.dispatchEvent('.box', 'drop', { dataTransfer: dropped })
    await page.waitForURL('**/tasks/imports/*')
    await settled(page)
    batch = batch_of()
    const read = await reading()
    assert.equal(read.state, 'read')
    assert.equal((await list()).total, before_all, 'nothing is kept before it is confirmed')
    assert.equal(await page.locator('.rows tbody tr').count(), read.rows.length)
    assert.ok(
      read.questions.length > 0 && read.notes.length > 0 && read.skipped.length > 0,
      'the fixture asks, normalises and skips',
    )
    assert.equal(await page.locator('[data-question]').count(), read.questions.length)
    const first = read.rows[0]
    const shown = await page.locator('.rows tbody tr').first().innerText()
    assert.ok(shown.includes(first.task.title) && shown.includes(first.cells.title), 'value and its cell')
    await fine(page)
    await shot(page, 'import-desk')
    for (const [name, items] of [
      ['未作任务的行', read.skipped],
      ['规整说明', read.notes],
      ['各列含义', read.columns],
    ]) {
      await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
      await settled(page)
      assert.equal(await page.locator('.read tbody tr').count(), items.length)
    }
    const notes = await page.locator('.read').innerText()
    assert.ok(notes.length > 0)
  })

  it('will not take it over before the questions are answered', async () => {
    const open = (await reading()).questions.filter((question) => question.blocking && question.answer === null)
    const confirm = page.getByRole('button', { name: /^确认入库/ })
    if (open.length) assert.equal(await confirm.isDisabled(), true)
    await answer_all()
    assert.deepEqual(
      (await reading()).questions.filter((question) => question.blocking && question.answer === null),
      [],
    )
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some((one) => /^确认入库/.test(one.textContent) && !one.disabled),
    )
    await shot(page, 'import-answered-desk')
  })

  it('takes all over at once', async () => {
    const { counts } = await reading()
    await page.getByRole('button', { name: /^确认入库/ }).click()
    await page.waitForURL('**/tasks?import=*')
    await settled(page)
    const now = await list(`&import=${batch}`)
    assert.equal(now.total, counts.tasks)
    assert.equal((await list()).total, before_all + counts.tasks)
    await page.waitForFunction(
      (n) => document.querySelectorAll('.ledger tbody tr').length === n,
      Math.min(counts.tasks, 100),
    )
    await fine(page)
    await shot(page, 'tasks-desk')
  })

  it('filters by lead, responsible, time and action, and counts what it shows', async () => {
    await go(page, `${at}/tasks`)
    const all = await list()
    for (const name of ['lead', 'responsible', 'action']) {
      const facet = all.facets[name].find((item) => item.value)
      if (!facet) continue
      await go(page, `${at}/tasks`)
      const choose = page.locator('.fields select').nth(['lead', 'responsible', 'action'].indexOf(name))
      await choose.selectOption(facet.value)
      await page.waitForURL((to) => to.searchParams.get(name) === facet.value)
      await settled(page)
      const found = await list(`&${name}=${encodeURIComponent(facet.value)}`)
      assert.equal(found.total, facet.count, `${name} ${facet.value}`)
      await page.waitForFunction(
        (n) => document.querySelectorAll('.ledger tbody tr').length === n,
        Math.min(found.total, 100),
      )
    }
    const dated = all.items
      .map((task) => task.due.date)
      .filter(Boolean)
      .sort()
    const middle = dated[Math.floor(dated.length / 2)]
    await go(page, `${at}/tasks?due_before=${middle}`)
    const found = await list(`&due_before=${middle}`)
    assert.ok(found.total > 0 && found.total < all.total && found.items.every((task) => task.due.date <= middle))
    await page.waitForFunction(
      (n) => document.querySelectorAll('.ledger tbody tr').length === n,
      Math.min(found.total, 100),
    )
    for (const view of ['week', 'overdue', 'waiting', 'open', 'closed']) {
      const seen = await list(`&view=${view}`)
      assert.equal(seen.total, all.summary[view], view)
    }
  })

  it('lists nothing for a condition nobody knows', async () => {
    await go(page, `${at}/tasks?stat=open`)
    assert.match(await page.getByRole('alert').innerText(), /不认识的条件：stat/)
    assert.equal(await page.locator('[data-task]').count(), 0)
    assert.equal(await page.locator('a.export').count(), 0)
    await page.getByRole('list', { name: '筛选条件' }).getByRole('button', { name: '清除筛选' }).click()
    await row((await list()).items[0].id).waitFor()
    await go(page, `${at}/tasks?view=late`)
    await page.getByRole('alert').waitFor()
    assert.equal(await page.locator('[data-task]').count(), 0)
  })

  it('reports progress, asks for closing, returns with a reason, closes', async () => {
    const task = (await list(`&import=${batch}`)).items.find((one) => one.state === 'open')
    await go(page, `${at}/tasks?import=${batch}`)
    await row(task.id).locator('button').click()
    const drawer = page.getByRole('dialog')
    const act = async (name, words, send) => {
      await drawer.getByRole('button', { name, exact: true }).first().click()
      if (name === '申请销号') await drawer.getByLabel(/^办结说明/).fill(words)
      else await drawer.locator('textarea').first().fill(words)
      if (name === '更新进展') {
        await drawer.locator('input[type=number]').fill('60')
        await drawer.getByLabel('需协调事项').fill('请市水务局批准取水口。')
      }
      await drawer.locator('form').getByRole('button', { name: send }).click()
      await drawer.locator('form').waitFor({ state: 'detached' })
      await settled(page)
    }
    await act('更新进展', '已完成选址，正在施工。', '保存进展')
    await drawer.getByText('已完成选址，正在施工。').first().waitFor()
    let now = (await api(`${at}/tasks/${task.id}`)).task
    assert.deepEqual([now.percent, now.progress], [60, '已完成选址，正在施工。'])
    assert.equal(now.more.find((box) => box.name === 'needs').text, '请市水务局批准取水口。')
    await drawer.locator('dl').getByText('请市水务局批准取水口。').waitFor()
    await drawer.locator('.events').getByText('请市水务局批准取水口。').waitFor()
    await fine(page)
    await shot(page, 'task-desk')
    await drawer.getByRole('link', { name: '转为堵点' }).click()
    await page.waitForURL('**/registers/obstacle/new*')
    await settled(page)
    assert.equal(await page.locator('#f-text').inputValue(), '请市水务局批准取水口。')
    await fine(page)
    await go(page, `${at}/tasks?import=${batch}&task=${task.id}`)
    await act('申请销号', '已建成并投入使用。', '申请销号')
    await drawer.getByRole('button', { name: '退回', exact: true }).waitFor()
    assert.equal((await api(`${at}/tasks/${task.id}`)).task.state, 'waiting')
    await act('退回', '缺少验收材料。', '退回')
    await drawer.getByRole('button', { name: '申请销号', exact: true }).waitFor()
    assert.equal((await api(`${at}/tasks/${task.id}`)).task.state, 'open')
    await act('申请销号', '验收材料已补齐。', '申请销号')
    await drawer.getByRole('button', { name: '销号', exact: true }).waitFor()
    await drawer.getByRole('button', { name: '销号', exact: true }).click()
    await drawer.locator('textarea').first().fill('同意。')
    await drawer.getByRole('button', { name: '确认销号' }).click()
    await drawer.getByText('完成比例为 60%').first().waitFor()
    await drawer.getByRole('button', { name: '仍要销号' }).click()
    await drawer.getByRole('button', { name: '重新打开', exact: true }).waitFor()
    now = await api(`${at}/tasks/${task.id}`)
    assert.equal(now.task.state, 'closed')
    assert.equal(now.events.length >= 6, true)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await go(page, `${at}/tasks?view=closed`)
    await row(task.id).waitFor()
  })

  it('exports in the layout that came in, and reads its own export again', async () => {
    await go(page, `${at}/tasks?import=${batch}`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a.export').first().click()])
    const bytes = readFileSync(await download.path())
    assert.equal(bytes.subarray(0, 2).toString(), 'PK')
    const again = await (
      await fetch(`${url}/api/v1${at}/imports?name=again.xlsx`, {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'idempotency-key': Date.now().toString(16).padStart(32, 'a'),
        },
        body: bytes,
      })
    ).json()
    const first = await reading()
    assert.deepEqual(
      again.columns.map((column) => column.header),
      first.columns.map((column) => column.header),
    )
    assert.deepEqual(
      again.rows.map((one) => one.task.title),
      first.rows.map((one) => one.task.title),
    )
  })

  it('works on a phone', async () => {
    const phone = await chrome.page('phone')
    await go(phone, `${at}/tasks`)
    await fine(phone)
    await shot(phone, 'tasks-phone')
    await phone.locator('[data-task]').first().click()
    await phone.getByRole('dialog').locator('dl').waitFor()
    await settled(phone)
    await fine(phone)
    await shot(phone, 'task-phone')
    await go(phone, `${at}/tasks/imports/${batch}`)
    await fine(phone)
    await shot(phone, 'import-phone')
    await phone.close()
  })

  it('asks for a reason to undo a batch that was worked on, says which task it is, and takes it back with it', async () => {
    await go(page, `${at}/tasks/imports/${batch}`)
    await page.getByRole('button', { name: '整批撤销' }).click()
    await page.getByRole('alert').waitFor()
    assert.match(await page.getByRole('alert').innerText(), /推进|改动/)
    assert.equal((await reading()).state, 'confirmed')
    await fine(page)
    await shot(page, 'import-undo-desk')
    await page.getByLabel(/^撤销理由/).fill('台账报错了县，改报后重导')
    await page.getByRole('button', { name: '连同改动整批撤销' }).click()
    await until(async () => (await reading()).state === 'undone')
    assert.equal((await list(`&import=${batch}`)).total, 0)
  })

  it('discards what was read and is not wanted', async () => {
    await go(page, `${at}/tasks`)
    await page.setInputFiles('input[type=file]', {
      name: '不要的台账.xlsx',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(file),
    })
    await page.waitForURL('**/tasks/imports/*')
    await settled(page)
    const id = batch_of()
    await page.getByRole('button', { name: '放弃这一份' }).click()
    await page.waitForURL('**/tasks')
    await page.getByText(/已放弃：不要的台账/).waitFor()
    assert.equal((await reading(id)).code, 'app.unknown_import')
  })

  it('turns the pages of a long ledger, and confirms with the answer chosen on the page', async () => {
    const lines = Array.from({ length: 130 }, (_, i) => `${i + 1},任务${i + 1},市发改局,2023年6月底前,${i ? 80 : 0.5}`)
    await go(page, `${at}/tasks`)
    await page.setInputFiles('input[type=file]', {
      name: '长台账.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['序号,工作任务,牵头单位,完成时限,完成比例', ...lines].join('\n')),
    })
    await page.waitForURL('**/tasks/imports/*')
    await settled(page)
    batch = batch_of()
    assert.equal(await page.locator('.rows tbody tr').count(), 50)
    await page.getByRole('button', { name: '下一页' }).click()
    await page.getByText('第 51–100 条，共 130 条').waitFor()
    await page.getByRole('button', { name: '下一页' }).click()
    await page.getByText('第 101–130 条，共 130 条').waitFor()
    assert.match(await page.locator('.rows tbody tr').last().innerText(), /任务130/)
    await fine(page)
    await shot(page, 'import-pages-desk')
    await page.locator('[data-question^="percent:"] input[value="fraction"]').check()
    await page.getByText('您选的 1 个回答一并计入').waitFor()
    await page.getByRole('button', { name: /^确认入库/ }).click()
    await page.waitForURL('**/tasks?import=*')
    const first = (await list(`&import=${batch}`)).items.find((one) => one.title === '任务1')
    assert.equal(first.percent, 50)
    await go(page, `${at}/tasks/imports/${batch}`)
    await page.getByRole('button', { name: '整批撤销' }).click()
    await until(async () => (await reading()).state === 'undone')
  })

  it('undoes a fresh batch as a whole', async () => {
    const total = (await list()).total
    await go(page, `${at}/tasks`)
    await page.setInputFiles('input[type=file]', {
      name: '外市任务台账（二）.xlsx',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(file),
    })
    await page.waitForURL('**/tasks/imports/*')
    await settled(page)
    batch = batch_of()
    await answer_all()
    const { counts } = await reading()
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some((one) => /^确认入库/.test(one.textContent) && !one.disabled),
    )
    await page.getByRole('button', { name: /^确认入库/ }).click()
    await page.waitForURL('**/tasks?import=*')
    assert.equal((await list()).total, total + counts.tasks)
    await page.locator('.toast').getByRole('button', { name: '撤销' }).click()
    await until(async () => (await reading()).state === 'undone')
    await until(async () => (await list()).total === total)
    await go(page, `${at}/tasks/imports/${batch}`)
    await page.getByText('这一批已整批撤销').waitFor()
    await fine(page)
  })
})
