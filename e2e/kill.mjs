// SPDX-License-Identifier: Apache-2.0
// node kill.mjs PROGRAM [--kills 5] [--writes 300] [--clients 4] [--engine sqlite|postgres] [--seed 1]
// A served store under clients that report progress, enter and edit records and upload files for them, while the program (and, on
// PostgreSQL, now and then the database server) is killed. Every acknowledged write is there exactly once; one whose answer was
// lost is sent again with the same request key and is then there once, too; a refused one is not there; a file a record names is
// there whole. At the end SIGTERM: what was accepted is finished, exit 0, doctor well.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startPostgres } from './postgres.mjs'

const {
  values,
  positionals: [program],
} = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '5' },
    writes: { type: 'string', default: '300' },
    clients: { type: 'string', default: '4' },
    engine: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: '1' },
  },
})
const wanted = {
  kills: Number(values.kills),
  writes: Number(values.writes),
  clients: Number(values.clients),
}
let seed = Number(values.seed)
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

const folder = mkdtempSync(join(tmpdir(), 'gangmu-kill-'))
const data = join(folder, 'data')
const postgres = values.engine === 'postgres' ? await startPostgres() : null

// --- the program -------------------------------------------------------------------------------------------------------------

function prepare() {
  const pack = join(folder, 'pack')
  const run = (...words) => execFileSync(program, words, { stdio: 'pipe' })
  run('simulate', '--counties', '2', '--towns', '6', '--villages', '12', '--years', '1', pack)
  run('init', '--data', data, ...(postgres ? ['--postgres', postgres.connection] : []), pack)
  run('load', '--data', data, '--yes', pack)
}

let server = null
let complaints = '' // what the program said on standard error; told when the run fails

/** Starts the program; resolves once it listens. */
async function start() {
  const child = spawn(program, ['serve', '--data', data, '--port', '0', '--quiet'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stderr.on('data', (bytes) => {
    complaints = (complaints + bytes).slice(-4000)
  })
  const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)))
  const address = await new Promise((done, fail) => {
    let said = ''
    child.stdout.on('data', (bytes) => {
      said += bytes
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+(?=\/)/)
      if (found) done(found[0])
    })
    ended.then((code) => fail(new Error(`the program ended with ${code} before it listened`)))
  })
  server = { child, ended, api: `${address}/api/v1/example-city` }
}

async function end(signal) {
  server.child.kill(signal)
  const { ended } = server
  server = null
  return ended
}

// --- the clients -------------------------------------------------------------------------------------------------------------

const tally = {
  acknowledged: 0,
  refused: 0,
  lost: 0,
  lostButDone: 0,
  repeated: 0,
  records: 0,
  edits: 0,
  files: 0,
  kills: 0,
  serverKills: 0,
}
const acknowledged = new Map() // text → task
const refused = new Set() // texts that must not be there
const entered = new Map() // name of a record → its address, what was last written into it, the file it names
let stopping = false
let orderly = false // the program was asked to end: whom it lets in, it answers

async function read(path) {
  const response = await fetch(server.api + path)
  assert.equal(response.status, 200, path)
  return response.json()
}

/** One send. Null when the outcome is unknown: nobody there, cut off, or the server says it can't tell. */
async function send(write) {
  try {
    const response = await fetch(server.api + write.path, {
      method: 'POST',
      body: write.bytes ?? JSON.stringify(write.body),
      headers: {
        'content-type': write.bytes ? 'application/octet-stream' : 'application/json',
        'idempotency-key': write.key,
        ...(write.seq ? { 'if-match': `"${write.seq}"` } : {}),
      },
    })
    const answer = await response.json()
    return response.status >= 500 ? null : { status: response.status, answer }
  } catch {
    return null
  }
}

/** Of all its history, page by page. */
async function texts(task) {
  const out = []
  for (let cursor = ''; cursor !== null;) {
    const page = await read(`/tasks/${task}?limit=500${cursor && `&cursor=${cursor}`}`)
    out.push(...page.events.map((event) => event.text))
    cursor = page.next ?? null
  }
  return out
}

