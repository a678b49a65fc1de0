// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { RegisterField, RegisterImportPreview as Preview, SheetRow } from '@/api/types'
import {
  cellText,
  choicesText,
  choose,
  chooseAll,
  columnsText,
  differing,
  noChoices,
  outcomeOf,
  putRight,
  ranges,
  suspects,
  wrongRows,
} from './sheet'

const change = (field: string, clash = false) => ({ field, before: '1', after: '2', clash })
const row = (n: number, act: SheetRow['act'], fields: SheetRow['fields'] = []): SheetRow => ({
  row: n,
  act,
  id: null,
  title: `t${n}`,
  fields,
})
const preview = (items: SheetRow[], counts: Partial<Preview['counts']>, more: Partial<Preview> = {}): Preview => ({
  register: 'r',
  file: 'f',
  sheet: 's',
  sheets: ['s'],
  digest: 'd',
  seq: 1,
  layout: 'l',
  remembered: false,
  rows: 10,
  columns: [],
  counts: { new: 0, changed: 0, unchanged: 0, left: 0, clash: 0, fault: 0, absent: 0, ...counts },
  items,
  faults: [],
  faults_all: 0,
  absent: [],
  left_out: [],
  left_out_all: 0,
  notes: [],
  ...more,
})

describe('what comes of a sheet', () => {
  const rows = [
    row(3, 'new'),
    row(4, 'changed', [change('a'), change('b')]),
    row(5, 'clash', [change('a', true), change('b')]),
    row(6, 'left'),
  ]
  const of = preview(rows, { new: 1, changed: 1, clash: 1, left: 1 })

  it('is what the sheet says where nobody spoke, and asks where both sides edited', () =>
    expect(outcomeOf(of, noChoices())).toEqual({ fresh: 1, changed: 2, cells: 3, kept: 0, left: 0, open: 1 }))

  it('follows what was said of cells and rows', () => {
    const choices = noChoices()
    choose(choices, rows[1]!, rows[1]!.fields[0]!, 'held')
    choose(choices, rows[1]!, rows[1]!.fields[1]!, 'held')
    choose(choices, rows[2]!, rows[2]!.fields[0]!, 'sheet')
    choices.left.add(3)
    expect(outcomeOf(of, choices)).toEqual({ fresh: 0, changed: 1, cells: 2, kept: 2, left: 1, open: 0 })
    expect(choicesText(of, choices, [7, 8])).toBe('4:a=held;4:b=held;5:a=sheet;3=left;7-8=left')
  })

  it('takes all that both sides edited one way, and forgets what was said of single ones', () => {
    const choices = noChoices()
    choose(choices, rows[2]!, rows[2]!.fields[0]!, 'sheet')
    chooseAll(choices, rows, 'held')
    expect(outcomeOf(of, choices)).toEqual({ fresh: 1, changed: 2, cells: 3, kept: 1, left: 0, open: 0 })
    expect(choicesText(of, choices, [])).toBe('')
  })

  it('counts rows past those that are listed', () => {
    const many = preview(rows, { new: 31, changed: 21, clash: 11 })
    expect(outcomeOf(many, noChoices())).toMatchObject({ fresh: 31, changed: 22, open: 11 })
    const choices = noChoices()
    chooseAll(choices, rows, 'sheet')
    expect(outcomeOf(many, choices)).toMatchObject({ changed: 32, open: 0 })
  })

  it('writes rows that follow each other as one range', () =>
    expect(ranges([9, 3, 5, 4, 12])).toEqual(['3-5', '9', '12']))
})

describe('columns and faults', () => {
  const column = (letter: string, field: string | null) => ({
    column: letter,
    head: letter,
    use: field ? ('field' as const) : ('none' as const),
    by: 'label' as const,
    field,
    unit: '',
    samples: [],
  })
  it('puts one right and takes its field from the other', () => {
    const of = preview([], {}, { columns: [column('A', 'code'), column('B', null)] })
    const said = putRight(of, {}, 'B', 'code')
    expect(columnsText(said)).toBe('B:code;A:')
    expect(columnsText(putRight(of, said, 'B', ''))).toBe('B:;A:')
  })
  it('tells faults by row, without what is asked, and which column is rather misread', () => {
    const fault = (row: number, code: string, column: string | null) => ({ row, column, code, zh: '错', en: 'wrong' })
    const of = preview(
      [row(3, 'fault')],
      {},
      {
        rows: 5,
        faults: [
          fault(3, 'record.cell_unread', 'D'),
          fault(3, 'record.wanted', null),
          fault(4, 'record.cell_unread', 'D'),
          fault(5, 'record.cell_unread', 'D'),
          fault(6, 'record.changed_meanwhile', 'C'),
        ],
      },
    )
    expect(wrongRows(of).map((one) => [one.row, one.title, one.faults.length])).toEqual([
      [3, 't3', 2],
      [4, '', 1],
      [5, '', 1],
    ])
    expect(suspects(of)).toEqual(['D'])
  })
})

describe('words of a difference', () => {
  const field = (type: RegisterField['type'], more: Partial<RegisterField> = {}): RegisterField => ({
    name: 'x',
    type,
    zh: 'x',
    en: 'x',
    typed: true,
    needed: false,
    personal: false,
    ...more,
  })
  it('are those of the register', () => {
    expect(cellText(field('money', { show: '万元' }), '12005000.00')).toBe('1200.5')
    expect(cellText(field('text'), '12')).toBe('12')
    expect(cellText(field('money', { show: '万元' }), '（已隐去）')).toBe('（已隐去）')
    expect(cellText(field('date'), '2023-05-06')).toBe('2023年5月6日')
    expect(cellText(undefined, null)).toBe('')
    expect(cellText(field('number'), 'NA')).toBe('不适用')
  })
  it.each([
    ['新增 12 家', '新增 10 家', ['新增 1', '0', ' 家']],
    ['', '新', ['', '新', '']],
    ['甲乙', '甲', ['甲', '', '']],
    ['aa', 'aaa', ['aa', 'a', '']],
  ])('mark what differs: %s → %s', (before, after, parts) => expect(differing(before, after)).toEqual(parts))
})
