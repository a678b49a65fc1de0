// SPDX-License-Identifier: Apache-2.0
// "Works in Chromium 86" as a test: the pages that are used daily, opened in a real one.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { chromium86 } from './chromium86.mjs'
import { house, root } from './house.mjs'

const url = (process.env.GANGMU_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '')
const api = async (path) => (await fetch(`${url}/api/v1${path}`)).json()
const settled = (page) =>
  page.waitForFunction(
    () =>
      !document.querySelector('.loading, [aria-busy="true"]') &&
      document.querySelector('main') &&
      document.querySelector('main').textContent.trim(),
  )
const text = (page, selector) => page.$eval(selector, (element) => element.innerText)

describe('Chromium 86', () => {
  let browser, page, at, home
  const go = async (path) => {
    await page.goto(url + path, { waitUntil: 'domcontentloaded' })
    await settled(page)
  }
  const shot = async (name) => {
    mkdirSync(join(root, 'e2e/out'), { recursive: true })
    await page.screenshot({ path: join(root, `e2e/out/${name}-86.png`) })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, `${name} is ${wide}px wider than the window`)
    assert.deepEqual(page.faults, [])
  }

  before(async () => {
    browser = await chromium86()
    page = await browser.page()
    const { items } = await api('/programmes')
    at = `/${items.find((item) => item.synthetic).id}`
    home = await api(`${at}/home`)
  })
  after(() => browser?.end())

  it('is the browser it says it is', () => assert.match(browser.version, /Chrome\/86\./))

  it('shows the first page: ladder, cards, map', async () => {
    await go(at)
    assert.equal((await page.$$('.cards .card')).length, home.cards.length)
    assert.equal((await page.$$('.tile')).length, home.map.tiles.length)
    assert.match(await text(page, '.ladder'), /第 10 年/)
    await shot('home')
  })

  it('shows the ledger and opens a task', async () => {
    await go(`${at}/tasks`)
    const { total } = await api(`${at}/tasks`)
    assert.equal((await page.$$('.ledger tbody tr')).length, Math.min(total, 100))
    await page.click('[data-task] button')
    await page.waitForSelector('[role=dialog] dl')
    await shot('tasks')
  })

  it('shows a place, and where a figure comes from', async () => {
    await go(`${at}/places/${home.cards[0].place.code}`)
    assert.match(await text(page, 'h1'), new RegExp(home.cards[0].place.name_zh))
    await page.click('.figures button, .figure, [data-figure]')
    await page.waitForSelector('[role=dialog]')
    await settled(page)
    await shot('place')
  })

  it('shows a score, explained', async () => {
    const { items } = await api(`${at}/assessments`)
    const newest = items.sort((a, b) => b.period.localeCompare(a.period))[0]
    await go(`${at}/assessments/${newest.id}`)
    const first = await page.$eval('main table a', (link) => link.getAttribute('href'))
    await go(first)
    assert.match(await text(page, 'main'), /得分|分/)
    await shot('score')
  })

  it('asks before what was typed and not sent is left', async () => {
    await go(`${at}/registers/project/new`)
    await page.type('#f-name', '示例渡口')
    const asked = new Promise((done) => page.once('dialog', done))
    const going = page.reload({ waitUntil: 'domcontentloaded' })
    const ask = await asked
    assert.equal(ask.type(), 'beforeunload')
    await ask.accept()
    await going
    await settled(page)
    assert.equal(await page.$eval('#f-name', (input) => input.value), '示例渡口')
    await shot('entry')
    await page.evaluate(() => localStorage.clear())
  })

  it('signs in for the first time, and again', async () => {
    const own = await house(join(root, 'programmes/tutorial'), 'tutorial', [
      {
        login: 'zi-office',
        name: '子县办公室',
        role: 'county_office',
        place: '990901000000',
      },
    ])
    const password = '木棉花开 in spring 2026'
    const press = (words) =>
      page.evaluate((name) => {
        ;[...document.querySelectorAll('button')].find((button) => button.textContent.trim() === name).click()
      }, words)
    const offered = (words) =>
      page.waitForFunction(
        (name) => [...document.querySelectorAll('button')].some((button) => button.textContent.trim() === name),
        {},
        words,
      )
    const fill = async (label, value) => {
      const field = await page.evaluateHandle(
        (name) =>
          [...document.querySelectorAll('label')]
            .find((one) => one.textContent.trim().startsWith(name))
            .querySelector('input'),
        label,
      )
      await field.asElement().type(value)
    }
    try {
      await page.goto(`${own.url}/tutorial`, { waitUntil: 'domcontentloaded' })
      await page.waitForSelector('input[type=password]')
      await press('首次登录，或口令已被重置')
      await fill('登录名', 'zi-office')
      await fill('一次性口令', own.codes['zi-office'])
      await fill('新口令', password)
      await fill('再输一次新口令', password)
      await press('设置口令并登录')
      await page.waitForSelector('nav.tabs a')
      await settled(page)
      await page.goto(`${own.url}/tutorial/account`, {
        waitUntil: 'domcontentloaded',
      })
      await offered('退出登录')
      await press('退出登录')
      await offered('登录')
      await fill('登录名', 'zi-office')
      await fill('口令', password)
      await press('登录')
      await page.waitForSelector('nav.tabs a')
      await shot('sign-in')
    } finally {
      await own.end()
    }
  })
})
