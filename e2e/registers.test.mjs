// SPDX-License-Identifier: Apache-2.0
// Registers in the browser: found, filtered, a record entered with a fault first, opened, taken a step, told of; also on a phone.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { api, browser, fine, go, programmes, settled, shot, until } from './browser.mjs'

describe('登记台账', () => {
  let chrome, page, at, town
  const records = (kind, query = '') => api(`${at}/registers/${kind}/records?limit=100${query}`)

  before(async () => {
    chrome = await browser()
    at = `/${(await programmes()).synthetic.id}`
    town = (await api(`${at}/places?level=town&limit=1`)).items[0]
    page = await chrome.page()
  })
  after(() => chrome.end())

  it('is reached from the first page', async () => {
    await go(page, at)
    await page.locator('.registers a').first().click()
    await page.waitForURL(/registers\/\w+$/)
    await settled(page)
  })

  it('lists what is open and what it holds', async () => {
    await go(page, `${at}/registers`)
    const words = await page.locator('main').innerText()
    assert.match(words, /项目/)
    assert.match(words, /堵点/)
    assert.match(words, /\d+ 条 · 主管单位/)
    await fine(page)
    await shot(page, 'registers')
  })

  it('counts exactly, by state and by words', async () => {
    const all = await records('project')
    assert.ok(all.total > 10)
    await go(page, `${at}/registers/project`)
    assert.match(await page.locator('.caption').innerText(), new RegExp(`共 ${all.total} 条`))
    const some = await records('project', `&q=${encodeURIComponent('圩镇')}`)
    await page.locator('.tools input[type=search]').fill('圩镇')
    await until(async () => (await page.locator('.caption').innerText()).includes(`共 ${some.total} 条`))
    await fine(page)
    await shot(page, 'register-project')
  })

  it('keeps what was typed when something is wrong, and tells it at the field', async () => {
    await go(page, `${at}/registers/project`)
    await page.getByRole('button', { name: '登记一条' }).click()
    await page.locator('#f-name').fill('示例渡口改造')
    await page.locator('#f-total').fill('一千万')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await until(async () => (await page.locator('.fault').count()) > 0)
    assert.equal(await page.locator('#f-name').inputValue(), '示例渡口改造')
    await page.locator('#f-total').fill('1200.5')
    await page.locator('#f-place').fill(town.name_zh)
    await page.locator('#f-place-list button').first().click()
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByRole('dialog').waitFor()
    await settled(page)
    assert.match(await page.getByRole('dialog').innerText(), /1200\.5 万元/)
    await shot(page, 'record-project')
  })

  it('offers the acts the server lists, and what happened', async () => {
    const drawer = page.getByRole('dialog')
    assert.match(await drawer.innerText(), /经过/)
    await drawer.getByRole('button', { name: '修改' }).click()
    await drawer.locator('#f-name').fill('示例渡口改造工程')
    await drawer.getByRole('button', { name: '保存修改' }).click()
    await until(async () => (await drawer.locator('h2').innerText()).includes('示例渡口改造工程'))
    assert.match(await drawer.innerText(), /改了项目名称/)
  })

  it('works on a phone', async () => {
    const phone = await chrome.page('phone')
    await go(phone, `${at}/registers/obstacle`)
    await phone.locator('[data-record]').first().click()
    await phone.getByRole('dialog').waitFor()
    await settled(phone)
    await fine(phone)
    await shot(phone, 'record-obstacle-phone')
    await phone.close()
  })
})
