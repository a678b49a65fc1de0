// SPDX-License-Identifier: Apache-2.0
// The file behind an import of this page, so that another sheet of it can be read without choosing it again.
let held: { id: string; file: File } | undefined
export const keepFile = (id: string, file: File) => {
  held = { id, file }
}
export const fileOf = (id: string) => (held?.id === id ? held.file : undefined)
