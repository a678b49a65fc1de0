// SPDX-License-Identifier: Apache-2.0
// One Chromium with a fresh profile, a page per test at a named size, and what every test asks of a page:
// no request leaves the server, no error on the console, no serious axe finding, a picture kept.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const url = (process.env.GANGMU_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '')
export const sizes = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Opens the browser; `page(size)` gives a page, `end()` closes all and takes the profile away. */
export async function browser() {
  const profile = mkdtempSync(join(tmpdir(), 'gangmu-e2e-'))
  const running = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
    headless: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    reducedMotion: 'reduce',
    bypassCSP: false,
  })
  return {
    async page(size = 'desk') {
      const page = await running.newPage()
      await page.setViewportSize(sizes[size])
      page.setDefaultTimeout(20_000)
      page.faults = []
      page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`))
      page.on('console', (line) => {
        if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) page.faults.push(`console: ${line.text()}`)
      })
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
          page.faults.push(`left the server: ${request.url()}`)
      })
      return page
    },
    async end() {
      await running.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Goes to a path of the site and waits until nothing is being read any more. */
export async function go(page, path) {
  await page.goto(url + path, { waitUntil: 'domcontentloaded' })
  await settled(page)
}
export async function settled(page) {
  await page.waitForSelector('main', { state: 'attached' })
  await page.waitForFunction(
    () =>
      !document.querySelector('.loading, [aria-busy="true"]') && document.querySelector('main')?.textContent?.trim(),
  )
}

/** Asks again until the answer is true: for what the server, not the page, must come to. */
export async function until(holds, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((done) => setTimeout(done, 100)))
    if (await holds()) return
  assert.fail(`still not so after ${seconds} s: ${holds}`)
}

/** A picture under e2e/out, and under docs/screenshots when the run blesses. The toasts are waited away by no one: they are part of it. */
export async function shot(page, name, { full = false } = {}) {
  for (const folder of ['out', ...(process.env.GANGMU_BLESS ? ['../docs/screenshots'] : [])]) {
    mkdirSync(here(folder), { recursive: true })
    await page.screenshot({
      path: join(here(folder), `${name}.png`),
      fullPage: full,
    })
  }
}

/** Fails with every serious or critical finding named; also asks for no sideways scrolling and no fault seen so far. */
export async function fine(page) {
  // The rule switched off is experimental and looks for word boundaries, which Chinese has not: 汶村 is not found in 汶村镇.
  await page.evaluate(axe)
  const found = await page.evaluate(() =>
    window.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'label-content-name-mismatch': { enabled: false } },
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  )
  const grave = found.violations.filter((item) => ['serious', 'critical'].includes(item.impact))
  assert.deepEqual(
    grave.flatMap((item) =>
      item.nodes
        .slice(0, 5)
        .map((node) => `${item.id}: ${node.target.join(' ')} ${node.failureSummary.split('\n').pop().trim()}`),
    ),
    [],
  )
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(over <= 0, `the page is ${over}px wider than the window`)
  assert.deepEqual(page.faults, [])
}

/** The programmes of this server: the synthetic one, and the other. */
export async function programmes() {
  const { items } = await (await fetch(`${url}/api/v1/programmes`)).json()
  return {
    synthetic: items.find((item) => item.synthetic),
    real: items.find((item) => !item.synthetic),
  }
}
export const api = async (path) => (await fetch(`${url}/api/v1${path}`)).json()
