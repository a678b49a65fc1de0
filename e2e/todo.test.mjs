// SPDX-License-Identifier: Apache-2.0
// 待办 and 催办, on a server of its own: what waits for a county's office, a town's clerk and the city's office; a button that
// begins the act it names; what was typed kept; who is late nudged, once, one by one and many at once.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { house, root } from './house.mjs'

const folder = mkdtempSync(join(tmpdir(), 'gangmu-todo-'))
const pack = join(folder, 'tutorial')
cpSync(join(root, 'programmes/tutorial'), pack, { recursive: true })
const tasks = join(pack, 'plan/tasks.csv')
/** Beside those of the tutorial: one of a town, and one nobody gave a day. */
writeFileSync(
  tasks,
  readFileSync(tasks, 'utf8').trimEnd() +
    '\n6,990901100000,建设和美乡村,整治人居环境,子一镇公厕改造,,子一镇人民政府,,2024年底,,,,,,' +
    '\n7,990901100000,建设和美乡村,整治人居环境,子一镇绿道养护,,子一镇人民政府,,长期坚持,,,,,,\n',
)
const own = await house(pack, 'tutorial', [
  { login: 'city', name: '市办公室', role: 'city_office', place: '990900000000' },
  { login: 'zi', name: '子县办公室', role: 'county_office', place: '990901000000' },
  { login: 'zi-one', name: '子一镇填报员', role: 'town_clerk', place: '990901100000' },
  { login: 'leader', name: '领导', role: 'leader', place: '990900000000' },
])
process.env.GANGMU_URL = own.url
const { browser, fine, go, settled, shot, sizes, until, url } = await import('./browser.mjs')

