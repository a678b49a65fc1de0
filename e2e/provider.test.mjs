// SPDX-License-Identifier: Apache-2.0
// Signing in through a real OpenID Connect provider that runs in a process of its own.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = resolve(root, process.env.GANGMU_PROGRAM ?? 'build/release/gangmu')
const folder = mkdtempSync(join(tmpdir(), 'gangmu-provider-'))
const data = join(folder, 'data'),
  secret = join(folder, 'secret')
const run = (...words) => {
  const done = spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'zh_CN.UTF-8' },
  })
  assert.equal(done.status, 0, done.stderr)
}
const freePort = () =>
  new Promise((found) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })
const started = (child, sign) =>
  new Promise((found, failed) => {
    child.stdout.on('data', (bytes) => {
      if (sign.test(String(bytes))) found()
    })
    child.on('exit', () => failed(new Error('it ended')))
  })

const port = await freePort(),
  providerPort = await freePort()
run('init', '--data', data, join(root, 'programmes/tutorial'))
run('load', '--yes', '--data', data, join(root, 'programmes/tutorial'))
run(
  'account',
  'create',
  '--data',
  data,
  '--programme',
  'tutorial',
  '--login',
  'zi-office',
  '--name',
  '子县办公室',
  '--role',
  'county_office',
  '--place',
  '990901000000',
)
run(
  'account',
  'create',
  '--data',
  data,
  '--programme',
  'tutorial',
  '--login',
  'sys-admin',
  '--name',
  '系统管理员',
  '--role',
  'system_admin',
)
writeFileSync(secret, 'a secret of the test\n')
process.env.GANGMU_URL = `http://127.0.0.1:${port}`
const provider = spawn(
  process.execPath,
  [fileURLToPath(new URL('provider.mjs', import.meta.url)), String(providerPort), process.env.GANGMU_URL],
  { stdio: ['ignore', 'pipe', 'ignore'] },
)
const server = spawn(program, [
  'serve',
  '--data',
  data,
  '--port',
  String(port),
  '--quiet',
  '--provider',
  `http://127.0.0.1:${providerPort}`,
  '--provider-client',
  'gangmu',
  '--provider-secret-file',
  secret,
  '--origin',
  process.env.GANGMU_URL,
])
await Promise.all([started(provider, /listening/), started(server, /http:/)])
const { browser, go, settled, shot } = await import('./browser.mjs')

/** Through the provider's own pages: a name, any password, and leave to tell it. */
async function through(page, name) {
  await go(page, '/tutorial')
  await page.getByRole('button', { name: '用统一登录进入' }).click()
  await page.waitForURL(`http://127.0.0.1:${providerPort}/**`)
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('anything')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]', { hasText: /continue/i }).click()
  await page.waitForURL(`${process.env.GANGMU_URL}/tutorial**`)
}

describe('统一登录', () => {
  let chrome
  before(async () => {
    chrome = await browser()
  })
  after(async () => {
    await chrome.end()
    server.kill()
    provider.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it('lets nobody in who has no account here', async () => {
    const page = await chrome.page()
    await through(page, 'stranger')
    assert.match(await page.getByRole('alert').innerText(), /登录名、口令或验证码不对，或账户已停用/)
    assert.doesNotMatch(page.url(), /code=/, 'the code does not stay in the address')
    await page.context().clearCookies()
    await page.close()
  })

  it('keeps administrators to password and authenticator', async () => {
    const page = await chrome.page()
    await through(page, 'sys-admin')
    assert.match(await page.getByRole('alert').innerText(), /管理员和启用了验证器的账户/)
    await page.context().clearCookies()
    await page.close()
  })

  it('signs in the account the provider names', async () => {
    const page = await chrome.page()
    await through(page, 'zi-office')
    await page.locator('nav.tabs').waitFor({ state: 'attached' })
    await settled(page)
    assert.match(await page.locator('.who').innerText(), /子县办公室/)
    assert.doesNotMatch(page.url(), /code=|state=/)
    await shot(page, 'provider-desk')
    await page.close()
  })

  it('refuses a way back that nobody began here', async () => {
    const answer = await fetch(`${process.env.GANGMU_URL}/api/v1/tutorial/session/provider/finish`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': '2'.repeat(32),
      },
      body: JSON.stringify({ state: 'x'.repeat(43), code: 'stolen' }),
    })
    assert.equal(answer.status, 401)
    assert.equal((await answer.json()).code, 'app.provider_refused')
  })
})