/** Sends until the outcome is known, always with the same key. */
async function settle(write) {
  while (!server) await pause(20)
  let outcome = await send(write)
  const leftAlone = outcome === null && orderly
  let looked = outcome !== null
  tally.lost += outcome ? 0 : 1
  while (!outcome) {
    await pause(20)
    if (!server) continue
    if (!looked) {
      // was it done although nobody heard?
      let done = false
      try {
        done = await write.there()
      } catch {
        continue
      }
      assert.ok(!(done && leftAlone), `${write.path}: accepted before an orderly end, done, and not answered`)
      tally.lostButDone += done ? 1 : 0
      looked = true
    }
    outcome = await send(write)
  }
  return outcome
}

/** A client that did not hear well: the same answer, and nothing done twice. */
async function repeat(write, first) {
  const again = await send(write)
  if (!again) return
  assert.equal(again.answer.seq, first.seq)
  tally.repeated += 1
}

// --- records and their files -------------------------------------------------------------------------------------------------

const site = {
  id: 'site',
  is: { zh: '工地', title: ['name'] },
  fields: [
    { id: 'name', type: 'text', zh: '名称' },
    { id: 'remark', type: 'text', zh: '备注' },
    { id: 'photo', type: 'file', zh: '照片' },
  ],
}
const newKey = () => randomBytes(16).toString('hex')

async function openRegister() {
  const body = { kind: site, owner: '市住建局', list_number: '2025-001' }
  const opened = await send({ path: '/registers', body, key: newKey() })
  assert.equal(opened?.status, 201, JSON.stringify(opened))
}

async function named(name) {
  const { items } = await read(`/registers/site/records?q=${encodeURIComponent(name)}&limit=500`)
  return items.filter((one) => one.fields.name === name)
}

/** Uploaded, then named by a record that is entered; or a record of one's own edited. Nobody else writes to them: all are taken. */
async function workOnRecords(number, n, own) {
  if (own.length && random() < 0.4) {
    const name = own[Math.floor(random() * own.length)]
    const held = entered.get(name)
    const remark = `第 ${number} 人第 ${n} 次修改`
    const { status, answer } = await settle({
      path: `/records/${held.id}/edit`,
      body: { fields: { remark } },
      seq: held.seq,
      key: newKey(),
      there: async () => (await read(`/records/${held.id}`)).fields.remark === remark,
    })
    assert.equal(status, 200, JSON.stringify(answer))
    Object.assign(held, { remark, seq: answer.seq })
    tally.edits += 1
    return
  }
  const name = `工地${number}之${n}号`
  const fields = { name }
  let bytes = null
  if (random() < 0.5) {
    bytes = Buffer.concat([Buffer.from('%PDF-1.7 '), randomBytes(2000 + Math.floor(random() * 60000))])
    const path = `/files?name=${encodeURIComponent(`${name}.pdf`)}`
    const sent = await settle({ path, bytes, key: newKey(), there: async () => false })
    assert.equal(sent.status, 201, JSON.stringify(sent.answer))
    fields.photo = { digest: sent.answer.digest, name: `${name}.pdf` }
    tally.files += 1
  }
  const write = {
    path: '/registers/site/records',
    body: { fields },
    key: newKey(),
    there: async () => (await named(name)).length > 0,
  }
  const { status, answer } = await settle(write)
  assert.equal(status, 201, JSON.stringify(answer))
  if (random() < 0.1) await repeat(write, answer)
  entered.set(name, { id: answer.id, seq: answer.seq, remark: undefined, digest: fields.photo?.digest, bytes })
  own.push(name)
  tally.records += 1
}

