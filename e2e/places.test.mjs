// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { api, browser, fine, go, programmes, settled, shot, sizes } from './browser.mjs'

describe('县镇村画像', () => {
  let chrome, real, synthetic, levels
  before(async () => {
    chrome = await browser()
    ;({ real, synthetic } = await programmes())
    levels = {}
    for (const programme of [real, synthetic])
      for (const level of ['city', 'county', 'town', 'village']) {
        const found = await api(`/${programme.id}/places?level=${level}&limit=1`)
        if (found.items?.length) levels[`${programme.id}/${level}`] = found.items[0]
      }
  })
  after(() => chrome.end())

  for (const size of Object.keys(sizes)) {
    it(`has one template for every level (${size})`, async () => {
      const page = await chrome.page(size)
      for (const [key, place] of Object.entries(levels)) {
        const [programme, level] = key.split('/')
        await go(page, `/${programme}/places/${place.code}`)
        assert.ok((await page.locator('h1').innerText()).includes(place.name_zh))
        const profile = await api(`/${programme}/places/${place.code}`)
        assert.equal(await page.locator('[data-indicator]').count(), profile.figures.length)
        assert.equal(await page.locator('.children li').count(), profile.children.length)
        assert.equal(
          await page.locator('.path a').count(),
          profile.path.filter((one) => one.code !== place.code).length,
        )
        await fine(page)
        await shot(page, `place-${programme === real.id ? 'real' : 'synthetic'}-${level}-${size}`)
      }
      await page.close()
    })
  }

  it('opens where every figure comes from, keeps it in the address, closes by Escape', async () => {
    const page = await chrome.page()
    const county = levels[`${real.id}/county`]
    await go(page, `/${real.id}/places/${county.code}`)
    const rows = await page.locator('[data-indicator]').evaluateAll((all) => all.map((one) => one.dataset.indicator))
    assert.ok(rows.length > 3)
    for (const indicator of rows.slice(0, 4)) {
      const button = page.locator(`[data-indicator="${indicator}"] .figure`)
      await button.click()
      const drawer = page.getByRole('dialog')
      await drawer.locator('h3').first().waitFor()
      const key = new URL(page.url()).searchParams.get('explain')
      const [place, code, period] = key.split('~')
      assert.deepEqual([place, code], [county.code, indicator])
      const said = await api(`/${real.id}/observations/explain?place=${place}&indicator=${code}&period=${period}`)
      const text = await drawer.innerText()
      assert.ok(text.includes(said.indicator.name_zh))
      if (said.source) assert.ok(text.includes(said.source.name), `${indicator}: source named`)
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
      assert.equal(
        await page.evaluate(() => document.activeElement.className.includes('figure')),
        true,
        'focus goes back',
      )
    }
    await page.locator('[data-indicator] .figure').first().click()
    await page.getByRole('dialog').locator('h3').first().waitFor()
    await settled(page)
    await fine(page)
    await shot(page, 'explain-desk')
    await page.reload()
    await page.getByRole('dialog').locator('h3').first().waitFor()
    await page.close()
    const phone = await chrome.page('phone')
    await go(phone, `/${real.id}/places/${county.code}`)
    await phone.locator('[data-indicator] .figure').first().click()
    await phone.getByRole('dialog').locator('h3').first().waitFor()
    await settled(phone)
    await fine(phone)
    await shot(phone, 'explain-phone')
    await phone.close()
  })

  it('tells a drawer in one unit, in English too, and says who entered it', async () => {
    const page = await chrome.page()
    await go(page, `/${real.id}`)
    await page.evaluate(() => localStorage.setItem('gangmu.settings', '{"language":"en"}'))
    const county = levels[`${real.id}/county`]
    const profile = await api(`/${real.id}/places/${county.code}`)
    const money = profile.figures.find(
      (row) => row.indicator.unit_zh === '亿元' && row.latest.state === 'value' && !row.latest.derived,
    )
    await go(
      page,
      `/${real.id}/places/${county.code}?explain=${county.code}~${money.indicator.code}~${money.latest.period}`,
    )
    const drawer = page.getByRole('dialog')
    await drawer.locator('.revisions').waitFor()
    const [headline, revision] = [
      await drawer.locator('.value').first().innerText(),
      await drawer.locator('.revisions .number').first().innerText(),
    ]
    assert.equal(revision.replace(/\s+/g, ' '), headline.replace(/\s+/g, ' '))
    assert.match(headline, /CNY$/)
    assert.match(await drawer.innerText(), /user of this machine/)
    await fine(page)
    await shot(page, 'explain-english-desk')
    await page.evaluate(() => localStorage.clear())
    await page.close()
  })

  it('draws two censuses as two dots and tells on whose boundaries they stand', async () => {
    const page = await chrome.page()
    const county = levels[`${real.id}/county`]
    await go(page, `/${real.id}/places/${county.code}`)
    const path = await page.locator('[data-indicator="census_pop"] .spark path').getAttribute('d')
    assert.ok(!path.includes('L'), `2010 and 2020 are not joined: ${path}`)
    assert.equal(await page.locator('[data-indicator="census_pop"] .spark circle').count(), 2)
    await page.locator('[data-indicator="census_pop"] .figure').click()
    const drawer = page.getByRole('dialog')
    await drawer.locator('h3').first().waitFor()
    await drawer.getByText('按2010年行政区划口径').waitFor()
    await page.close()
  })

  it('finds a place by name, pinyin, initials and code from the keyboard', async () => {
    const page = await chrome.page()
    await go(page, `/${real.id}`)
    const town = levels[`${real.id}/town`]
    const words = [
      town.name_zh,
      town.code,
      town.pinyin.replace(/[\s']/g, ''),
      town.pinyin
        .split(/[\s']+/)
        .map((part) => part[0])
        .join(''),
    ].filter((word) => word.length > 1)
    for (const word of words) {
      await page.keyboard.press('Control+k')
      await page.keyboard.type(word)
      await page.waitForFunction(
        (name) => [...document.querySelectorAll('#search-found b')].some((one) => one.textContent === name),
        town.name_zh,
      )
      const names = await page
        .locator('#search-found [role=option]')
        .evaluateAll((all) => all.map((one) => one.querySelector('b').textContent))
      for (let i = 0; i < names.indexOf(town.name_zh); i++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/places/*')
      await settled(page)
      assert.ok((await page.locator('h1').innerText()).includes(town.name_zh), word)
    }
    await page.close()
  })
})
