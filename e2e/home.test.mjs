// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { api, browser, fine, go, programmes, settled, shot, sizes, until, url } from './browser.mjs'

describe('首页', () => {
  let chrome, real, synthetic
  before(async () => {
    chrome = await browser()
    ;({ real, synthetic } = await programmes())
  })
  after(() => chrome.end())

  for (const size of Object.keys(sizes)) {
    it(`shows ladder, seven counties, tasks and map (${size})`, async () => {
      const page = await chrome.page(size)
      await go(page, `/${real.id}`)
      const years = await page.locator('.ladder .year').allTextContents()
      assert.deepEqual(
        years.map((text) => text.match(/\d+/)[0]),
        ['1', '3', '5', '10'],
      )
      assert.ok(!/20\d\d/.test(await page.locator('.ladder').innerText()), 'phases are never calendar years')
      const home = await api(`/${real.id}/home`)
      assert.equal(home.cards.length, 7)
      assert.equal(await page.locator('.cards .card').count(), 7)
      assert.equal(await page.locator('.tile').count(), home.map.tiles.length)
      assert.match(await page.locator('figcaption').innerText(), /示意图/)
      assert.doesNotMatch(await page.locator('footer').innerText(), /示意图/, 'the map alone carries its caption')
      assert.match(
        await page.locator('footer').innerText(),
        /本系统为非涉密系统，严禁存储、处理、传输国家秘密和工作秘密/,
      )
      assert.equal(await page.locator('.watermark').count(), 0)
      await fine(page)
      await shot(page, `home-${size}`)
      await page.close()
    })
  }

  it('opens the busiest programme for who comes first, and the one last seen for who comes back', async () => {
    const page = await chrome.page()
    await go(page, '/')
    await page.evaluate(() => localStorage.removeItem('gangmu.programme'))
    for (const [last, opens] of [
      [null, synthetic.id],
      [real.id, real.id],
    ]) {
      if (last) await go(page, `/${last}`)
      await go(page, '/')
      await page.waitForURL(`**/${opens}`)
    }
    await page.evaluate(() => localStorage.removeItem('gangmu.programme'))
    await page.close()
  })

  it('opens with the figure that most counties have', async () => {
    const { map } = await api(`/${real.id}/home`)
    assert.equal(map.indicator.code, 'census_pop')
    assert.equal(map.tiles.filter((tile) => tile.figure?.value).length, 7)
  })

  it('shows where today is on the ladder when the programme says when it began, and one next step', async () => {
    const page = await chrome.page()
    const { began, today } = await api(`/${synthetic.id}/home`)
    await go(page, `/${synthetic.id}`)
    const year = Math.floor((Date.parse(today) - Date.parse(began)) / (365.2425 * 86_400_000)) + 1
    assert.equal(await page.locator('.ladder .today').innerText(), `今天：第 ${year} 年`)
    await page.locator('.step a').click()
    await page.waitForURL('**/tasks?view=*')
    await go(page, `/${real.id}`)
    assert.equal(await page.locator('.ladder .today').count(), 0, 'no calendar year is made up')
    await page.locator('.step a').waitFor()
    await page.close()
  })

  it('draws each tile by the state of its figure', async () => {
    const page = await chrome.page()
    for (const level of ['county', 'town']) {
      await go(page, `/${synthetic.id}?level=${level}`)
      const { map } = await api(`/${synthetic.id}/home?level=${level}`)
      const wanted = {
        missing: 'missing',
        none: 'missing',
        withheld: 'withheld',
        above: 'open',
        below: 'open',
        not_applicable: 'not_applicable',
      }
      for (const tile of map.tiles) {
        const classes = await page.locator(`#tile-${tile.place.code}`).getAttribute('class')
        const kind = tile.figure?.state ?? 'none'
        if (kind === 'value') assert.match(classes, /\b[pn]\d\b/)
        else assert.ok(classes.split(' ').includes(wanted[kind]), `${tile.place.name_zh} is ${kind}, drawn ${classes}`)
      }
    }
    await page.close()
  })

  it('keeps place, time and indicator in the address', async () => {
    const page = await chrome.page()
    await go(page, `/${synthetic.id}`)
    await page.getByRole('button', { name: '县（市、区）', exact: true }).click()
    await settled(page)
    const options = await page
      .locator('.axes select')
      .first()
      .locator('option')
      .evaluateAll((all) => all.map((one) => one.value))
    await page
      .locator('.axes select')
      .first()
      .selectOption(options[options.length - 1])
    await settled(page)
    const periods = await page
      .locator('.axes select')
      .nth(1)
      .locator('option')
      .evaluateAll((all) => all.map((one) => one.value))
    await page
      .locator('.axes select')
      .nth(1)
      .selectOption(periods[periods.length - 1])
    await settled(page)
    const query = new URL(page.url()).searchParams
    assert.deepEqual(
      [query.get('level'), query.get('indicator'), query.get('period')],
      ['county', options[options.length - 1], periods[periods.length - 1]],
    )
    const before = await page.locator('.tile').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
    await page.reload()
    await settled(page)
    assert.deepEqual(
      await page.locator('.tile').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
      before,
    )
    await page.close()
  })

  it('leads from a tile to its place, by mouse and by keyboard', async () => {
    const page = await chrome.page()
    await go(page, `/${real.id}?level=county`)
    const first = page.locator('.tile').first()
    const code = (await first.getAttribute('id')).slice(5)
    await first.click()
    await page.waitForURL(`**/places/${code}`)
    await page.goBack()
    await settled(page)
    await page.locator('.tile[tabindex="0"]').focus()
    await page.keyboard.press('ArrowRight')
    const next = await page.evaluate(() => document.activeElement.id)
    assert.match(next, /^tile-/)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/places/${next.slice(5)}`)
    await page.close()
  })

  it('marks invented data on the page, in the chart and as a banner', async () => {
    const page = await chrome.page()
    await go(page, `/${synthetic.id}`)
    assert.match(await page.locator('p.synthetic').innerText(), /模拟数据/)
    assert.match(await page.locator('.watermark').innerHTML(), /模拟数据/)
    assert.match(await page.locator('.map svg text.synthetic').innerHTML(), /模拟数据/)
    await fine(page)
    await shot(page, 'home-synthetic-desk')
    await page.close()
  })

  it('speaks English, in the dark, in large type', async () => {
    for (const size of Object.keys(sizes)) {
      const page = await chrome.page(size)
      await go(page, `/${synthetic.id}`)
      if (size === 'phone') await page.getByRole('button', { name: '显示设置' }).click()
      await page.getByRole('button', { name: 'English' }).click()
      assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
      await page.getByRole('button', { name: 'Large type' }).click()
      while ((await page.evaluate(() => document.documentElement.dataset.theme)) !== 'dark')
        await page.locator('.settings button').nth(1).click()
      for (const path of ['', '/tasks', '/places', '/assessments']) {
        await go(page, `/${synthetic.id}${path}`)
        assert.ok(!/[\u4e00-\u9fff]/.test(await page.locator('nav.tabs').innerText()))
        await fine(page)
        if (!path) await shot(page, `home-dark-en-${size}`)
      }
      await page.evaluate(() => localStorage.clear())
      await page.close()
    }
  })

  it('switches programmes', async () => {
    const page = await chrome.page()
    await go(page, `/${real.id}`)
    await page.locator('.switch select').selectOption(synthetic.id)
    await page.waitForURL(`${url}/${synthetic.id}`)
    await until(() => page.evaluate((id) => localStorage.getItem('gangmu.programme') === id, synthetic.id))
    await go(page, '/')
    await page.waitForURL(`${url}/${synthetic.id}`)
    await page.close()
  })
})
