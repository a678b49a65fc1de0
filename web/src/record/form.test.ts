// SPDX-License-Identifier: Apache-2.0
// Each of the sixteen types has an input of its own, named by the field; rendered to text.
import { describe, expect, it } from 'vitest'
import { computed, createSSRApp, defineComponent, h } from 'vue'
import { createMemoryHistory } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import type { Programme, RegisterField } from '@/api/types'
import { provideProgramme } from '@/base/programme'
import { settings } from '@/base/settings'
import { makeRouter } from '@/router'
import FieldBox from './FieldBox.vue'
import { begun } from './typed'

const field = (type: RegisterField['type'], more: Partial<RegisterField> = {}): RegisterField => ({
  name: 'x',
  type,
  zh: '甲项',
  en: 'A',
  typed: true,
  needed: false,
  personal: false,
  ...more,
})
const programme = { id: 'p' } as Programme
async function shown(of: RegisterField, value?: unknown, faults: string[] = []) {
  settings.language = 'zh'
  const page = defineComponent({
    setup() {
      provideProgramme({ programme: computed(() => programme), all: computed(() => [programme]) })
      const props = { field: of, needed: true, shown: value, faults, modelValue: begun(of, value) }
      return () => h(FieldBox, props)
    },
  })
  const app = createSSRApp(page)
  const router = makeRouter(createMemoryHistory())
  app.use(router)
  return (await renderToString(app)).replace(/ data-v-[\w-]+/g, '').replace(/<!--.*?-->/g, '')
}
const codes = [
  { code: 'good', zh: '好', en: 'Good' },
  { code: 'old', zh: '旧', en: 'Old', until: '2020-01-01' },
]

describe('one input a type', () => {
  it.each([
    ['text', field('text', { max: 40 }), undefined, /<input id="f-x"[^>]*type="text"[^>]*maxlength="40"/],
    ['long text', field('text', { max: 500 }), undefined, /<textarea id="f-x"/],
    [
      'number',
      field('number', { unit: '亩' }),
      '12.50',
      /（亩）[\s\S]*<input id="f-x"[^>]*inputmode="decimal"[^>]*value="12.50"/,
    ],
    ['money', field('money', { show: '万元' }), '12000000.00', /（万元）[\s\S]*value="1200"/],
    ['date', field('date'), '2023-06-16', /type="date"/],
    ['time', field('time'), '2023-06-16T09:00:00+08:00', /type="datetime-local"[^>]*value="2023-06-16T09:00"/],
    ['period', field('period', { period: 3 }), '202306', /value="2023"[\s\S]*<option value="06" selected/],
    ['flag', field('flag'), false, /<option value="false" selected/],
    ['choice', field('choice', { codes }), 'good', /<option value="good" selected/],
    ['many', field('choice', { codes, many: true }), ['good'], /<input id="f-x" checked type="checkbox" value="good"/],
    ['place', field('place'), { code: '990101101000', name_zh: '甲01镇' }, /value="甲01镇"[^>]*role="combobox"/],
    ['who', field('who'), { id: 'unit:市水利局', name: '市水利局' }, /value="市水利局"[^>]*role="combobox"/],
    [
      'ref',
      field('ref', { to: 'project' }),
      { id: '7.project.1', title: '示例桥' },
      /value="示例桥"[^>]*role="combobox"/,
    ],
    [
      'rows',
      field('rows', { fields: [field('date', { name: 'day', zh: '日期' })] }),
      [{ row: 1, day: '2023-06-16' }],
      /aria-label="第 1 行 日期"/,
    ],
    ['file', field('file'), { digest: 'sha256:ab', name: '现场.jpg' }, /现场\.jpg[\s\S]*type="file"/],
    ['person', field('person', { personal: true }), { hidden: '（已隐去）' }, /placeholder="已有，不填则不变"/],
    ['code', field('code'), '9900-1', /<input id="f-x"[^>]*value="9900-1"/],
    ['shape', field('shape'), { point: ['113.08', '22.59'] }, /<textarea id="f-x"[\s\S]*113.08,22.59/],
  ] as [string, RegisterField, unknown, RegExp][])('%s', async (_, of, value, input) => {
    const html = await shown(of, value)
    expect(html).toMatch(input)
    expect(html).toContain('甲项')
  })
  it('offers a code that has ended only where it stands already', async () => {
    expect(await shown(field('choice', { codes }), 'good')).not.toContain('旧')
    expect(await shown(field('choice', { codes }), 'old')).toContain('旧')
  })
  it('tells a fault beside the field, and names it to who can not see it', async () => {
    const html = await shown(field('text', { max: 40 }), undefined, ['太长'])
    expect(html).toMatch(/id="f-x-fault-0"[^>]*>太长/)
    expect(html).toMatch(/aria-invalid="true"[^>]*aria-describedby="f-x-fault-0"/)
  })
})
