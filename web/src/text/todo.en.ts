// SPDX-License-Identifier: Apache-2.0
export const en = {
  'nav.todo': 'To do',
  'home.todo': '{n} things wait for you',
  'todo.lead': 'Made from the states and clocks of the registers; what is done is gone, and nothing is entered here.',
  'todo.sum': '{n} in all',
  'todo.sum.late': ', {n} past their day',
  'todo.all': 'All',
  'todo.late': 'Past their day',
  'todo.today': 'Due today',
  'todo.week': 'Within 7 days',
  'todo.later': 'Later',
  'todo.open': 'Without a day',
  'todo.steps': 'You may: {steps}',
  'todo.notice': "'{clock}' has come to its mark",
  'todo.none': 'Nothing waits for you',
  'todo.none.next': 'What the registers hold for you to do appears here.',
}
