// SPDX-License-Identifier: Apache-2.0
// Build: hashed names under dist/assets, a .br copy beside every text file (the program serves it as it is), Chromium 86 kernels.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { type Plugin } from 'vite'

function brotliCopies(folder: string): Plugin {
  const text = /\.(html|js|css|svg|json)$/
  const files = (under: string): string[] =>
    readdirSync(under).flatMap((name) => {
      const path = join(under, name)
      return statSync(path).isDirectory() ? files(path) : [path]
    })
  return {
    name: 'brotli-copies',
    apply: 'build',
    closeBundle() {
      for (const path of files(folder).filter((name) => text.test(name))) {
        const bytes = readFileSync(path)
        writeFileSync(
          path + '.br',
          brotliCompressSync(bytes, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
          }),
        )
      }
    },
  }
}

/** Three files to start with (Vue, our words and parts, the page) instead of twenty small ones. */
function chunkOf(path: string): string | undefined {
  if (path.includes('node_modules')) return 'vue'
  if (/parts\/(FigureDrawer|SeriesChart|WaterfallChart|TileMap|HistogramLegend|PhaseLadder)/.test(path))
    return undefined
  return /src\/(api|base|look|parts|text)\//.test(path) ? 'parts' : undefined
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.GANGMU_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { hoistStatic: false } } }), brotliCopies(here('./dist'))],
  resolve: { alias: { '@': here('./src') } },
  // A style in a data: address or an inlined module preload would need a looser content security policy.
  build: {
    target: 'chrome86',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: 'chrome86',
    reportCompressedSize: false,
    rollupOptions: { output: { manualChunks: chunkOf } },
  },
  // A test waits for what it expects, however busy the machine is.
  test: { testTimeout: 60_000 },
  server: { port: 5173, proxy: { '/api': server } },
})
