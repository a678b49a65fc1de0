// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { extentOf, neighbour, outline, shortName } from './tiles'

/** Draws tiles from letters: one letter a county. */
const draw = (...rows: string[]) =>
  rows.flatMap((row, y) => [...row].flatMap((county, x) => (county === ' ' ? [] : [{ x, y, county }])))

describe('tiles', () => {
  it('finds the extent, also away from the corner', () => {
    expect(extentOf(draw('   ', '  A', '  BB'))).toEqual({ left: 2, top: 1, columns: 2, rows: 2 })
    expect(extentOf([])).toEqual({ left: 0, top: 0, columns: 1, rows: 1 })
  })
  it('draws a line only where the county ends', () => {
    expect(outline(draw('A')).match(/M/g)).toHaveLength(4)
    expect(outline(draw('AA')).match(/M/g)).toHaveLength(6)
    expect(outline(draw('AB')).match(/M/g)).toHaveLength(8)
    expect(outline(draw('AAA', 'AAA', 'AAA')).match(/M/g)).toHaveLength(12)
  })
  it('walks by arrow keys to the nearest tile in that direction, over gaps', () => {
    const tiles = draw('A B', '  B', 'AB ')
    expect(neighbour(tiles, tiles[0]!, 1, 0)).toEqual({ x: 2, y: 0, county: 'B' })
    expect(neighbour(tiles, tiles[0]!, 0, 1)).toEqual({ x: 0, y: 2, county: 'A' })
    expect(neighbour(tiles, tiles[0]!, -1, 0)).toBeUndefined()
  })
  it.each([
    ['甲01镇', '甲01'],
    ['城关街道', '城关'],
    ['东镇', '东镇'],
    ['丙县', '丙县'],
    ['示例市', '示例'],
  ])('%s is short for a tile: %s', (name, short) => expect(shortName(name)).toBe(short))
})
