// SPDX-License-Identifier: Apache-2.0
// Registers in the browser: found, narrowed, sorted, kept as a view, laid out by state; a record entered with faults first and a
// draft between, opened beside the list and on its own page, taken steps, alone and many at once; by keyboard and on a phone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { api, browser, fine, go, programmes, settled, shot, until, url } from './browser.mjs'

describe('登记台账', () => {
  let chrome, page, at, town
  const records = (kind, query = '') => api(`${at}/registers/${kind}/records?limit=100${query}`)
  const row = (id) => page.locator(`tr[data-record="${id}"]`)
  const found = (n) => until(async () => (await page.locator('.caption').innerText()).includes(`共 ${n} 条`))

  /** Reloads a page with something unsent: the browser asks first, or this waits in vain. */
  async function leftByReload() {
    const asks = page.waitForEvent('dialog')
    const going = page.reload()
    const ask = await asks
    assert.equal(ask.type(), 'beforeunload')
    await ask.accept()
    await going
  }

  before(async () => {
    chrome = await browser()
    at = `/${(await programmes()).synthetic.id}`
    town = (await api(`${at}/places?level=town&limit=1`)).items[0]
    page = await chrome.page()
  })
  after(() => chrome.end())

  it('is reached from the first page', async () => {
    await go(page, at)
    await page.locator('.registers a').first().click()
    await page.waitForURL(/registers\/\w+$/)
    await settled(page)
  })

  it('lists what is open and what it holds', async () => {
    await go(page, `${at}/registers`)
    const words = await page.locator('main').innerText()
    assert.match(words, /项目/)
    assert.match(words, /堵点/)
    assert.match(words, /\d+ 条 · 主管单位/)
    await fine(page)
    await shot(page, 'registers')
  })

  it('counts exactly, by state and by words, and tells each condition to be taken away', async () => {
    const all = await records('project')
    assert.ok(all.total > 10)
    await go(page, `${at}/registers/project`)
    await found(all.total)
    const some = await records('project', `&q=${encodeURIComponent('圩镇')}`)
    await page.locator('.fields input[type=search]').fill('圩镇')
    await found(some.total)
    await page.getByRole('button', { name: /^前期/ }).click()
    await found((await records('project', `&q=${encodeURIComponent('圩镇')}&state=pre`)).total)
    const chips = page.getByRole('list', { name: '筛选条件' })
    assert.match(await chips.innerText(), /状态\s*前期[\s\S]*查找\s*圩镇/)
    await chips.getByRole('button', { name: '去掉条件 查找 圩镇' }).click()
    await found((await records('project', '&state=pre')).total)
    assert.equal(new URL(page.url()).searchParams.get('q'), null)
    await fine(page)
    await shot(page, 'register-project')
    await chips.getByRole('button', { name: '清除筛选' }).click()
    await found(all.total)
  })

  it('lists nothing for a condition nobody knows', async () => {
    await go(page, `${at}/registers/project?stat=pre`)
    assert.match(await page.getByRole('alert').innerText(), /不认识的条件：stat/)
    assert.equal(await page.locator('[data-record]').count(), 0)
    await go(page, `${at}/registers/project?where=kin=land`)
    await page.getByRole('alert').waitFor()
    assert.equal(await page.locator('[data-record]').count(), 0)
    await page.getByRole('list', { name: '筛选条件' }).getByRole('button', { name: '清除筛选' }).click()
    await found((await records('project')).total)
  })

  it('sorts by a column, up, down and back', async () => {
    const first = () => page.locator('tr[data-record]').first().getAttribute('data-record')
    await go(page, `${at}/registers/project`)
    const head = page.getByRole('columnheader', { name: /投资完成率/ })
    for (const [order, told] of [
      ['pct', 'ascending'],
      ['-pct', 'descending'],
    ]) {
      await head.getByRole('button').click()
      await page.waitForURL((to) => to.searchParams.get('order') === order)
      const wanted = (await records('project', `&order=${order}`)).items[0].id
      await until(async () => (await first()) === wanted)
      assert.equal(await head.getAttribute('aria-sort'), told)
    }
    await head.getByRole('button').click()
    await page.waitForURL((to) => !to.searchParams.get('order'))
  })

  it('shows the columns its reader chose, and remembers them', async () => {
    await page.getByRole('button', { name: '列', exact: true }).click()
    await page.getByRole('checkbox', { name: '开工日期' }).check()
    await page.getByRole('checkbox', { name: '竣工日期' }).uncheck()
    await page.keyboard.press('Escape')
    await go(page, `${at}/registers/project`)
    const heads = await page.locator('thead').innerText()
    assert.match(heads, /开工日期/)
    assert.doesNotMatch(heads, /竣工日期/)
    await page.getByRole('button', { name: '列', exact: true }).click()
    await page.getByRole('button', { name: '恢复原来的列' }).click()
    await until(async () => /竣工日期/.test(await page.locator('thead').innerText()))
  })

  it('keeps a view of one’s own on this machine', async () => {
    await go(page, `${at}/registers/project?state=building&order=-pct`)
    await page.getByRole('button', { name: /^存为视图/ }).click()
    await page.getByLabel('视图名称').fill('在建，快的在前')
    await page.getByRole('button', { name: '保存视图' }).click()
    await go(page, `${at}/registers/project`)
    await page.getByRole('button', { name: /在建，快的在前/ }).click()
    await page.waitForURL(
      (to) => to.searchParams.get('order') === '-pct' && to.searchParams.get('state') === 'building',
    )
    await fine(page)
    await shot(page, 'register-view')
    await page.getByRole('button', { name: '删除视图 在建，快的在前' }).click()
    await until(async () => (await page.getByText('仅本机').count()) === 0)
  })

  it('keeps what was typed when something is wrong, over a reload, and asks before it is left', async () => {
    await go(page, `${at}/registers/project`)
    await page.getByRole('link', { name: '登记一条' }).click()
    await page.waitForURL('**/project/new')
    await page.locator('#f-name').fill('示例渡口改造')
    await page.locator('#f-total').fill('一千万')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    const summary = page.locator('.summary')
    await summary.waitFor()
    assert.match(await summary.innerText(), /有 2 处要改[\s\S]*所在地[\s\S]*总投资/)
    assert.deepEqual(
      await page.locator('.wrong .name').evaluateAll((all) => all.map((one) => one.textContent.slice(0, 3))),
      ['所在地', '总投资'],
    )
    await fine(page)
    await shot(page, 'record-entry-faults')
    await page.getByRole('link', { name: '首页' }).first().click()
    const ask = page.getByRole('dialog', { name: /没有提交/ })
    await ask.waitFor()
    await fine(page)
    await ask.getByRole('button', { name: '继续填' }).click()
    assert.match(page.url(), /project\/new$/)
    await leftByReload()
    await settled(page)
    assert.equal(await page.locator('#f-name').inputValue(), '示例渡口改造')
    await page.locator('#f-total').fill('1200.5')
    await page.locator('#f-place').fill(town.name_zh)
    await page.locator('#f-place-list [role=option]').first().waitFor()
    await page.locator('#f-place').press('ArrowDown')
    await page.locator('#f-place').press('Enter')
    await page.locator('#f-done').getByRole('button', { name: '加一行' }).click()
    await page.locator('#f-done-0-month').fill('2026')
    await page.getByLabel('第 1 行 月份 月').selectOption('06')
    await page.locator('#f-done-0-amount').fill('300.5')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.waitForURL(/registers\/project\/\d+\.project\.\d+$/)
    await settled(page)
    const words = await page.locator('main').innerText()
    assert.match(words, /1200\.5 万元/)
    assert.match(words, /累计完成投资\s*300\.5 万元/)
    await fine(page)
    await shot(page, 'record-project')
  })

  it('enters a draft that was accepted once, not twice', async () => {
    const body = { fields: { name: '示例码头改造', place: town.code } }
    const total = (await records('project')).total
    await go(page, `${at}/registers/project/new`)
    await page.locator('#f-name').fill(body.fields.name)
    await page.locator('#f-place').fill(town.name_zh)
    await page.locator('#f-place-list [role=option]').first().click()
    // The answer is lost on the way: what was sent has arrived.
    const posts = (to) => to.pathname.endsWith('/registers/project/records')
    let seen = 0
    await page.route(posts, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      if (!seen++) await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.locator('.summary').waitFor({ timeout: 30_000 })
    await page.unroute(posts)
    page.faults.length = 0
    await leftByReload()
    await settled(page)
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.waitForURL(/registers\/project\/\d+\.project\.\d+$/)
    assert.equal((await records('project')).total, total + 1)
    page.faults.length = 0
  })

  it('offers the acts the server lists, and what happened', async () => {
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await page.locator('#f-name').fill('示例码头改造工程')
    await page.getByRole('button', { name: '保存修改' }).click()
    await until(async () => (await page.locator('h1').innerText()).includes('示例码头改造工程'))
    await until(async () => /改了项目名称/.test(await page.locator('main').innerText()))
    const { acts } = await api(`${at}/records/${page.url().split('/').pop()}`)
    assert.equal(
      await page.locator('.acts .button').count(),
      acts.steps.length + (acts.edit ? 1 : 0) + (acts.out.length + acts.extend.length ? 1 : 0),
    )
  })

  it('opens a row beside the list, walks on and back, and gives the focus back', async () => {
    const items = (await records('obstacle')).items
    await go(page, `${at}/registers/obstacle`)
    await row(items[0].id).locator('.title').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.waitFor()
    await until(async () => (await drawer.innerText()).includes(items[1].no))
    await settled(page)
    assert.equal(await row(items[1].id).getAttribute('class'), 'here')
    await fine(page)
    await shot(page, 'register-obstacle-drawer')
    await drawer.getByRole('button', { name: '上一条' }).click()
    await until(async () => (await drawer.innerText()).includes(items[0].no))
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    assert.ok(await page.evaluate(() => document.activeElement?.closest('tr[data-record]') !== null))
  })

  it('tells a clerk that another was first, and keeps what was typed', async () => {
    const one = (await records('project', '&state=pre')).items[0]
    await go(page, `${at}/registers/project/${one.id}`)
    await page.getByRole('button', { name: '修改', exact: true }).click()
    const mine = String(1000 + (Date.now() % 8000))
    const theirs = String(20_000 + (Date.now() % 8000))
    await page.locator('#f-total').fill(mine)
    const other = await fetch(`${url}/api/v1${at}/records/${one.id}/edit`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'if-match': `"${one.seq}"`,
        'idempotency-key': Date.now().toString(16).padStart(32, 'c'),
      },
      body: JSON.stringify({ fields: { total: `${theirs}0000` } }),
    })
    assert.equal(other.status, 200)
    await page.getByRole('button', { name: '保存修改' }).click()
    const told = page.locator('.summary')
    await until(async () => (await told.innerText()).includes(`总投资：${theirs} 万元`))
    assert.equal(await page.locator('#f-total').inputValue(), mine)
    await fine(page)
    await told.getByRole('button', { name: '以我填的为准，再提交' }).click()
    await until(async () => (await api(`${at}/records/${one.id}`)).fields.total === `${mine}0000.00`)
  })

  it('is walked by the keyboard alone: list, record, act, and back', async () => {
    await go(page, `${at}/registers/obstacle?state=raised`)
    const focused = (what) => page.evaluate((css) => document.activeElement?.matches(css), what)
    const tab = async (css, most = 60) => {
      for (let n = 0; n < most; n++) {
        await page.keyboard.press('Tab')
        if (await focused(css)) return
      }
      assert.fail(`${css} is not reached by Tab`)
    }
    await tab('tr[data-record] .title')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await settled(page)
    await tab('.drawer .acts .button')
    await page.keyboard.press('Enter')
    await tab('.drawer #f-reply')
    await page.keyboard.type('已安排')
    await page.keyboard.press('Escape')
    const ask = page.getByRole('dialog', { name: /没有提交/ })
    await ask.waitFor()
    await tab('.leave .button:not(.main)', 4)
    await page.keyboard.press('Enter')
    await page.locator('.drawer').waitFor({ state: 'detached' })
    assert.ok(await focused('tr[data-record] .title'))
  })

  it('says the same in English, in the dark and in large type', async () => {
    await go(page, `${at}/registers/project`)
    await page.evaluate(() =>
      localStorage.setItem(
        'gangmu.settings',
        JSON.stringify({ language: 'en', theme: 'dark', large: true, dense: false, whole: false }),
      ),
    )
    const first = (await records('project')).items[0].id
    try {
      for (const [name, path] of [
        ['list', 'registers/project'],
        ['board', 'registers/project?view=board'],
        ['record', `registers/project/${first}`],
        ['entry', 'registers/project/new'],
      ]) {
        await go(page, `${at}/${path}`)
        await shot(page, `register-english-${name}`)
        await fine(page)
      }
    } finally {
      await page.evaluate(() => localStorage.removeItem('gangmu.settings'))
    }
  })

  it('shows references both ways', async () => {
    const one = (await records('obstacle')).items.find((item) => item.fields.project)
    await go(page, `${at}/registers/obstacle/${one.id}`)
    await page.locator('.refs a').first().click()
    await page.waitForURL(`**/registers/project/${one.fields.project.id}`)
    await settled(page)
    await page.getByRole('heading', { name: /指向它的堵点/ }).waitFor()
    assert.match(await page.locator('main').innerText(), new RegExp(one.no))
    await fine(page)
    await shot(page, 'record-links', { full: true })
  })

  it('lays a register out by state, for the keyboard too', async () => {
    await go(page, `${at}/registers/project`)
    await page.getByRole('button', { name: '看板' }).click()
    await settled(page)
    const { states } = await records('project')
    for (const [id, name] of [
      ['idea', '谋划'],
      ['pre', '前期'],
      ['building', '在建'],
    ])
      await page.getByRole('region', { name: `${name}，${states[id]} 条` }).waitFor()
    await fine(page)
    await shot(page, 'register-board')
    const lane = page.getByRole('region', { name: /^前期/ })
    await lane.locator('[data-record]').first().focus()
    await page.keyboard.press('ArrowRight')
    const id = await page.evaluate(() => document.activeElement.dataset.record)
    assert.equal((await api(`${at}/records/${id}`)).state, 'building')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
  })

  it('takes one step for many, says who can’t, and tells what was done', async () => {
    const raised = (await records('obstacle', '&state=raised')).items
    const ended = raised.pop()
    const step = await fetch(`${url}/api/v1${at}/records/${ended.id}/steps/withdraw`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'if-match': `"${ended.seq}"`,
        'idempotency-key': Date.now().toString(16).padStart(32, 'b'),
      },
      body: JSON.stringify({ fields: { reason: '已自行解决' } }),
    })
    assert.equal(step.status, 200)
    const two = raised.slice(0, 2)
    await go(page, `${at}/registers/obstacle`)
    for (const item of [...two, ended]) await row(item.id).getByRole('checkbox').check()
    const bar = page.getByRole('toolbar')
    assert.match(await bar.innerText(), /^已选 3 条/)
    await shot(page, 'register-bulk')
    await bar.getByRole('button', { name: '批量办理' }).click()
    const panel = page.getByRole('dialog', { name: /^对所选/ })
    await panel
      .getByText(/能办 2 条，不能办 1 条/)
      .first()
      .waitFor()
    await panel.getByRole('radio', { name: /^答复/ }).check()
    await panel.locator('#f-reply').fill('已列入本月协调事项。')
    await panel.locator('#f-promised_on').fill('2030-12-31')
    assert.equal(await panel.getByRole('button', { name: '答复 2 条' }).isDisabled(), true, 'not without a reason')
    await panel.getByLabel(/^理由或说明/).fill('本月集中答复')
    await fine(page)
    await shot(page, 'bulk-step')
    await page.keyboard.press('Escape')
    const ask = page.getByRole('dialog', { name: /没有提交/ })
    await ask.getByRole('button', { name: '继续填' }).click()
    await ask.waitFor({ state: 'hidden' })
    assert.equal(await panel.locator('#f-reply').inputValue(), '已列入本月协调事项。', 'nobody lost it by a key')
    await panel.getByRole('button', { name: '答复 2 条' }).click()
    await panel.getByText(/已办 2 条，没办成 0 条/).waitFor()
    await shot(page, 'bulk-done')
    for (const item of two) assert.equal((await api(`${at}/records/${item.id}`)).state, 'answered')
    assert.equal((await api(`${at}/records/${ended.id}`)).state, 'withdrawn')
    await panel.getByRole('button', { name: '知道了' }).click()
    await bar.waitFor({ state: 'detached' })
  })

  it('takes files with a form, links them, and opens a personal one for a reason', async () => {
    const key = () => Date.now().toString(16).padStart(32, 'd')
    const field = (id, zh, more = {}) => ({ id, type: 'file', zh, en: id, ...more })
    const made = await fetch(`${url}/api/v1${at}/registers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key() },
      body: JSON.stringify({
        kind: {
          id: 'walk',
          is: { version: 1, zh: '示例走访', home: 'county', title: ['words'] },
          fields: [
            { id: 'words', type: 'text', zh: '说明', en: 'Words' },
            { id: 'place', type: 'place', zh: '所在地', en: 'Place' },
            field('photo', '附件'),
            field('card', '证件', { personal: true }),
          ],
          rights: { read: [{ to: 'units', where: 'place in scope' }] },
        },
        owner: '示例办公室',
        list_number: '2026-104',
      }),
    })
    assert.equal(made.status, 201, await made.text())
    const pdf = (words) => ({
      name: `${words}.pdf`,
      mimeType: 'application/pdf',
      buffer: Buffer.from(`%PDF-1.4 ${words} %%EOF`),
    })
    await go(page, `${at}/registers/walk/new`)
    await page.locator('#f-words').fill('示例走访一次')
    await page.locator('#f-place').fill(town.name_zh)
    await page.locator('#f-place-list [role=option]').first().click()
    // The form waits for a file that is under way.
    const files = (to) => to.pathname.endsWith('/files')
    let goOn
    await page.route(files, async (route) => {
      await new Promise((done) => {
        goOn = done
      })
      await route.continue()
    })
    await page.locator('#f-photo').setInputFiles(pdf('plan'))
    await page.getByRole('button', { name: '等文件传完' }).waitFor()
    assert.equal(await page.getByRole('button', { name: '等文件传完' }).isDisabled(), true)
    await shot(page, 'record-entry-upload')
    await until(() => goOn)
    goOn()
    await page.getByText('plan.pdf').waitFor()
    await page.unroute(files)
    await page.locator('#f-card').setInputFiles(pdf('card'))
    await page.getByText('card.pdf').waitFor()
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.waitForURL(/registers\/walk\/\d+\.walk\.\d+$/)
    await settled(page)
    const link = page.getByRole('link', { name: 'plan.pdf' })
    const told = await fetch(url + (await link.getAttribute('href')))
    assert.match(await told.text(), /%PDF-1\.4 plan/)
    assert.equal(await page.getByText('card.pdf').count(), 0)
    await page.getByRole('button', { name: '查看个人信息' }).click()
    await page.getByLabel(/^事由/).fill('核对证件')
    await page.getByRole('button', { name: '查看', exact: true }).click()
    const opens = page.getByRole('button', { name: 'card.pdf' })
    await opens.waitFor()
    await fine(page)
    await shot(page, 'record-files')
    const [file] = await Promise.all([page.waitForEvent('download'), opens.click()])
    assert.equal(file.suggestedFilename(), 'card.pdf')
    assert.match(readFileSync(await file.path(), 'utf8'), /%PDF-1\.4 card/)
  })

  it('works on a phone: list, record, form', async () => {
    const phone = await chrome.page('phone')
    await go(phone, `${at}/registers/obstacle`)
    await fine(phone)
    await shot(phone, 'register-obstacle-phone')
    await phone.locator('[data-record]').first().click()
    await phone.getByRole('dialog').waitFor()
    await settled(phone)
    await fine(phone)
    await shot(phone, 'record-obstacle-phone')
    await go(phone, `${at}/registers/project/new`)
    await fine(phone)
    await shot(phone, 'record-entry-phone')
    await go(phone, `${at}/registers/project?view=board`)
    await fine(phone)
    await shot(phone, 'register-board-phone')
    await phone.close()
  })
})
