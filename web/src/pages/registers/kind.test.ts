// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { ProposedColumn, RegisterProposal } from '@/api/types'
import { kindOf, linesOf, setPersonal, setType, wanting } from './kind'

const column = (letter: string, head: string, more: Partial<ProposedColumn> = {}): ProposedColumn => ({
  column: letter,
  head,
  field: null,
  type: 'text',
  personal: false,
  key: false,
  title: false,
  unit: '',
  elsewhere: null,
  samples: [],
  ...more,
})
const proposal = (): RegisterProposal => ({
  file: 'f.xlsx',
  sheet: 's',
  sheets: ['s'],
  digest: 'd',
  layout: 'l',
  rows: 3,
  columns: [
    column('A', '序号'),
    column('B', '编号', { field: 'code', type: 'code', key: true }),
    column('C', '名称', { field: 'name', title: true }),
    column('D', '负责人', { field: 'head', type: 'person', personal: true }),
    column('E', '类型', { field: 'type', type: 'choice' }),
  ],
  kind: {
    id: 'list1',
    is: { version: 1, zh: '公厕', home: 'county', key: ['code'], title: ['name'] },
    fields: [
      { id: 'code', no: 1, type: 'code', zh: '编号', need: 'always' },
      { id: 'name', no: 2, type: 'text', zh: '名称' },
      { id: 'head', no: 3, type: 'person', zh: '负责人', personal: true },
      { id: 'type', no: 4, type: 'choice', zh: '类型', list: ['新建', '改建'] },
    ],
    views: [{ id: 'list', value: ['code', 'name', 'type'] }],
  },
})

describe('a proposed kind', () => {
  it('is published as it came, with names in both languages', () => {
    const of = proposal()
    expect(kindOf(of, '公厕台账', linesOf(of))).toEqual({
      id: 'list1',
      is: { version: 1, zh: '公厕台账', en: '公厕台账', home: 'county', key: ['code'], title: ['name'] },
      fields: [
        { id: 'code', no: 1, type: 'code', zh: '编号', en: '编号', need: 'always' },
        { id: 'name', no: 2, type: 'text', zh: '名称', en: '名称' },
        { id: 'head', no: 3, type: 'person', zh: '负责人', en: '负责人', personal: true },
        { id: 'type', no: 4, type: 'choice', zh: '类型', en: '类型', list: ['新建', '改建'] },
      ],
      views: [{ id: 'list', value: ['code', 'name', 'type'] }],
    })
  })

  it('is put right: columns go and come, names change and the head stays an alias', () => {
    const of = proposal()
    const lines = linesOf(of)
    lines[3]!.on = false
    lines[0]!.on = true
    lines[2]!.field.zh = '公厕名称'
    lines[4]!.codes = '新建，改建、拆除、新建'
    const kind = kindOf(of, '公厕', lines)
    expect(kind.fields.map((field) => [field.id, field.no])).toEqual([
      ['c_a', 1],
      ['code', 2],
      ['name', 3],
      ['type', 4],
    ])
    expect(kind.fields[2]!.alias).toEqual(['名称'])
    expect(kind.fields[3]!.list).toEqual(['新建', '改建', '拆除'])
  })

  it('is sealed where it names persons: neither key nor title, and plain only by the office’s word', () => {
    const of = proposal()
    const lines = linesOf(of)
    setPersonal(lines[1]!, true)
    expect([lines[1]!.field.personal, lines[1]!.key]).toEqual([true, false])
    setPersonal(lines[3]!, false)
    expect([lines[3]!.field.type, lines[3]!.field.personal]).toEqual(['text', undefined])
    setType(lines[3]!, 'person')
    expect(lines[3]!.field.personal).toBe(true)
    expect(kindOf(of, '公厕', lines).is.key).toBeUndefined()
  })

  it('asks what a type needs and forgets what it does not', () => {
    const lines = linesOf(proposal())
    setType(lines[4]!, 'money')
    expect(lines[4]!.field).toEqual({ id: 'type', no: 4, type: 'money', zh: '类型', show: '万元' })
    setType(lines[4]!, 'ref')
    expect(wanting('', lines)).toHaveLength(2)
    setType(lines[4]!, 'choice')
    lines[4]!.codes = ' '
    expect(wanting('公厕', lines)).toHaveLength(1)
  })
})
