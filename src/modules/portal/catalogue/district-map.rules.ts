import { readFileSync } from 'node:fs';

interface Schematic {
  tiles: { code: string; column: number; row: number }[];
}

const { tiles } = JSON.parse(
  readFileSync(new URL('district-schematic.json', import.meta.url), 'utf8'),
) as Schematic;

const SIZE = 80;
const RADIUS = SIZE / Math.sqrt(3);
export const MAP_WIDTH = 4.5 * SIZE + 32;
export const MAP_HEIGHT = Math.ceil(RADIUS * 2.08 + RADIUS * 1.5 * 3);

export interface MapTile {
  code: string;
  /** The middle. */
  x: number;
  y: number;
  /** Corners of the hexagon, as SVG's `points`. */
  points: string;
}

/** The planning districts as equal tiles where they lie to one another: no borders, not to scale. */
export const MAP_TILES: MapTile[] = tiles.map(({ code, column, row }) => {
  const x = Math.round(16 + column * SIZE);
  const y = Math.round(RADIUS * 1.04 + row * RADIUS * 1.5);
  const corners = [0, 1, 2, 3, 4, 5].map((corner) => {
    const angle = (Math.PI / 3) * corner + Math.PI / 6;
    const reach = RADIUS - 2;
    return `${Math.round(x + reach * Math.cos(angle))},${Math.round(y + reach * Math.sin(angle))}`;
  });
  return { code, x, y, points: corners.join(' ') };
});

/** Lines of at most two for a tile, broken between words. @example "Thành phố / Lạng Sơn" */
export function tileLines(name: string): string[] {
  const words = name.split(' ');
  if (name.length <= 10 || words.length < 2) return [name];
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half).join(' '), words.slice(half).join(' ')];
}