async function compareRecords() {
  const all = []
  for (let cursor = ''; cursor !== null;) {
    const page = await read(`/registers/site/records?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    all.push(...page.items)
    cursor = page.next
  }
  assert.equal(all.length, entered.size, 'records: as many as were acknowledged')
  const there = new Map(all.map((one) => [one.fields.name, one]))
  for (const [name, held] of entered) {
    const one = there.get(name)
    assert.ok(one, `${name}: acknowledged and not there`)
    assert.equal(one.id, held.id)
    assert.equal(one.fields.remark, held.remark, name)
    if (!held.digest) continue
    const file = await fetch(`${server.api}/records/${held.id}/files/${encodeURIComponent(held.digest)}`)
    assert.equal(file.status, 200, `${name}: its file`)
    assert.ok(held.bytes.equals(Buffer.from(await file.arrayBuffer())), `${name}: its file is whole`)
  }
}

async function client(number, tasks) {
  const seqs = new Map(tasks.map((task) => [task.id, task.seq]))
  const own = [] // names of records
  for (let n = 1; !stopping; n += 1) {
    if (random() < 0.4) {
      await workOnRecords(number, n, own)
      continue
    }
    const task = tasks[Math.floor(random() * tasks.length)].id
    const text = `第 ${number} 人第 ${n} 次填报`
    const write = {
      path: `/tasks/${task}/progress`,
      body: { text },
      seq: seqs.get(task),
      text,
      key: newKey(),
      there: async () => (await texts(task)).includes(text),
    }
    const { status, answer } = await settle(write)
    if (status === 200) {
      acknowledged.set(write.text, task)
      tally.acknowledged += 1
      seqs.set(task, answer.task.seq)
      if (random() < 0.1) await repeat(write, answer)
    } else {
      assert.equal(status, 412, JSON.stringify(answer)) // another client was faster
      refused.add(write.text)
      tally.refused += 1
      try {
        seqs.set(task, (await read(`/tasks/${task}`)).task.seq)
      } catch {
        /* the next write is refused and asks again */
      }
    }
  }
}

// --- the run -----------------------------------------------------------------------------------------------------------------

async function kill() {
  await pause(100 + random() * 400)
  if (stopping) return // a client has failed: nothing is started any more
  if (postgres && tally.kills % 3 === 2) {
    await postgres.kill()
    tally.serverKills += 1
    await pause(random() * 100)
    await postgres.start()
  }
  assert.equal(await end('SIGKILL'), 'SIGKILL')
  tally.kills += 1
  await start()
}

/** All the kills, then an orderly end under load. */
async function trouble() {
  while (tally.kills < wanted.kills && !stopping) await kill()
  while (tally.acknowledged < wanted.writes && !stopping) await pause(20)
  if (stopping) return
  orderly = true
  assert.equal(await end('SIGTERM'), 0, 'SIGTERM under load')
  await start()
}

/** Every text of the register against what the clients were told. */
async function compare() {
  const counts = new Map()
  const { items } = await read('/tasks?limit=500')
  for (const task of items)
    for (const text of await texts(task.id))
      if (text.endsWith('次填报')) counts.set(`${task.id} ${text}`, (counts.get(`${task.id} ${text}`) ?? 0) + 1)
  for (const [text, task] of acknowledged)
    assert.equal(
      counts.get(`${task} ${text}`),
      1,
      `${text}: acknowledged and there ${counts.get(`${task} ${text}`) ?? 0} times`,
    )
  for (const text of refused)
    for (const key of counts.keys()) assert.ok(!key.endsWith(` ${text}`), `${text}: refused and there`)
  assert.equal(counts.size, acknowledged.size, 'nothing is there that no client was told of')
}

try {
  prepare()
  await start()
  await openRegister()
  const { items } = await read('/tasks?limit=500')
  const tasks = items.filter((task) => task.state === 'open')
  const shared = tasks.slice(0, 2) // for these the clients race
  const own = (number) => tasks.slice(2).filter((_, i) => i % wanted.clients === number)
  const began = Date.now()
  const clients = Promise.all(
    Array.from({ length: wanted.clients }, (_, number) => client(number + 1, [...shared, ...own(number)])),
  )
  await Promise.race([clients, trouble()])
  stopping = true
  await clients
  await compare()
  await compareRecords()
  assert.equal(await end('SIGTERM'), 0)
  execFileSync(program, ['doctor', '--data', data], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  console.log(
    `${values.engine}: ${tally.kills} kills of the program, ${tally.serverKills} of the database server, in ${seconds} s`,
  )
  console.log(
    `${tally.acknowledged} reports acknowledged and there exactly once; ${tally.refused} refused (a race lost) and not there`,
  )
  console.log(
    `${tally.records} records entered and there exactly once, ${tally.edits} edits of them; ${tally.files} files uploaded, whole`,
  )
  console.log(
    `${tally.lost} answers lost, of which ${tally.lostButDone} had been done; ${tally.repeated} sent twice on purpose and done once`,
  )
} catch (error) {
  console.error(complaints)
  throw error
} finally {
  stopping = true
  server?.child.kill('SIGKILL')
  await postgres?.end()
  rmSync(folder, { recursive: true, force: true })
}
