// SPDX-License-Identifier: Apache-2.0
// A county office runs the programme by itself: its pack has no city above. Everybody lands on their own place, and no page asks for one
// that is not there.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { house, root } from './house.mjs'

const folder = mkdtempSync(join(tmpdir(), 'gangmu-county-'))
const pack = join(folder, 'county')
const county = '990901'
const edit = (file, change) => writeFileSync(join(pack, file), change(readFileSync(join(pack, file), 'utf8')))

/** The tutorial's first county alone, as its own root. */
function countyPack() {
  cpSync(join(root, 'programmes/tutorial'), pack, { recursive: true })
  edit('programme.yaml', (text) =>
    text
      .replaceAll('990900000000', `${county}000000`)
      .replace(/^id: .*/m, 'id: county')
      .replace('  - city\n', '')
      .replaceAll('练习市', '子县'),
  )
  edit('places.csv', (text) =>
    text
      .split('\n')
      .filter((line, i) => !i || line.startsWith(county) || line.startsWith('#'))
      .map((line) => line.replace('990900000000', ''))
      .concat('')
      .join('\n'),
  )
  for (const file of [
    'observations.csv',
    'classes.csv',
    'tiles.csv',
    'pairings.csv',
    'plan/tracks.csv',
    'plan/targets.csv',
    'plan/tasks.csv',
    'plan/phases.csv',
  ])
    edit(file, (text) =>
      text
        .replaceAll('990900000000', `${county}000000`)
        .split('\n')
        .filter((line, i) => !i || !/990902\d{6}/.test(line))
        .join('\n'),
    )
  edit('schemes/towns.yaml', (text) => text.replaceAll(/ +- "990902\d{6}"\n/g, ''))
}

countyPack()
const own = await house(pack, 'county', [
  {
    login: 'office',
    name: '县办公室',
    role: 'county_office',
    place: '990901000000',
  },
  {
    login: 'town',
    name: '镇填报员',
    role: 'town_clerk',
    place: '990901100000',
  },
  {
    login: 'village',
    name: '村填报员',
    role: 'village_clerk',
    place: '990901100201',
  },
])
process.env.GANGMU_URL = own.url
const { browser, fine, go, settled, shot } = await import('./browser.mjs')
const password = '木棉花开 in spring 2026'

async function enter(page, login) {
  await go(page, '/county')
  await page.getByRole('button', { name: '首次登录，或口令已被重置' }).click()
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('一次性口令').fill(own.codes[login])
  await page.getByLabel('新口令', { exact: true }).fill(password)
  await page.getByLabel('再输一次新口令').fill(password)
  await page.getByRole('button', { name: '设置口令并登录' }).click()
  await page.locator('nav.tabs').waitFor({ state: 'attached' })
  await settled(page)
}

describe('a county by itself', () => {
  after(async () => {
    await own.end()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const { login, heading, place } of [
    { login: 'office', heading: /子县：2 个镇（街）/, place: '子县' },
    { login: 'town', heading: /子一镇：\d+ 个村（社区）/, place: '子一镇' },
    { login: 'village', heading: /村|社区/, place: '' },
  ])
    describe(login, () => {
      let chrome, page
      before(async () => {
        chrome = await browser()
        page = await chrome.page()
        await enter(page, login)
      })
      after(() => chrome.end())

      it('lands on the own place and what is below it', async () => {
        await go(page, '/county')
        assert.match(await page.locator('section.cards h2').innerText(), heading)
        assert.ok((await page.locator('.cards .card').count()) > 0)
        assert.doesNotMatch(await page.locator('main').innerText(), /个县（市、区）|练习市/)
        await fine(page)
        await shot(page, `county-${login}-desk`)
      })

      it('opens every page it is shown', async () => {
        for (const path of await page
          .locator('nav.tabs a')
          .evaluateAll((all) => all.map((one) => one.getAttribute('href')))) {
          await go(page, path)
          assert.equal(await page.getByRole('alert').count(), 0, `${path}: ${await page.locator('main').innerText()}`)
          await fine(page)
        }
        await go(page, '/county/places')
        const name = await page.locator('h1').innerText()
        if (place) assert.match(name, new RegExp(place))
        await shot(page, `county-${login}-place-desk`)
      })
    })
})
