// The base map: countries at two scales and hatched areas, as borders.py writes them.

import type { MultiPolygon, Position } from "geojson";
import { Pace } from "./pace.js";

interface Written {
  id?: string;
  name: string;
  kind?: string;
  says?: string;
  box?: [number, number, number, number];
  shape: number[][][];
}

export interface Area {
  id: string;
  name: string;
  kind: string;
  says: string;
  box: Square;
  pieces: Position[][][]; // outlines, each with its holes
  squares: Square[]; // around each of them
}

const NARROW = 40; // degrees of longitude: from here on the fine map is drawn

function points(flat: number[], steps: number): Position[] {
  const found: Position[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < flat.length; i += 2) {
    x += flat[i]!;
    y += flat[i + 1]!;
    found.push([x / steps, y / steps]);
  }
  return found;
}

/** West, south, east, north. */
type Square = [number, number, number, number];

function square(ring: Position[]): Square {
  const found: Square = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of ring as [number, number][]) {
    if (lon < found[0]) found[0] = lon;
    if (lat < found[1]) found[1] = lat;
    if (lon > found[2]) found[2] = lon;
    if (lat > found[3]) found[3] = lat;
  }
  return found;
}

function area(one: Written, steps: number): Area {
  const pieces = one.shape.map((rings) => rings.map((ring) => points(ring, steps)));
  const squares = pieces.map((rings) => square(rings[0] ?? []));
  const box = square(squares.flatMap(([west, south, east, north]) => [[west, south], [east, north]]));
  return { id: one.id ?? "", name: one.name, kind: one.kind ?? "", says: one.says ?? "", box, pieces, squares };
}

/** What of an area lies in a view and is larger than so many degrees: a hundred islands that nobody sees cost as much as one that is seen. */
export function shape(one: Area, around: View, least: number): MultiPolygon {
  const isSeen = (_: unknown, piece: number) => {
    const here = one.squares[piece]!;
    return Math.max(here[2] - here[0], here[3] - here[1]) >= least && meets(here, around);
  };
  return { type: "MultiPolygon", coordinates: one.pieces.filter(isSeen) };
}

async function read<T>(address: string): Promise<T | null> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch {
    return null; // the desk was stopped: what is drawn stays
  }
}

export class Ground {
  private fine = new Map<string, Area>();
  private fineHatched: Area[] | null = null;

  private constructor(
    private folder: string,
    private countries: Area[],
    private hatched: Area[],
  ) {}

  static async load(folder: string): Promise<Ground | null> {
    type World = { steps: number; countries: Written[]; hatched: Written[] };
    const world = await read<World>(`${folder}world.json`);
    if (!world) return null;
    const pace = new Pace();
    const areas = async (some: Written[]) => {
      const found: Area[] = [];
      for (const one of some) {
        await pace.rest();
        found.push(area(one, world.steps));
      }
      return found;
    };
    return new Ground(folder, await areas(world.countries), await areas(world.hatched));
  }

  /** What lies in and around a view, as fine as it has been loaded for the view. */
  seen(view: View, around: View): { countries: Area[]; hatched: Area[] } {
    const near = this.countries.filter((one) => meets(one.box, around));
    const countries = isNarrow(view) ? near.map((one) => this.fine.get(one.id) ?? one) : near;
    const hatched = (isNarrow(view) && this.fineHatched) || this.hatched;
    return { countries, hatched: hatched.filter((one) => meets(one.box, around)) };
  }

  /** Whether anything finer was loaded for a view. */
  async refine(view: View): Promise<boolean> {
    if (!isNarrow(view)) return false;
    const wanted = this.countries.filter((one) => meets(one.box, view) && !this.fine.has(one.id));
    type Fine = Written & { steps: number };
    let isNew = false;
    await Promise.all(wanted.map(async (known) => {
      const one = await read<Fine>(`${this.folder}detail/${known.id}.json`);
      if (one) this.fine.set(one.id ?? "", area(one, one.steps));
      isNew ||= one !== null;
    }));
    if (!this.fineHatched) {
      const found = await read<{ steps: number; hatched: Written[] }>(`${this.folder}detail/hatched.json`);
      this.fineHatched = found ? found.hatched.map((one) => area(one, found.steps)) : null;
      isNew ||= found !== null;
    }
    return isNew;
  }
}

export interface View {
  south: number;
  west: number;
  north: number;
  east: number;
}

function isNarrow(view: View): boolean {
  return view.east - view.west <= NARROW;
}

function meets(box: Square, view: View): boolean {
  const [west, south, east, north] = box;
  if (south > view.north || view.south > north) return false;
  return [-360, 0, 360].some((turn) => west + turn <= view.east && view.west <= east + turn);
}
