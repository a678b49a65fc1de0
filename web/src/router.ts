// SPDX-License-Identifier: Apache-2.0
// Addresses: /<programme>/<noun>/… ; what is chosen on a page stands in its query (base/query.ts).
import { mayLeave } from './base/unsaved'
import { createRouter, createWebHistory, type RouterHistory, type RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'start', component: () => import('./pages/StartPage.vue') },
  {
    path: '/:programme',
    component: () => import('./pages/ProgrammePage.vue'),
    children: [
      { path: '', name: 'home', component: () => import('./pages/home/HomePage.vue') },
      { path: 'tasks', name: 'tasks', component: () => import('./pages/tasks/TasksPage.vue') },
      { path: 'tasks/new', name: 'task-new', component: () => import('./pages/tasks/HandOutPage.vue') },
      { path: 'tasks/board', name: 'task-board', component: () => import('./pages/tasks/BoardPage.vue') },
      { path: 'tasks/imports/:id', name: 'import', component: () => import('./pages/tasks/ImportPage.vue') },
      { path: 'todo', name: 'todo', component: () => import('./pages/todo/TodoPage.vue') },
      { path: 'registers', name: 'registers', component: () => import('./pages/registers/RegistersPage.vue') },
      {
        path: 'registers/new',
        name: 'register-new',
        component: () => import('./pages/registers/NewRegisterPage.vue'),
      },
      { path: 'registers/:kind', name: 'register', component: () => import('./record/RegisterPage.vue') },
      {
        path: 'registers/:kind/import',
        name: 'register-import',
        component: () => import('./pages/registers/RegisterImportPage.vue'),
      },
      { path: 'registers/:kind/new', name: 'record-new', component: () => import('./record/RecordEntry.vue') },
      { path: 'registers/:kind/:id', name: 'record', component: () => import('./record/RecordPage.vue') },
      { path: 'places', name: 'places', component: () => import('./pages/places/PlacePage.vue') },
      { path: 'places/:code', name: 'place', component: () => import('./pages/places/PlacePage.vue') },
      { path: 'assessments', name: 'assessments', component: () => import('./pages/assessments/AssessmentsPage.vue') },
      {
        path: 'assessments/:id',
        name: 'assessment',
        component: () => import('./pages/assessments/AssessmentPage.vue'),
      },
      { path: 'assessments/:id/:code', name: 'score', component: () => import('./pages/assessments/ScorePage.vue') },
      { path: 'sign-in', name: 'sign-in', component: () => import('./pages/home/HomePage.vue') },
      { path: 'account', name: 'account', component: () => import('./pages/account/AccountPage.vue') },
      { path: 'accounts', name: 'accounts', component: () => import('./pages/administration/AccountsPage.vue') },
      { path: 'operations', name: 'operations', component: () => import('./pages/administration/OperationsPage.vue') },
      { path: 'grants', name: 'grants', component: () => import('./pages/administration/GrantsPage.vue') },
      { path: 'audit', name: 'audit', component: () => import('./pages/administration/AuditPage.vue') },
    ],
  },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/NowherePage.vue') },
]

export function makeRouter(history: RouterHistory = createWebHistory()) {
  const router = createRouter({
    history,
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(mayLeave)
  return router
}
