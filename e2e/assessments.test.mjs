// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { api, browser, fine, go, programmes, settled, shot, sizes, until, url } from './browser.mjs'

const cents = (text) => Math.round(Number(text) * 100)

describe('考核得分说明', () => {
  let chrome, real, synthetic
  before(async () => {
    chrome = await browser()
    ;({ real, synthetic } = await programmes())
  })
  after(() => chrome.end())

  it('gives no real place a composite score', async () => {
    const page = await chrome.page()
    await go(page, `/${real.id}/assessments`)
    assert.equal((await api(`/${real.id}/assessments`)).items.length, 0)
    assert.match(await page.locator('main').innerText(), /没有考核/)
    await fine(page)
    await shot(page, 'assessments-none-desk')
    await page.close()
    const status = async (path) => (await fetch(`${url}/api/v1/${real.id}/assessments/${path}`)).status
    const town = (await api(`/${real.id}/places?level=town&limit=1`)).items[0].code
    for (const path of [
      'towns-2025-00000000',
      `towns-2025-00000000/places/${town}`,
      `towns-2025-00000000/places/${town}/lift`,
      'towns-2025-00000000/robustness',
      'towns-2025-00000000/sensitivity',
    ])
      assert.equal(await status(path), 404, path)
    const { code } = await api(`/${real.id}/assessments/towns-2025-00000000/what-if`)
    assert.equal(code, 'app.what_if_of_real_places')
  })

  it('explains and stress-tests five years of all 73 towns', async () => {
    const years = (await api(`/${synthetic.id}/assessments`)).items
      .filter((item) => item.scheme === 'towns')
      .sort((a, b) => a.period.localeCompare(b.period))
    assert.equal(years.length, 5)
    assert.equal(new Set(years.map((item) => item.period)).size, 5)
    let changes = 0
    for (const [i, item] of years.entries()) {
      assert.equal(item.places, 73)
      const at = `/${synthetic.id}/assessments/${item.id}`
      const { rows } = await api(at)
      assert.equal(rows.length, 73)
      for (const { place, total } of rows.filter((_, n) => n % 9 === 0)) {
        const why = await api(`${at}/places/${place.code}`)
        assert.equal(
          cents(why.branches.find((branch) => !branch.parent).points) +
            why.waterfall
              .filter((step) => /bonus|deduction/.test(step.kind))
              .reduce((sum, step) => sum + cents(step.points), 0),
          cents(total),
        )
        for (const branch of why.branches) assert.equal(cents(branch.points) - cents(branch.median), cents(branch.gap))
        if (!i) assert.equal(why.change, null)
        if (!why.change) continue
        changes += 1
        assert.equal(why.change.assessment, years[i - 1].id)
        assert.equal(
          why.change.steps.reduce((sum, step) => sum + cents(step.points), cents(why.change.before)),
          cents(total),
          'the causes add up to the change',
        )
      }
      let ranked = 0
      for (const { id } of item.classes) {
        const tested = await api(`${at}/robustness?class=${id}`)
        ranked += tested.of
        assert.equal(tested.runs, 1000)
        assert.equal(
          tested.bands.reduce((sum, band) => sum + band.places, 0),
          tested.of,
        )
        for (const row of tested.rows)
          assert.ok(
            row.lo <= row.median && row.median <= row.hi && row.histogram.reduce((sum, runs) => sum + runs, 0) === 1000,
          )
      }
      assert.equal(ranked, rows.filter((row) => row.rank).length)
    }
    assert.ok(changes >= 20, `${changes} changes told`)
  })

  it('leads a reader back through five years, each explained and stress-tested', async () => {
    const page = await chrome.page()
    const newest = (await api(`/${synthetic.id}/assessments`)).items
      .filter((item) => item.scheme === 'towns')
      .sort((a, b) => b.period.localeCompare(a.period))
    const { place } = (await api(`/${synthetic.id}/assessments/${newest[0].id}`)).rows.find((row) => row.rank === 2)
    await go(page, `/${synthetic.id}/assessments/${newest[0].id}/${place.code}`)
    for (const [i, item] of newest.entries()) {
      await page.waitForURL(`**/${item.id}/${place.code}*`)
      await page.locator('.plain .first', { hasText: '得分' }).waitFor()
      await settled(page)
      assert.match(await page.locator('.facts').innerText(), new RegExp(`${item.period} 年`))
      await page.locator('summary', { hasText: '稳健性检验' }).click()
      await page.locator('.stress', { hasText: '换着办法重算 1000 遍' }).waitFor()
      if (i + 1 === newest.length) assert.equal(await page.locator('dl.change').count(), 0)
      else
        await page
          .getByRole('link', {
            name: `看 ${newest[i + 1].period} 年 的得分说明`,
          })
          .click()
    }
    await page.evaluate(() => scrollTo(0, 0)) // axe takes what the page's head covers for too small
    await fine(page)
    await page.close()
  })

  it('loses nothing at full marks and speaks of no impossible amount', async () => {
    const faults = []
    for (const item of (await api(`/${synthetic.id}/assessments`)).items) {
      const { rows } = await api(`/${synthetic.id}/assessments/${item.id}`)
      for (const { place } of rows.slice(0, 12)) {
        const why = await api(`/${synthetic.id}/assessments/${item.id}/places/${place.code}`)
        for (const line of why.lines) {
          if (cents(line.contribution) + cents(line.lost) !== cents(line.full))
            faults.push(`${place.code} ${line.indicator}: ${line.contribution} + ${line.lost} is not ${line.full}`)
          if (
            (cents(line.lost) < 0 && Number(line.score) <= 100) ||
            (line.score === '100.00' && cents(line.lost) !== 0)
          )
            faults.push(`${place.code} ${line.indicator}: ${line.score} loses ${line.lost}`)
        }
        const words = why.plain.flatMap((block) => [...block.sentences_zh, ...block.sentences_en])
        faults.push(
          ...words.filter(
            (text) =>
              /是\/否|yes\/no|\d 100 million|\d 10k CNY/.test(text) ||
              Number(/到 (\d+)\.\d%，可再得/.exec(text)?.[1] ?? 0) > 100,
          ),
        )
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
        await page
          .getByRole('button', {
            name: new RegExp(`^${entry.name_zh} ${entry.size}$`),
          })
          .click()
        await settled(page)
        await page.waitForFunction((n) => document.querySelectorAll('tbody tr').length === n, entry.size)
        const ranks = (await page.locator('tbody td.first').allTextContents()).map(Number)
        assert.deepEqual(
          ranks,
          [...ranks].sort((a, b) => a - b),
        )
        assert.equal(ranks[0], 1)
        const { rows } = await api(`/${synthetic.id}/assessments/${one.id}?class=${entry.id}`)
        assert.deepEqual(
          await page.locator('tbody .limit').allInnerTexts(),
          rows.sort((a, b) => a.rank - b.rank).flatMap((row) => row.limits.map((limit) => limit.text_zh)),
          'a grade held down says why',
        )
      }
      await fine(page)
      await shot(page, `assessment-${size}`)
      await page.locator('tbody th a').nth(2).click()
      await page.locator('.plain').waitFor()
      await settled(page)
      const blocks = await page.evaluate(() =>
        ['.plain', '.waterfall', '.lines table'].map(
          (part) => document.querySelector(part).getBoundingClientRect().top,
        ),
      )
      assert.ok(blocks[0] < blocks[1] && blocks[1] < blocks[2], 'plain words, then waterfall, then table')
      const [id, code] = [
        new URL(page.url()).pathname.split('/').at(-2),
        new URL(page.url()).pathname.split('/').at(-1),
      ]
      const why = await api(`/${synthetic.id}/assessments/${id}/places/${code}`)
      assert.deepEqual(
        await page.locator('.plain tbody th').allInnerTexts(),
        why.losses.map((loss) => loss.name_zh),
        'lost points stand in one table, an item a row',
      )
      for (const line of why.lines.filter((one) => Number(one.score) <= 100))
        assert.ok(
          cents(line.contribution) >= 0 && cents(line.contribution) <= cents(line.full),
          `${line.indicator} has ${line.contribution} of ${line.full}`,
        )
      const ribbon = await page.locator('.ribbon.warn').allInnerTexts()
      assert.equal(ribbon.length, why.missing ? 1 : 0)
      if (ribbon.length) assert.equal(/暂定/.test(ribbon[0]), why.provisional)
      assert.ok(!(why.provisional && why.rank), 'what is ranked is not provisional')
      const right = Math.max(
        ...(await page
          .locator('.lines thead th')
          .evaluateAll((all) => all.slice(1, 3).map((one) => one.getBoundingClientRect().right))),
      )
      assert.ok(right <= sizes[size].width, `points got and lost end at ${right}`)
      const total = await page.locator('.result dd').first().innerText()
      const lines = await page.locator('tbody tr:not(.group) td.strong').allTextContents()
      assert.ok(lines.length > 3)
      assert.equal(
        lines.reduce((sum, text) => sum + cents(text), 0),
        cents(total),
        'contributions add up to the score as printed',
      )
      assert.equal(await page.locator('tfoot .strong').innerText(), total)
      await fine(page)
      await shot(page, `score-${size}`, { full: size === 'phone' })
      await page.close()
    })

    it(`tells what lifts a place, how sure its rank is, and tries weights without keeping them (${size})`, async () => {
      const page = await chrome.page(size)
      const sent = []
      page.on('request', (request) => {
        if (request.method() !== 'GET') sent.push(request.url())
      })
      const [item] = (await api(`/${synthetic.id}/assessments`)).items
        .filter((one) => one.scheme === 'towns')
        .sort((a, b) => b.period.localeCompare(a.period))
      const recorded = await api(`/${synthetic.id}/assessments/${item.id}`)
      const { place } = recorded.rows.filter((row) => row.class === item.classes[0].id && row.rank)[4]
      await go(page, `/${synthetic.id}/assessments/${item.id}/${place.code}`)
      await page.locator('.lift li').first().waitFor()
      assert.match(await page.locator('.lift li').first().innerText(), /再进 1 位/)
      await page.getByRole('button', { name: '进 3 位' }).click()
      await page.waitForFunction(() => /再进 3 位/.test(document.querySelector('.lift li')?.textContent ?? ''))
      assert.match(await page.locator('main').innerText(), /与上年同期相比/)
      assert.equal(await page.locator('dl.change > div').count(), 4)

      await page.locator('summary', { hasText: '稳健性检验' }).click()
      await page.locator('tr.own').first().waitFor()
      await settled(page)
      const tested = await api(
        `/${synthetic.id}/assessments/${item.id}/robustness?class=${item.classes[0].id}&place=${place.code}`,
      )
      const own = tested.rows.find((row) => row.place.code === place.code)
      assert.match(
        await page.locator('tr.own').first().innerText(),
        own.lo === own.hi ? new RegExp(`第 ${own.lo} 位`) : new RegExp(`第 ${own.lo}–${own.hi} 位`),
      )
      for (const { text_zh } of tested.own.plain)
        assert.ok((await page.locator('.stress').innerText()).includes(text_zh), text_zh)
      await page.getByRole('button', { name: '算一算' }).click()
      await page.locator('.stress th', { hasText: '全体名次的平均变动' }).waitFor()
      await fine(page)
      await page.locator('.stress').scrollIntoViewIfNeeded()
      await shot(page, `robustness-${size}`)

      await page.locator('.trial').scrollIntoViewIfNeeded()
      assert.match(await page.locator('.trial').innerText(), /试算，不改变考核结果/)
      const weight = page.locator('.trial input[type="number"]').first()
      const before = Number(await weight.inputValue())
      await weight.fill('90')
      await page.waitForFunction(() => /个名次有变动/.test(document.querySelector('.trial .told')?.textContent ?? ''))
      await until(async () => /weights=/.test(page.url()))
      assert.ok(before < 90)
      const tried = await api(
        `/${synthetic.id}/assessments/${item.id}/what-if${new URL(page.url()).search.replace(/fold=[^&]*&?|why=[^&]*&?|lift=[^&]*&?/g, '')}`,
      )
      assert.ok(tried.moved > 0)
      const mine = tried.rows.find((row) => row.place.code === place.code)
      await until(async () => (await page.locator('.trial tr.own').innerText()).includes(mine.total))
      await fine(page)
      await page.locator('.trial').scrollIntoViewIfNeeded()
      await shot(page, `trial-${size}`)
      await page.reload()
      await page.locator('.trial tr.own').waitFor()
      assert.ok(
        (await page.locator('.trial tr.own').innerText()).includes(mine.total),
        'what is tried stands in the address',
      )
      await page.getByRole('button', { name: '恢复方案权重' }).click()
      await until(async () => !/weights=/.test(page.url()))
      assert.deepEqual(sent, [], 'nothing is written')
      assert.deepEqual(await api(`/${synthetic.id}/assessments/${item.id}`), recorded)
      await page.close()
    })
  }
})
