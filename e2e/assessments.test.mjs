// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { api, browser, fine, go, programmes, settled, shot, sizes } from './browser.mjs'

const cents = (text) => Math.round(Number(text) * 100)

describe('考核得分说明', () => {
  let chrome, real, synthetic
  before(async () => { chrome = await browser(); ({ real, synthetic } = await programmes()) })
  after(() => chrome.end())

  it('gives no real place a composite score', async () => {
    const page = await chrome.page()
    await go(page, `/${real.id}/assessments`)
    assert.equal((await api(`/${real.id}/assessments`)).items.length, 0)
    assert.match(await page.locator('main').innerText(), /没有考核/)
    await fine(page)
    await shot(page, 'assessments-none-desk')
    await page.close()
  })

  for (const size of Object.keys(sizes)) {
    it(`goes from the list by class to one place, plain words first (${size})`, async () => {
      const page = await chrome.page(size)
      await go(page, `/${synthetic.id}/assessments`)
      assert.match(await page.locator('main').innerText(), /内部测算/)
      await fine(page)
      await shot(page, `assessments-${size}`)
      await page.locator('tbody .first a').first().click()
      await page.waitForURL('**/assessments/*')
      await settled(page)
      const one = await api(`/${synthetic.id}/assessments/${page.url().split('/').pop()}`)
      for (const entry of one.classes) {
        await page.getByRole('button', { name: new RegExp(`^${entry.name_zh} ${entry.size}$`) }).click()
        await settled(page)
        await page.waitForFunction((n) => document.querySelectorAll('tbody tr').length === n, entry.size)
        const ranks = (await page.locator('tbody td.first').allTextContents()).map(Number)
        assert.deepEqual(ranks, [...ranks].sort((a, b) => a - b))
        assert.equal(ranks[0], 1)
      }
      await fine(page)
      await shot(page, `assessment-${size}`)
      await page.locator('tbody th a').nth(2).click()
      await page.locator('.plain').waitFor()
      await settled(page)
      const blocks = await page.evaluate(() => ['.plain', '.waterfall', 'table'].map((part) => document.querySelector(part).getBoundingClientRect().top))
      assert.ok(blocks[0] < blocks[1] && blocks[1] < blocks[2], 'plain words, then waterfall, then table')
      const total = await page.locator('.result dd').first().innerText()
      const lines = await page.locator('tbody tr:not(.group) td.strong').allTextContents()
      assert.ok(lines.length > 3)
      assert.equal(lines.reduce((sum, text) => sum + cents(text), 0), cents(total), 'contributions add up to the score as printed')
      assert.equal(await page.locator('tfoot .strong').innerText(), total)
      await fine(page)
      await shot(page, `score-${size}`, { full: size === 'phone' })
      await page.close()
    })
  }
})
