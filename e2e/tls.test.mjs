// SPDX-License-Identifier: Apache-2.0
// The program's own TLS: what a browser on another machine would meet.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = resolve(root, process.env.GANGMU_PROGRAM ?? 'build/release/gangmu')
const folder = mkdtempSync(join(tmpdir(), 'gangmu-tls-'))
const data = join(folder, 'data'),
  certificate = join(folder, 'cert.pem'),
  key = join(folder, 'key.pem')
const run = (...words) =>
  spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'zh_CN.UTF-8' },
  })

function ask(options, body) {
  return new Promise((found, failed) => {
    const request = https.request(
      {
        host: '127.0.0.1',
        ca: readFileSync(certificate),
        servername: 'gangmu.example',
        ...options,
        headers: { host: 'gangmu.example', ...options.headers },
      },
      (answer) => {
        let text = ''
        answer
          .on('data', (bytes) => {
            text += bytes
          })
          .on('end', () => found({ status: answer.statusCode, headers: answer.headers, text }))
      },
    )
    request.on('error', failed).end(body)
  })
}

describe('TLS', () => {
  let server, port, code
  before(async () => {
    spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      certificate,
      '-days',
      '2',
      '-subj',
      '/CN=gangmu.example',
      '-addext',
      'subjectAltName=DNS:gangmu.example',
    ])
    run('init', '--data', data, join(root, 'programmes/tutorial'))
    run('load', '--yes', '--data', data, join(root, 'programmes/tutorial'))
    const open = run(
      'serve',
      '--data',
      data,
      '--port',
      '0',
      '--address',
      '0.0.0.0',
      '--certificate',
      certificate,
      '--certificate-key',
      key,
    )
    assert.equal(open.status, 1)
    assert.match(open.stderr, /没有账户/, 'no way out without accounts')
    code = run(
      'account',
      'create',
      '--data',
      data,
      '--programme',
      'tutorial',
      '--login',
      'office',
      '--name',
      '办公室',
      '--role',
      'city_office',
    ).stdout.match(/[A-Z2-7]{6}(-[A-Z2-7]{6}){3}/)[0]
    assert.match(run('serve', '--data', data, '--port', '0', '--address', '0.0.0.0').stderr, /TLS/, 'nor without TLS')
    server = spawn(program, [
      'serve',
      '--data',
      data,
      '--port',
      '0',
      '--quiet',
      '--address',
      '0.0.0.0',
      '--name',
      'gangmu.example',
      '--certificate',
      certificate,
      '--certificate-key',
      key,
    ])
    port = await new Promise((found, failed) => {
      server.stdout.on('data', (bytes) => {
        const at = String(bytes).match(/https:\/\/0\.0\.0\.0:(\d+)/)
        if (at) found(Number(at[1]))
      })
      server.on('exit', () => failed(new Error('the server ended')))
    })
  })
  after(() => {
    server?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it('answers over TLS, by its name, and insists on it', async () => {
    const answer = await ask({ port, path: '/api/v1/health' })
    assert.equal(answer.status, 200)
    assert.match(answer.headers['strict-transport-security'], /max-age=31536000/)
    assert.match(answer.headers['content-security-policy'], /frame-ancestors 'none'/)
    assert.equal(
      (
        await ask({
          port,
          path: '/api/v1/health',
          headers: { host: 'other.example' },
        })
      ).status,
      421,
    )
  })

  it('keeps a session in a cookie that only TLS carries', async () => {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': '0'.repeat(32),
      'origin': 'https://gangmu.example',
    }
    const body = JSON.stringify({
      login: 'office',
      code,
      password: '木棉花开 in spring 2026',
    })
    const opened = await ask({ port, path: '/api/v1/tutorial/session/first', method: 'POST', headers }, body)
    assert.equal(opened.status, 200, opened.text)
    const cookie = opened.headers['set-cookie'][0]
    assert.match(cookie, /^__Host-gangmu-tutorial=\d+\.[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict; Secure$/)
    const pair = cookie.split(';')[0]
    assert.equal((await ask({ port, path: '/api/v1/tutorial/tasks' })).status, 401)
    assert.equal(
      (
        await ask({
          port,
          path: '/api/v1/tutorial/tasks',
          headers: { cookie: pair },
        })
      ).status,
      200,
    )
    for (const [name, extra] of [
      ['another site', { origin: 'https://evil.example' }],
      ['no origin at all', {}],
    ]) {
      const forged = await ask(
        {
          port,
          path: '/api/v1/tutorial/session/end',
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': '1'.repeat(32),
            'cookie': pair,
            ...extra,
          },
        },
        '{}',
      )
      assert.equal(forged.status, 403, name)
    }
    assert.equal(
      (
        await ask({
          port,
          path: '/api/v1/tutorial/tasks',
          headers: { cookie: pair },
        })
      ).status,
      200,
      'the forged ones ended nothing',
    )
  })

  it('takes neither plain HTTP nor an old TLS', async () => {
    await assert.rejects(
      new Promise((found, failed) => http.get({ host: '127.0.0.1', port, path: '/' }, found).on('error', failed)),
    )
    await assert.rejects(
      ask({
        port,
        path: '/api/v1/health',
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
    )
  })
})