describe('待办与催办', () => {
  let chrome
  before(async () => {
    chrome = await browser()
  })
  after(async () => {
    await chrome.end()
    await own.end()
    rmSync(folder, { recursive: true, force: true })
  })
  const password = '木棉花开 in spring 2026'
  async function sign(page, login, again = false) {
    await go(page, '/tutorial')
    if (!again) {
      await page.getByRole('button', { name: '首次登录，或口令已被重置' }).click()
      await page.getByLabel('登录名').fill(login)
      await page.getByLabel('一次性口令').fill(own.codes[login])
      await page.getByLabel('新口令', { exact: true }).fill(password)
      await page.getByLabel('再输一次新口令').fill(password)
      await page.getByRole('button', { name: '设置口令并登录' }).click()
    } else {
      await page.getByLabel('登录名').fill(login)
      await page.getByLabel('口令', { exact: true }).fill(password)
      await page.getByRole('button', { name: '登录', exact: true }).click()
    }
    await page.locator('nav.tabs').waitFor({ state: 'attached' })
    await settled(page)
  }
  async function leave(page) {
    await go(page, '/tutorial/account')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('button', { name: '登录', exact: true }).waitFor()
  }
  const read = (page, path) => page.evaluate(async (at) => (await fetch(`/api/v1/tutorial${at}`)).json(), path)
  const titles = (page) => page.locator('.row .title').allInnerTexts()
  async function looks(page, name) {
    for (const size of ['desk', 'phone']) {
      await page.setViewportSize(sizes[size])
      await settled(page)
      await fine(page)
      await shot(page, `${name}-${size}`)
    }
    await page.setViewportSize(sizes.desk)
  }

  it('leads the first page with what waits, and its button begins the report', async () => {
    const page = await chrome.page()
    await sign(page, 'zi-one')
    const asked = await read(page, '/todo')
    assert.deepEqual(
      asked.items.map((one) => [one.title, one.why, one.when]),
      [['子一镇公厕改造', 'report', 'late']],
      'of its own town alone, and nothing without a day',
    )
    assert.deepEqual(await titles(page), ['子一镇公厕改造'])
    await page.getByRole('link', { name: '全部待办 1 件' }).waitFor()
    await looks(page, 'home-todo')
    await page.locator('nav.tabs a', { hasText: '待办' }).click()
    await page.waitForURL('**/todo')
    await settled(page)
    assert.equal(await page.locator('h1').innerText(), '今天要办 1 件，先办过时限的 1 件')
    await looks(page, 'todo')
    await page.getByRole('link', { name: '报进展' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('进展情况').fill('已选址')
    await fine(page)
    await shot(page, 'todo-report-desk')
    await page.keyboard.press('Escape')
    const ask = page.getByRole('dialog', { name: /没有提交/ })
    await ask.waitFor()
    await ask.getByRole('button', { name: '继续填' }).click()
    await drawer.getByRole('button', { name: '更新进展', exact: true }).click()
    await drawer.locator('form').waitFor({ state: 'detached' })
    await drawer.getByRole('button', { name: '更新进展', exact: true }).click()
    assert.equal(await drawer.getByLabel('进展情况').inputValue(), '已选址', 'a closed form keeps its words')
    await drawer.getByRole('button', { name: '保存进展' }).click()
    await drawer.locator('form').waitFor({ state: 'detached' })
    await drawer.getByText('已选址').first().waitFor()
    assert.equal(await drawer.getByRole('button', { name: '催办', exact: true }).count(), 0, 'a clerk nudges nobody')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await leave(page)
    await page.close()
  })

  it('sends what was typed over what stood when the form opened', async () => {
    const page = await chrome.page()
    await sign(page, 'zi')
    await go(page, '/tutorial/todo?task=1&act=progress')
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('存在问题').fill('缺资金')
    await drawer.getByLabel('进展情况').fill('改了 45 户')
    const now = (await read(page, '/tasks/1')).task
    const other = await page.evaluate(
      async ({ seq }) =>
        (
          await fetch('/api/v1/tutorial/tasks/1/progress', {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'idempotency-key': '0123456789abcdef0123456789abcdef',
              'if-match': `"${seq}"`,
            },
            body: JSON.stringify({ text: '另一人先报', percent: 70, next_steps: '验收' }),
          })
        ).status,
      now,
    )
    assert.equal(other, 200)
    await drawer.getByText('另一人先报').first().waitFor()
    assert.equal(await drawer.getByLabel('存在问题').inputValue(), '缺资金', 'still as it was typed')
    await drawer.getByRole('button', { name: '保存进展' }).click()
    await drawer.getByRole('alert').waitFor()
    assert.match(await drawer.getByRole('alert').innerText(), /另一人先报/, 'both versions are told')
    await until(async () => (await drawer.getByLabel('下步打算').inputValue()) === '验收')
    assert.equal(await drawer.getByLabel('存在问题').inputValue(), '缺资金')
    await drawer.getByRole('button', { name: '保存进展' }).click()
    await drawer.locator('form').waitFor({ state: 'detached' })
    const { task } = await read(page, '/tasks/1')
    assert.deepEqual(
      [task.progress, task.percent, ...['problems', 'next_steps'].map((n) => task.more.find((b) => b.name === n).text)],
      ['改了 45 户', 70, '缺资金', '验收'],
    )
    page.faults.length = 0
    await leave(page)
    await page.close()
  })

  it('nudges who is late, one and many, says why not the others, and gives words for a group', async () => {
    const page = await chrome.page()
    await sign(page, 'city')
    await go(page, '/tutorial/tasks?task=6')
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: '催办', exact: true }).click()
    await drawer.getByLabel(/^催办文字/).fill('周五前请补报')
    await drawer.locator('form').getByRole('button', { name: '催办' }).click()
    await drawer.locator('.nudge').getByText('周五前请补报').waitFor()
    assert.match(await drawer.locator('.nudge').innerText(), /市办公室催办 · .* · 第 1 次/)
    await until(async () => (await drawer.getByRole('button', { name: '催办', exact: true }).count()) === 0)
    await drawer.locator('.events').getByText('周五前请补报').waitFor()
    await fine(page)
    await shot(page, 'task-nudged-desk')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    assert.match(await page.locator('tr[data-task="6"]').innerText(), /已催 1 次/)
    for (const id of ['1', '4', '6']) await page.locator(`tr[data-task="${id}"] .check`).check()
    await page.getByRole('toolbar').getByRole('button', { name: '催办' }).click()
    const panel = page.getByRole('dialog', { name: '催办所选 3 件' })
    const words = await panel.locator('.public').innerText()
    assert.match(words, /有 3 件事项已过时限.*\/tutorial\/todo/)
    assert.doesNotMatch(words, /县|镇|村|厕/, 'no place and no matter')
    await fine(page)
    await shot(page, 'nudge-desk')
    await panel.getByRole('button', { name: '催办 3 件' }).click()
    await panel.getByText('已催 1 件，没催成 2 件，还有 0 件').waitFor()
    const told = await panel.innerText()
    assert.match(told, /已申请销号，不用催办/)
    assert.match(told, /今天已由市办公室催办，同一件事一天只催一次/)
    await fine(page)
    await shot(page, 'nudge-done-desk')
    await panel.getByRole('button', { name: '知道了' }).click()
    await panel.waitFor({ state: 'detached' })
    await leave(page)
    await page.close()
  })

  it('shows the nudge to whom it waits for, until they report', async () => {
    const page = await chrome.page()
    await sign(page, 'zi-one', true)
    await go(page, '/tutorial/todo')
    assert.match(await page.locator('.row .nudge').innerText(), /周五前请补报[\s\S]*市办公室催办/)
    await looks(page, 'todo-nudged')
    await page.getByRole('link', { name: '报进展' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('进展情况').fill('已补报')
    await drawer.getByRole('button', { name: '保存进展' }).click()
    await drawer.locator('form').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await until(async () => (await page.locator('.row .nudge').count()) === 0)
    await leave(page)
    await page.close()
  })

  it('offers closing to who may close, and sending back waits for the unit', async () => {
    const page = await chrome.page()
    await sign(page, 'city', true)
    await go(page, '/tutorial/todo')
    const row = page.locator('.row', { hasText: '丑二镇卫生院达标' })
    await row.getByRole('link', { name: '核实' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel(/^核实意见/).waitFor()
    await drawer.getByLabel(/^核实意见/).fill('尚缺')
    await drawer.getByRole('button', { name: '退回', exact: true }).click()
    await drawer.getByLabel(/^退回理由/).fill('缺验收表')
    await drawer.getByRole('button', { name: '销号', exact: true }).click()
    assert.equal(await drawer.getByLabel(/^核实意见/).inputValue(), '尚缺', 'each act keeps its own words')
    await drawer.getByLabel(/^核实意见/).fill('')
    await drawer.getByRole('button', { name: '退回', exact: true }).click()
    assert.equal(await drawer.getByLabel(/^退回理由/).inputValue(), '缺验收表')
    await drawer.locator('form').getByRole('button', { name: '退回' }).click()
    await drawer.locator('form').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await until(async () => /退回理由：缺验收表/.test(await page.locator('main').innerText()))
    const back = page.locator('.row', { hasText: '丑二镇卫生院达标' })
    await back.getByRole('link', { name: '改后再报' }).waitFor()
    await leave(page)
    await page.close()
  })

  it('keeps nothing for who only reads', async () => {
    const page = await chrome.page()
    await sign(page, 'leader')
    await go(page, '/tutorial/todo')
    await page.getByText('没有等您办的事').waitFor()
    await go(page, '/tutorial/tasks')
    assert.equal(await page.locator('tr[data-task] .check').count(), 0)
    await go(page, '/tutorial/tasks?task=1')
    await page.getByRole('dialog').locator('dl').waitFor()
    assert.equal(await page.getByRole('dialog').locator('.acts button').count(), 0)
    assert.equal((await fetch(`${url}/api/v1/tutorial/todo`)).status, 401)
    await page.close()
  })
})
