// SPDX-License-Identifier: Apache-2.0
export const zh = {
  'nav.todo': '待办',
  'home.todo': '您有 {n} 件待办',
  'todo.lead': '由各台账的状态和时限生成，办了就没有了，不用另外登记。',
  'todo.sum': '共 {n} 件',
  'todo.sum.late': '，{n} 件已过期',
  'todo.all': '全部',
  'todo.late': '已过期',
  'todo.today': '今天到期',
  'todo.week': '7 天内',
  'todo.later': '以后',
  'todo.open': '没有时限',
  'todo.steps': '可办：{steps}',
  'todo.notice': '“{clock}”已到提醒的时候',
  'todo.none': '没有等您办的事',
  'todo.none.next': '登记台账里有了要您办理的事项，会出现在这里。',
}
