// SPDX-License-Identifier: Apache-2.0
// Signing in and the rooms of the three administrators, on a server of its own: accounts made from the console, as in a real
// first run.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = resolve(root, process.env.GANGMU_PROGRAM ?? 'build/release/gangmu')
const folder = mkdtempSync(join(tmpdir(), 'gangmu-accounts-'))
const data = join(folder, 'data')
const gangmu = (...words) => {
  const done = spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'zh_CN.UTF-8' },
  })
  assert.equal(done.status, 0, done.stderr)
  return done.stdout
}
const codes = {}
function create(login, name, role, place = '990900000000') {
  const said = gangmu(
    'account',
    'create',
    '--data',
    data,
    '--programme',
    'tutorial',
    '--login',
    login,
    '--name',
    name,
    '--role',
    role,
    '--place',
    place,
  )
  codes[login] = said.match(/[A-Z2-7]{6}(-[A-Z2-7]{6}){3}/)[0]
}
gangmu('init', '--data', data, join(root, 'programmes/tutorial'))
gangmu('load', '--yes', '--data', data, join(root, 'programmes/tutorial'))
create('sys-admin', '系统管理员', 'system_admin')
create('sec-admin', '安全管理员', 'security_admin')
create('aud-admin', '审计管理员', 'audit_admin')
create('zi-one', '子一镇填报员', 'town_clerk', '990901100000')
create('zi-office', '子县办公室', 'county_office', '990901000000')
create('zi-farming', '子县农业农村局', 'department', '990901000000')
cpSync(join(data, 'tutorial'), join(data, 'broken'), { recursive: true })
rmSync(join(data, 'broken', 'HEAD'))
const server = spawn(program, ['serve', '--data', data, '--port', '0', '--quiet'])
process.env.GANGMU_URL = await new Promise((found, failed) => {
  server.stdout.on('data', (bytes) => {
    const at = String(bytes).match(/http:\/\/127[^\s]+(?=\/)/)
    if (at) found(at[0])
  })
  server.on('exit', () => failed(new Error('the server ended')))
})
const { browser, fine, go, settled, shot, sizes, url } = await import('./browser.mjs')

const password = '木棉花开 in spring 2026'
function base32(text) {
  let bits = ''
  for (const c of text) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
}
function totp(secret) {
  const step = Buffer.alloc(8)
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30000)))
  const mac = createHmac('sha1', base32(secret)).update(step).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0')
}

async function first(page, login) {
  await go(page, '/tutorial')
  await page.getByRole('button', { name: '首次登录，或口令已被重置' }).click()
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('一次性口令').fill(codes[login])
  await page.getByLabel('新口令', { exact: true }).fill(password)
  await page.getByLabel('再输一次新口令').fill(password)
  await page.getByRole('button', { name: '设置口令并登录' }).click()
  await page.locator('nav.tabs').waitFor({ state: 'attached' })
  await settled(page)
}
async function secondFactor(page) {
  await page.waitForURL('**/account')
  await page.getByRole('button', { name: '启用验证器' }).click()
  await page.locator('section form').first().getByLabel('当前口令').fill(password)
  await page.getByRole('button', { name: '领取密钥' }).click()
  const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '')
  assert.ok(await page.locator('.key svg path').getAttribute('d'))
  return secret
}
async function leave(page) {
  await go(page, '/tutorial/account')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
}
/** The page as it is, looked at and pictured at both sizes. */
async function shots(page, name, full = false) {
  for (const size of ['desk', 'phone']) {
    await page.setViewportSize(sizes[size])
    await fine(page)
    await shot(page, `${name}-${size}`, { full: full && size === 'desk' }) // the bar at the foot of a phone would stand amid a full page
  }
  await page.setViewportSize(sizes.desk)
}
const tabs = (page) => page.locator('nav.tabs a .long').allTextContents()

