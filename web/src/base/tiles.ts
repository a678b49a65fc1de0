// SPDX-License-Identifier: Apache-2.0
// Layout of the schematic map: equal tiles in rough position, and the lines between tiles of different counties.
import type { Tile } from '@/api/types'

export interface Extent {
  left: number
  top: number
  columns: number
  rows: number
}

export function extentOf(tiles: Pick<Tile, 'x' | 'y'>[]): Extent {
  if (!tiles.length) return { left: 0, top: 0, columns: 1, rows: 1 }
  const xs = tiles.map((tile) => tile.x)
  const ys = tiles.map((tile) => tile.y)
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  return { left, top, columns: Math.max(...xs) - left + 1, rows: Math.max(...ys) - top + 1 }
}

/** Outline of every county as one SVG path in tile units: each tile edge without a neighbour of the same county. */
export function outline(tiles: Pick<Tile, 'x' | 'y' | 'county'>[]): string {
  const owner = new Map(tiles.map((tile) => [`${tile.x},${tile.y}`, tile.county]))
  const differs = (tile: Pick<Tile, 'x' | 'y' | 'county'>, dx: number, dy: number) =>
    owner.get(`${tile.x + dx},${tile.y + dy}`) !== tile.county
  return tiles
    .map((tile) => {
      const { x, y } = tile
      return (
        (differs(tile, 0, -1) ? `M${x} ${y}h1` : '') +
        (differs(tile, -1, 0) ? `M${x} ${y}v1` : '') +
        (differs(tile, 0, 1) ? `M${x} ${y + 1}h1` : '') +
        (differs(tile, 1, 0) ? `M${x + 1} ${y}v1` : '')
      )
    })
    .join('')
}

/** The name as it fits a tile: 环市街道 → 环市, 大鳌镇 → 大鳌. A one-character rest keeps its ending. */
export function shortName(name: string): string {
  const rest = name.replace(/(街道|地区|镇|乡|区|县|市)$/, '')
  return rest.length > 1 ? rest : name
}

/** The tile to which an arrow key leads: the nearest in that direction, by distance across first. */
export function neighbour<T extends Pick<Tile, 'x' | 'y'>>(tiles: T[], from: T, dx: number, dy: number): T | undefined {
  const ahead = tiles.filter((tile) => (dx ? Math.sign(tile.x - from.x) === dx : Math.sign(tile.y - from.y) === dy))
  const far = (tile: T) =>
    dx
      ? Math.abs(tile.y - from.y) * 3 + Math.abs(tile.x - from.x)
      : Math.abs(tile.x - from.x) * 3 + Math.abs(tile.y - from.y)
  return ahead.reduce<T | undefined>((best, tile) => (!best || far(tile) < far(best) ? tile : best), undefined)
}
