// SPDX-License-Identifier: Apache-2.0
// A private PostgreSQL in a temporary folder, with data checksums, a socket and no TCP; flushes to disk as in earnest.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

function binaries() {
  const root = '/usr/lib/postgresql'
  const newest = readdirSync(root)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1)
  return `${root}/${newest}/bin`
}

export async function startPostgres() {
  const bin = binaries()
  const root = mkdtempSync('/tmp/gangmu-pg-') // short: a socket's path may have 107 bytes
  const asRoot = process.getuid() === 0 // PostgreSQL refuses to run as root
  if (asRoot) execFileSync('chown', ['postgres', root])
  const run = (name, ...words) => {
    const [command, ...rest] = [...(asRoot ? ['runuser', '-u', 'postgres', '--'] : []), `${bin}/${name}`, ...words]
    execFileSync(command, rest, { stdio: 'ignore' })
  }
  const startOnce = () =>
    run(
      'pg_ctl',
      '-D',
      `${root}/data`,
      '-w',
      '-l',
      `${root}/log`,
      '-o',
      `-k ${root} -c listen_addresses= -c shared_buffers=32MB`,
      'start',
    )
  /** After a kill the memory of the old server may still be held for a moment. */
  const start = async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return startOnce()
      } catch (error) {
        if (tries === 20) throw error
      }
      await pause(200)
    }
  }
  run(
    'initdb',
    '-D',
    `${root}/data`,
    '-U',
    'gangmu',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-sync',
  )
  await start()
  return {
    connection: `host=${root} user=gangmu dbname=postgres`,
    start,
    /** SIGKILL to the postmaster; its children notice and end by themselves. */
    async kill() {
      const pid = Number(readFileSync(`${root}/data/postmaster.pid`, 'utf8').split('\n')[0])
      process.kill(pid, 'SIGKILL')
      await pause(100)
    },
    end() {
      try {
        run('pg_ctl', '-D', `${root}/data`, '-m', 'immediate', 'stop')
      } catch {
        /* it was not running */
      }
      rmSync(root, { recursive: true, force: true })
    },
  }
}
