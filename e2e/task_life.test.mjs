// SPDX-License-Identifier: Apache-2.0
// A task beside its ledger: handed out, broken down to places, received, objected to, put off, closed after asking back, counted.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { api, browser, fine, go, programmes, settled, shot, until } from './browser.mjs'

describe('任务的一生', () => {
  let chrome, page, at, id
  const detail = (one = id) => api(`${at}/tasks/${one}`)
  const button = (name) => page.getByRole('button', { name, exact: true })
  const open = async (one = id) => {
    await go(page, `${at}/tasks?task=${one}`)
    await settled(page)
  }

  before(async () => {
    chrome = await browser()
    at = `/${(await programmes()).synthetic.id}`
    page = await chrome.page()
  })
  after(() => chrome.end())

  it('is handed out by the office', async () => {
    await go(page, `${at}/tasks`)
    await page.getByRole('link', { name: '下达任务' }).click()
    await settled(page)
    await page.getByLabel('任务', { exact: true }).fill('农村公厕改造验收')
    await page.getByLabel(/^牵头单位/).fill('示例局')
    await page.getByLabel(/^时限/).fill('某个时候')
    await button('下达 1 项').click()
    await page
      .getByText(/无法识别/)
      .first()
      .waitFor()
    await page.getByLabel(/^时限/).fill('2031年6月底前')
    await button('下达 1 项').click()
    await page.waitForURL(/task=\d+/)
    id = page.url().match(/task=(\d+)/)[1]
    assert.equal((await detail()).task.due.date, '2031-06-30')
    await fine(page)
  })

  it('is broken down to all counties at once, and shows how far they are', async () => {
    await open()
    await page.getByRole('link', { name: '分解' }).click()
    await settled(page)
    await page.getByLabel(/^全部 \d+ 个/).check()
    await shot(page, 'task-break-down-desk')
    await page.getByRole('button', { name: /^下达 \d+ 项$/ }).click()
    await page.waitForURL(new RegExp(`task=${id}`))
    const { below } = await detail()
    assert.ok(below.total > 1)
    await page.getByText(`${below.total} 项中已销号 0 项，平均完成 0%`).waitFor()
    const child = await detail(below.items[0].id)
    assert.equal(child.parent.id, id)
    assert.equal(child.task.due.date, '2031-06-30')
    await fine(page)
  })

  it('is received, objected to, and handed on by the ruling', async () => {
    await open()
    await button('签收').click()
    await until(async () => (await detail()).task.more.some((box) => box.name === 'received_on'))
    await open()
    await button('更多').click()
    await button('提出异议').click()
    await page.locator('form').getByLabel(/理由/).fill('职责已划转')
    await page.locator('form').getByRole('button', { name: '提出异议' }).click()
    await until(async () => (await detail()).task.state === 'objected')
    await open()
    await page.getByText('异议待裁定').first().waitFor()
    await button('异议成立，改派').click()
    await page
      .locator('form')
      .getByLabel(/牵头单位/)
      .fill('另一示例局')
    await page.locator('form').getByLabel(/理由/).fill('按三定方案')
    await page.locator('form').getByRole('button', { name: '异议成立，改派' }).click()
    await until(async () => (await detail()).task.lead === '另一示例局')
    assert.equal((await detail()).task.state, 'open')
  })

  it('is put off after the office has ruled', async () => {
    await open()
    await button('更多').click()
    await button('申请延期、调整').click()
    await page
      .locator('form')
      .getByLabel(/申请的时限/)
      .fill('2031-09-30')
    await page.locator('form').getByLabel(/理由/).fill('雨季不能施工')
    await page.locator('form').getByRole('button', { name: '申请延期、调整' }).click()
    await until(async () => (await detail()).task.more.some((box) => box.name === 'asked_due'))
    await open()
    await button('同意调整').click()
    await page.locator('form').getByRole('button', { name: '同意调整' }).click()
    await until(async () => (await detail()).task.due.date === '2031-09-30')
  })

  it('is closed below what it was broken down to only after asking back', async () => {
    await open()
    await button('申请销号').click()
    await page
      .locator('form')
      .getByLabel(/办结说明/)
      .fill('主体已完成')
    await page.locator('form').getByRole('button', { name: '申请销号' }).click()
    await until(async () => (await detail()).task.state === 'waiting')
    await open()
    await button('销号').click()
    await page.getByRole('button', { name: '确认销号' }).click()
    await page.getByText(/项下级任务未销号/).waitFor()
    assert.equal((await detail()).task.state, 'waiting')
    await page.getByRole('button', { name: '仍要销号' }).click()
    await until(async () => (await detail()).task.state === 'closed')
    await fine(page)
  })

  it('is counted by county, in the order of the tree, each number leading to its tasks', async () => {
    await go(page, `${at}/tasks/board?by=county`)
    await settled(page)
    const names = await page.locator('tbody th').allInnerTexts()
    assert.deepEqual(
      names,
      [...names].sort((a, b) => [...'甲乙丙丁戊己庚以'].indexOf(a[0]) - [...'甲乙丙丁戊己庚以'].indexOf(b[0])),
    )
    await shot(page, 'task-board-desk')
    const total = await page.locator('tbody tr').first().locator('td a').first().innerText()
    await page.locator('tbody tr').first().locator('td a').first().click()
    await settled(page)
    await page.getByText(`共 ${total} 项`).first().waitFor()
    await fine(page)
  })
})
