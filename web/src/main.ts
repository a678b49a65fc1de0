// SPDX-License-Identifier: Apache-2.0
// The tokens and the page come first: what a part says of itself comes after them.
import './look/tokens.css'
import './look/base.css'
import './look/print.css'
import { createApp } from 'vue'
import App from './App.vue'
import { applySettings } from './base/settings'
import { makeRouter } from './router'

applySettings()
createApp(App).use(makeRouter()).mount('#app')
