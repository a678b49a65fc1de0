// SPDX-License-Identifier: Apache-2.0
import type { zh } from './home.zh'

export const en: Record<keyof typeof zh, string> = {
  'phase.year': 'Year {year}',
  'phase.today': 'Today: year {year}',
  'home.today': '{date} · data version #{seq}',
  'home.ladder': 'Years one, three, five and ten',
  'home.ladder.note':
    'Years count from the start of the programme; the source names no calendar years, so none are shown.',
  'home.ladder.began': 'Counted from {date}.',
  'home.cards.city': 'One city|{n} cities',
  'home.cards.county': 'One county|{n} counties',
  'home.cards.town': '{place}: one town|{place}: {n} towns',
  'home.cards.village': '{place}: one village|{place}: {n} villages',
  'home.cards.none': 'Nothing is known of the level below yet',
  'home.cards.none.next': 'Load a pack: track, pairing and the latest figure of each place will stand here.',
  'home.next': 'Next',
  'home.next.overdue':
    'One task is past its date: see what holds it up|{n} tasks are past their dates: see what holds each up',
  'home.next.overdue.own':
    '{n} task is past its day: report, or ask for a later one|{n} tasks are past their day: report, or ask for later ones',
  'home.next.waiting': 'One task waits to be closed: check it|{n} tasks wait to be closed: check them',
  'home.next.week':
    'One task is due this week: ask for its progress|{n} tasks are due this week: ask for their progress',
  'home.next.open':
    'One task is under way: see whether it was reported|{n} tasks are under way: see whether they were reported',
  'home.next.import': 'Drop the task ledger you have: it is read as it is',
  'home.next.assess': 'See where each place gains and loses points',
  'home.next.look': 'See the figures of your place and where they come from',
  'home.cards.note':
    'Blank means the sources do not say; nothing is estimated. Behind each figure stand its period and source; press it to see where it comes from.',
  'home.tasks': 'From the task ledger',
  'home.tasks.overdue': 'past their date, not done',
  'home.tasks.week': 'due within this week',
  'home.tasks.waiting': 'done, waiting to be closed',
  'home.tasks.open': 'Open tasks',
  'home.tasks.of': 'of {n}; {closed} closed',
  'home.tasks.none': 'The ledger is empty',
  'home.tasks.none.wait': 'Tasks given to your place will be listed here →',
  'home.tasks.none.next': 'Drop your own ledger (xlsx, csv) on the task page to read it in →',
  'map': 'Schematic map',
  'map.schematic': 'Schematic: tiles show rough position only, and no boundary',
  'map.label': '{indicator}, {period}, schematic map',
  'map.legend': 'Legend: how many places in each class',
  'map.class': '{from} to {to}: 1 place|{from} to {to}: {n} places',
  'map.unit': 'Unit: {unit}',
  'map.known': 'known for {known} of {all} places',
  'map.sources': '; sources {sources}',
  'map.source': 'Source {source}',
  'map.missing': '{n} missing',
  'map.withheld': '{n} withheld',
  'map.open': '{n} with a bound only (> or <)',
  'map.not_applicable': '{n} not applicable',
  'map.none': 'No figures of this level can be mapped yet',
  'map.none.next': 'Choose another level, or add figures of this level to the pack.',
  'home.register': '{name}: {n}',
}
