// SPDX-License-Identifier: Apache-2.0
// node run.mjs [--bless] [name…]: runs the tests against the program at GANGMU_URL; --bless renews docs/screenshots.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const files = readdirSync(here)
  .filter((file) => file.endsWith('.test.mjs') && (!names.length || names.some((name) => file.startsWith(name))))
  .sort()
const env = {
  ...process.env,
  ...(process.argv.includes('--bless') ? { GANGMU_BLESS: '1' } : {}),
}
// One file after another: they share one server and one ledger.
const done = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], {
  cwd: here,
  env,
  stdio: 'inherit',
})
process.exit(done.status ?? 1)
