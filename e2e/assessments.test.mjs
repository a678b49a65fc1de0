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

  it('loses nothing at full marks and speaks of no impossible amount', async () => {
    const faults = []
    for (const item of (await api(`/${synthetic.id}/assessments`)).items) {
      const { rows } = await api(`/${synthetic.id}/assessments/${item.id}`)
      for (const { place } of rows.slice(0, 12)) {
        const why = await api(`/${synthetic.id}/assessments/${item.id}/places/${place.code}`)
        for (const line of why.lines) {
          if (cents(line.contribution) + cents(line.lost) !== cents(line.full)) faults.push(`${place.code} ${line.indicator}: ${line.contribution} + ${line.lost} is not ${line.full}`)
          if ((cents(line.lost) < 0 && Number(line.score) <= 100) || (line.score === '100.00' && cents(line.lost) !== 0)) faults.push(`${place.code} ${line.indicator}: ${line.score} loses ${line.lost}`)
        }
        const words = why.plain.flatMap((block) => [...block.sentences_zh, ...block.sentences_en])
        faults.push(...words.filter((text) => /是\/否|yes\/no|\d 100 million|\d 10k CNY/.test(text) || Number(/到 (\d+)\.\d%，可再得/.exec(text)?.[1] ?? 0) > 100))
      }
    }
    assert.deepEqual(faults, [])
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
      const [id, code] = [new URL(page.url()).pathname.split('/').at(-2), new URL(page.url()).pathname.split('/').at(-1)]
      const why = await api(`/${synthetic.id}/assessments/${id}/places/${code}`)
      const ribbon = await page.locator('.ribbon.warn').allInnerTexts()
      assert.equal(ribbon.length, why.missing ? 1 : 0)
      if (ribbon.length) assert.equal(/暂定/.test(ribbon[0]), why.provisional)
      assert.ok(!(why.provisional && why.rank), 'what is ranked is not provisional')
      const right = Math.max(...await page.locator('thead th').evaluateAll((all) => all.slice(1, 3).map((one) => one.getBoundingClientRect().right)))
      assert.ok(right <= sizes[size].width, `points got and lost end at ${right}`)
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
