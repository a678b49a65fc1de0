// SPDX-License-Identifier: Apache-2.0
// A server of the test's own: a store made from a pack, accounts made from the console, served on a free port.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const program = resolve(root, process.env.GANGMU_PROGRAM ?? 'build/release/gangmu')

/** `accounts`: {login, name, role, place}. Gives the address, the first codes by login, and `end()`. */
export async function house(pack, programme, accounts = []) {
  const folder = mkdtempSync(join(tmpdir(), 'gangmu-house-'))
  const data = join(folder, 'data')
  const gangmu = (...words) => {
    const done = spawnSync(program, words, {
      encoding: 'utf8',
      env: { ...process.env, LANG: 'zh_CN.UTF-8' },
    })
    assert.equal(done.status, 0, done.stderr + done.stdout)
    return done.stdout
  }
  gangmu('init', '--data', data, pack)
  gangmu('load', '--yes', '--data', data, pack)
  const codes = {}
  for (const { login, name, role, place } of accounts) {
    const said = gangmu(
      ...['account', 'create', '--data', data, '--programme', programme],
      ...['--login', login, '--name', name, '--role', role, '--place', place],
    )
    codes[login] = said.match(/[A-Z2-7]{6}(-[A-Z2-7]{6}){3}/)[0]
  }
  const server = spawn(program, [...['serve', '--data', data, '--port', '0', '--quiet']])
  const url = await new Promise((found, failed) => {
    server.stdout.on('data', (bytes) => {
      const at = String(bytes).match(/http:\/\/127[^\s]+(?=\/)/)
      if (at) found(at[0])
    })
    server.on('exit', () => failed(new Error('the server ended')))
  })
  return {
    url,
    codes,
    async end() {
      server.kill()
      await new Promise((done) => server.once('exit', done))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