describe('账户', () => {
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
    it(`asks for a sign-in on every page (${size})`, async () => {
      const page = await chrome.page(size)
      for (const path of ['/tutorial/tasks', '/tutorial/audit', '/tutorial']) {
        await go(page, path)
        assert.ok(await page.getByRole('button', { name: '登录', exact: true }).isVisible(), path)
        assert.equal(await page.locator('nav.tabs').count(), 0)
      }
      await page.getByLabel('登录名').fill('zi-one')
      await page.getByLabel('口令').fill('not this one')
      await page.getByRole('button', { name: '登录', exact: true }).click()
      assert.match(await page.getByRole('alert').innerText(), /登录名、口令或验证码不对/)
      assert.equal(await page.getByLabel('登录名').inputValue(), 'zi-one', 'what was typed stays')
      await fine(page)
      await shot(page, `sign-in-${size}`)
      await page.close()
    })
  }

  it('says of a programme whose store cannot be opened that it is that, and serves the other', async () => {
    const page = await chrome.page()
    await go(page, '/broken')
    assert.match(
      await page.getByRole('alert').innerText(),
      /方案“broken”的库打不开.*请系统管理员在服务器上运行 gangmu doctor/,
    )
    await go(page, '/nowhere')
    assert.equal(await page.getByRole('alert').count(), 0)
    const health = await (await fetch(`${url}/api/v1/health`)).json()
    rmSync(join(data, 'broken'), { recursive: true }) // the commands below are to find the whole store only
    assert.deepEqual(
      [health.status, health.left_out, health.programmes.map((one) => one.id)],
      ['incomplete', ['broken'], ['tutorial']],
    )
    await page.close()
  })

  it('opens an account with its one-time code, and shows the clerk their own town', async () => {
    const page = await chrome.page()
    await first(page, 'zi-one')
    assert.deepEqual(await tabs(page), ['首页', '待办', '任务台账', '登记台账', '县镇村画像'])
    assert.match(await page.locator('.who').innerText(), /子一镇填报员/)
    const seen = await page.evaluate(async () => {
      const status = async (path) => (await fetch(`/api/v1/tutorial${path}`)).status
      return {
        town: await status('/places/990901100000'),
        county: await status('/places/990901000000'),
        other: await status('/places/990902100000'),
        accounts: await status('/accounts'),
      }
    })
    assert.deepEqual(seen, {
      town: 200,
      county: 200,
      other: 404,
      accounts: 403,
    })
    assert.equal(await page.evaluate(() => document.cookie), '', 'no script sees the session')
    await go(page, '/tutorial/places/990901100000?explain=990901100000~T-SAT~2024')
    const where = page.getByRole('dialog')
    await where.getByText('录入').waitFor()
    assert.match(
      await where.innerText(),
      /录入\s+本机用户\s+审核\s+未经审核/,
      'who entered the figure, and that nobody approved it',
    )
    await go(page, '/tutorial/account')
    await shots(page, 'account', true)
    await leave(page)
    await page.close()
  })

  it('lets an office act for a department of its county: both names stay, until it stops', async () => {
    const page = await chrome.page()
    await first(page, 'zi-office')
    await go(page, '/tutorial/tasks?task=2&act=request_close')
    const drawer = page.getByRole('dialog')
    const close = drawer.getByRole('button', { name: '销号', exact: true })
    await drawer.locator('form').getByRole('button', { name: '申请销号' }).click()
    await close.waitFor()
    await go(page, '/tutorial/account')
    const offered = await page.getByLabel('代谁办理').locator('option').allTextContents()
    assert.deepEqual(
      offered
        .slice(1)
        .map((one) => one.split(' · ').at(-1))
        .sort(),
      ['zi-farming', 'zi-one'],
      'of its county, and no administrator',
    )
    await page.getByLabel('代谁办理').selectOption({ label: '子县农业农村局 · 子县 · zi-farming' })
    await page.getByRole('button', { name: '开始代办' }).click()
    await page.locator('.acting').waitFor()
    await settled(page)
    await shots(page, 'behalf')
    await go(page, '/tutorial/tasks?task=2')
    assert.match(
      await page.locator('.acting').innerText(),
      /正在代子县农业农村局（子县）办理/,
      'on every page, after a new start too',
    )
    await drawer.locator('dl').waitFor()
    assert.equal(await close.count(), 0, 'a department closes nothing that its office may close')
    await go(page, '/tutorial/tasks?task=1')
    await drawer.getByRole('button', { name: '更新进展', exact: true }).first().click()
    await drawer.locator('textarea').first().fill('园区已开工 1 个。')
    await drawer.locator('form').getByRole('button', { name: '保存进展' }).click()
    await drawer.getByText('子县办公室（代子县农业农村局）').waitFor()
    await fine(page)
    await page.keyboard.press('Escape')
    await page.locator('.acting').getByRole('button', { name: '结束代办' }).click()
    await page.locator('.acting').waitFor({ state: 'detached' })
    await leave(page)
    await page.close()
  })

  it('brings an administrator to the authenticator first, then to their own room', async () => {
    const page = await chrome.page()
    await first(page, 'sys-admin')
    const secret = await secondFactor(page)
    await fine(page)
    await shot(page, 'second-factor-desk')
    await page.getByLabel('验证器上的六位数字').fill(totp(secret))
    await page.getByRole('button', { name: '启用', exact: true }).click()
    await page.getByText('已启用', { exact: true }).waitFor()
    await go(page, '/tutorial')
    await page.waitForURL('**/accounts')
    await settled(page)
    assert.deepEqual(await tabs(page), ['账户', '系统运行'])
    await page.getByLabel('登录名').fill('chou-office')
    await page.getByLabel('姓名或岗位').fill('丑县办公室')
    await page.getByLabel('电话（可不填）').fill('13800000000')
    await page.locator('input[list]').fill('丑县')
    await page.locator('datalist option').first().waitFor({ state: 'attached' })
    await page.locator('input[list]').fill('丑县 990902000000')
    await page.getByRole('button', { name: '新建', exact: true }).click()
    assert.match(await page.locator('.once').innerText(), /^[A-Z2-7]{6}(-[A-Z2-7]{6}){3}$/)
    await shots(page, 'accounts')
    for (const room of ['grants', 'audit']) {
      await go(page, `/tutorial/${room}`)
      assert.match(await page.getByRole('alert').first().innerText(), /您没有此项权限/)
    }
    await go(page, '/tutorial/operations')
    assert.match(await page.getByRole('alert').first().innerText(), /还没有备份/)
    gangmu('backup', '--data', data, join(folder, 'backup'))
    gangmu('restore', '--drill', '--data', data, join(folder, 'backup'))
    await go(page, '/tutorial/operations')
    assert.equal(await page.getByRole('alert').count(), 0)
    const told = await page.locator('main').innerText()
    assert.match(told, /演练通过：重放到第 \d+ 号，\d+ 张表与备份时一致/)
    assert.match(told, /载入方案\s+本机用户/)
    assert.doesNotMatch(told, /园区已开工|户厕改造/)
    await shots(page, 'operations', true)
    await leave(page)
    await page.close()
  })

  it('lets the security administrator grant, and the audit administrator see it', async () => {
    const page = await chrome.page()
    await first(page, 'sec-admin')
    await page.waitForURL('**/account')
    await page.getByLabel('验证器上的六位数字').waitFor({ state: 'detached' })
    const secret = await secondFactor(page)
    await page.getByLabel('验证器上的六位数字').fill(totp(secret))
    await page.getByRole('button', { name: '启用', exact: true }).click()
    await page.getByText('已启用', { exact: true }).waitFor()
    await go(page, '/tutorial/grants')
    await page.locator('form select').first().selectOption({ label: 'chou-office · 丑县办公室' })
    await page.locator('form select').nth(1).selectOption('county_office')
    await page.locator('input[list]').fill('丑县')
    await page.locator('datalist option').first().waitFor({ state: 'attached' })
    await page.locator('input[list]').fill('丑县 990902000000')
    await page.getByRole('button', { name: '授权', exact: true }).click()
    await page.getByRole('cell', { name: '丑县' }).waitFor()
    await shots(page, 'grants', true)
    await go(page, '/tutorial/operations')
    assert.match(await page.getByRole('alert').first().innerText(), /您没有此项权限/)
    await leave(page)
    await first(page, 'aud-admin')
    const key = await secondFactor(page)
    await page.getByLabel('验证器上的六位数字').fill(totp(key))
    await page.getByRole('button', { name: '启用', exact: true }).click()
    await page.getByText('已启用', { exact: true }).waitFor()
    await go(page, '/tutorial/audit')
    assert.match(await page.locator('main').innerText(), /还没有全面核查过/)
    gangmu('audit', 'verify', '--data', data)
    await go(page, '/tutorial/audit')
    const head = await page.locator('.head code').innerText()
    assert.match(await page.locator('main').innerText(), /可信：\d+ 笔记录首尾相连/)
    assert.equal(JSON.parse(gangmu('audit', 'head', '--data', data)).digest, head)
    await page.getByLabel('操作').selectOption('give_grant')
    await page.getByRole('button', { name: '查找' }).click()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    assert.match(await page.locator('tbody tr').innerText(), /安全管理员/)
    assert.doesNotMatch(await page.locator('tbody').innerText(), /13800000000|丑县办公室/)
    await shots(page, 'audit')
    await leave(page)
    await page.close()
  })
})
