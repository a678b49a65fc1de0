// SPDX-License-Identifier: Apache-2.0
// 按同一版图: a village that merged into another, on a server of its own that holds the tutorial so changed.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = resolve(root, process.env.GANGMU_PROGRAM ?? 'build/release/gangmu')
const folder = mkdtempSync(join(tmpdir(), 'gangmu-frame-'))
const data = join(folder, 'data')
const pack = join(folder, 'tutorial')
const gangmu = (...words) => {
  const done = spawnSync(program, words, { encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
}
const east = '990901100201'
const west = '990901100202'
cpSync(join(root, 'programmes/tutorial'), pack, { recursive: true })
const figures = join(pack, 'observations.csv')
writeFileSync(
  figures,
  readFileSync(figures, 'utf8')
    .split('\n')
    .filter((line) => !(line.startsWith(west) && line.includes(',2024,')))
    .join('\n'),
)
writeFileSync(join(pack, 'successors.csv'), `from,to,share,on\n${west},${east},1,2024-01-01\n`)
gangmu('init', '--data', data, pack)
gangmu('load', '--yes', '--data', data, pack)
const server = spawn(program, ['serve', '--data', data, '--port', '0', '--quiet'])
process.env.GANGMU_URL = await new Promise((found, failed) => {
  server.stdout.on('data', (bytes) => {
    const at = String(bytes).match(/http:\/\/127[^\s]+(?=\/)/)
    if (at) found(at[0])
  })
  server.on('exit', () => failed(new Error('the server ended')))
})
const { browser, fine, go, settled, shot, sizes } = await import('./browser.mjs')

describe('按同一版图', () => {
  let chrome
  before(async () => {
    chrome = await browser()
  })
  after(async () => {
    await chrome.end()
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const size of Object.keys(sizes)) {
    it(`tells all periods by the places of today, and of how many places of then (${size})`, async () => {
      const page = await chrome.page(size)
      await go(page, `/tutorial/places/${east}`)
      await page.getByRole('button', { name: '按同一版图' }).click()
      await page.getByRole('button', { name: '按今日版图' }).click()
      await page.waitForURL('**frame=today*')
      const line = page.locator('.known.on')
      await line.getByText(/各期都按 \d+年\d+月\d+日的版图/).waitFor()
      assert.match(await line.innerText(), /按载明的份额计入/)
      await fine(page)
      await shot(page, `frame-${size}`)
      await go(page, `/tutorial/places/${east}?frame=today&explain=${east}~V-INC~2023`)
      const drawer = page.getByRole('dialog')
      await drawer.getByText('合成这个数的当时地区').waitFor()
      assert.match((await drawer.innerText()).replace(/\s+/g, ' '), /49\.50.*由当时 2 个地区合成，已报 2 个/)
      await fine(page)
      await shot(page, `frame-explain-${size}`)
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: '各期按当期版图' }).click()
      await settled(page)
      assert.ok(!page.url().includes('frame'))
      await page.close()
    })
  }

  it('says where what was told is of another area', async () => {
    const page = await chrome.page()
    await go(page, `/tutorial/places/${east}?frame=2023-06-30`)
    await page.locator('.known.on').getByText('当时辖区不同，不折算').waitFor()
    await fine(page)
    await page.close()
  })
})
