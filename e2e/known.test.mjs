// SPDX-License-Identifier: Apache-2.0
// 按某日所知: figures corrected since, on a server of its own that holds the tutorial loaded twice.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = resolve(root, process.env.GANGMU_PROGRAM ?? 'build/release/gangmu')
const folder = mkdtempSync(join(tmpdir(), 'gangmu-known-'))
const data = join(folder, 'data')
const pack = join(folder, 'tutorial')
const gangmu = (...words) => {
  const done = spawnSync(program, words, { encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
}
const village = '990901100201'
cpSync(join(root, 'programmes/tutorial'), pack, { recursive: true })
gangmu('init', '--data', data, pack)
gangmu('load', '--yes', '--data', data, pack)
appendFileSync(
  join(pack, 'observations.csv'),
  `${village},V-INC,2024,40.00,B2,revised,2,更正\n${village},V-INC,2025,50.00,B2,,,\n`,
)
gangmu('load', '--yes', '--data', data, pack)
const server = spawn(program, ['serve', '--data', data, '--port', '0', '--quiet'])
process.env.GANGMU_URL = await new Promise((found, failed) => {
  server.stdout.on('data', (bytes) => {
    const at = String(bytes).match(/http:\/\/127[^\s]+(?=\/)/)
    if (at) found(at[0])
  })
  server.on('exit', () => failed(new Error('the server ended')))
})
const { api, browser, fine, go, settled, shot, sizes } = await import('./browser.mjs')

describe('按某日所知', () => {
  let chrome, first
  before(async () => {
    chrome = await browser()
    const said = await api(`/tutorial/observations/explain?place=${village}&indicator=V-INC&period=2024`)
    first = said.revisions.at(-1).seq
    assert.ok(said.revisions[0].seq > first)
  })
  after(async () => {
    await chrome.end()
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  const income = (page) => page.locator('[data-indicator="V-INC"]')

  for (const size of Object.keys(sizes)) {
    it(`shows the figures of then, says so, and what was revised since (${size})`, async () => {
      const page = await chrome.page(size)
      await go(page, `/tutorial/places/${village}?known=${first}`)
      await page.locator('.known.on').waitFor()
      assert.match(await page.locator('.known.on').innerText(), new RegExp(`所知（第 ${first} 号）`))
      assert.match((await income(page).innerText()).replace(/\s+/g, ' '), /36\.20 ?→ ?(现为)? ?40\.00/)
      await fine(page)
      await shot(page, `known-${size}`)
      await income(page).locator('.figure').click()
      const drawer = page.getByRole('dialog')
      await drawer.locator('.revisions').waitFor()
      assert.equal(await drawer.locator('.revisions li').count(), 1, 'what came later is not told there')
      assert.match(await drawer.innerText(), /所知/)
      await fine(page)
      await shot(page, `known-explain-${size}`)
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
      await page.locator('.path a').last().click()
      await page.locator('.known.on').waitFor()
      assert.match(page.url(), new RegExp(`known=${first}`), 'a walk along the tree stays on that day')
      await page.goBack()
      await settled(page)
      await page.getByRole('button', { name: '回到现在' }).click()
      await settled(page)
      assert.ok(!page.url().includes('known'))
      assert.match(await income(page).innerText(), /50\.00/)
      await page.close()
    })
  }

  it('opens from the keyboard, tells a day before anything was known, and a day that is still to come', async () => {
    const page = await chrome.page()
    await go(page, `/tutorial/places/${village}`)
    await page.getByRole('button', { name: '按某日所知' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('截至').fill('2020-01-01')
    await page.waitForURL('**known=2020-01-01*')
    await page.getByText('系统中还没有任何数据').waitFor()
    await fine(page)
    await shot(page, 'known-nothing-desk')
    await page.goBack()
    await settled(page)
    assert.match(await income(page).innerText(), /50\.00/)
    await go(page, `/tutorial/places/${village}?known=2999-01-01`)
    await page.locator('[role=alert], .problem').first().waitFor()
    await page.getByRole('button', { name: '回到现在' }).click()
    await settled(page)
    assert.match(await income(page).innerText(), /50\.00/)
    await page.close()
  })
})
