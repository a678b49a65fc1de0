// SPDX-License-Identifier: Apache-2.0
// What a page says when there is nothing, when it is still reading, and when the server refuses or is gone.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { browser, fine, go, programmes, settled, shot, url } from './browser.mjs'

describe('states of a page', () => {
  let chrome, real
  before(async () => {
    chrome = await browser()
    ;({ real } = await programmes())
  })
  after(() => chrome.end())

  it('draws the shape of what will come', async () => {
    const page = await chrome.page()
    let let_go
    const held = new Promise((done) => {
      let_go = done
    })
    await page.route('**/home*', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(`${url}/${real.id}`)
    await page.locator('.loading').waitFor()
    assert.match(await page.locator('.loading').innerText(), /正在读取/)
    await fine(page)
    let_go()
    await settled(page)
    assert.equal(await page.locator('.card').count(), 7)
    await page.close()
  })

  it('says that the server is gone, and works again without a reload', async () => {
    const page = await chrome.page('phone')
    await page.route('**/home*', (route) => route.abort())
    await page.goto(`${url}/${real.id}`)
    await page.getByRole('alert').waitFor()
    assert.match(await page.getByRole('alert').innerText(), /连不上服务器/)
    page.faults.length = 0
    await fine(page)
    await shot(page, 'problem-phone')
    await page.unroute('**/home*')
    await page.getByRole('button', { name: '重试' }).click()
    await settled(page)
    await page.locator('.card').first().waitFor()
    assert.equal(await page.locator('.card').count(), 7)
    await page.close()
  })

  it('shows what the server refused, with the number to quote', async () => {
    const page = await chrome.page()
    await go(page, `/${real.id}/places/000000000000`)
    await page.getByRole('alert').waitFor()
    assert.match(await page.getByRole('alert').innerText(), /请求编号 \S+/)
    await fine(page)
    await page.close()
  })

  it('keeps typed words when a write is refused', async () => {
    const page = await chrome.page()
    await page.route('**/imports?*', (route) =>
      route.fulfill({
        status: 413,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'too large',
          status: 413,
          code: 'too_large',
          detail_zh: '文件超过 16 MB 的上限。',
          detail_en: 'Too large.',
          errors: [],
          request_id: 'r1',
        }),
      }),
    )
    await go(page, `/${real.id}/tasks`)
    await page.setInputFiles('input[type=file]', {
      name: '台账.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('x'),
    })
    await page.getByRole('alert').waitFor()
    assert.match(await page.getByRole('alert').innerText(), /上限[\s\S]*r1/)
    await fine(page)
    await page.close()
  })

  it('keeps the head apart and whole at 200 %, in both languages', async () => {
    const page = await chrome.page()
    for (const width of [720, 900, 1019, 1180, 1320])
      for (const language of ['zh', 'en']) {
        await page.setViewportSize({ width, height: 450 })
        await go(page, `/${(await programmes()).synthetic.id}`)
        await page.evaluate(
          (said) => localStorage.setItem('gangmu.settings', JSON.stringify({ language: said })),
          language,
        )
        await page.reload()
        await settled(page)
        const boxes = await page
          .locator('header .brand, header .switch select, header nav a, header .search input, header .settings button')
          .evaluateAll((all) =>
            all
              .map((one) => ({
                text: one.textContent.trim().slice(0, 20),
                ...one.getBoundingClientRect().toJSON(),
              }))
              .filter((box) => box.width),
          )
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1)) {
            const over =
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
            assert.ok(!over, `${language} ${width}: “${a.text}” lies over “${b.text}”`)
          }
        await fine(page)
      }
    await page.evaluate(() => localStorage.clear())
    await page.close()
  })

  it('knows addresses that lead nowhere', async () => {
    const page = await chrome.page()
    await go(page, '/no-such-programme')
    assert.match(await page.locator('main').innerText(), /没有名为“no-such-programme”的地区/)
    await go(page, `/${real.id}/no/such/page`)
    assert.match(await page.locator('main').innerText(), /没有这一页/)
    await fine(page)
    await page.close()
  })
})
