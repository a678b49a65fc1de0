// SPDX-License-Identifier: Apache-2.0
export const en = {
  'way.more': 'More',
  'way.correct': 'Correct',
  'way.reopen': 'Reopen',
  'way.move': 'Move to another state',
  'way.migrate': 'Migrate to the present version',
  'way.void': 'Make void',
  'way.restore': 'Restore',
  'way.extend': 'Extend {clock}',
  'way.correct.note':
    'Puts right what was typed wrong at the time, also of a closed record; no step is taken, clocks stay. The reason is kept.',
  'way.reopen.note': 'Opens a closed record again; clocks run by the state it comes to.',
  'way.move.note': 'Where the flow has no way on, the office moves the record; clocks run by the new state.',
  'way.migrate.note':
    'This record was made under an earlier version; from now on it follows the fields and the flow of the present one.',
  'way.void.note': 'A void record stands in no list and no figure; its history stays, and it can be restored.',
  'way.restore.note': 'As it was before it was made void.',
  'way.extend.note': 'The due day moves; how often and how far is limited.',
  'way.move.state': 'Which state it goes to',
  'way.reopen.state': 'Which state it returns to (none: the one it was closed from)',
  'way.send': '{act}, kept in its history',
  'way.done': '{act}: “{title}”',
  'way.voided': 'This record is void',
  'way.voided.note': 'It stands in no list and no figure; its history stays.',
}
