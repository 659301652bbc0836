// The base map: countries at two scales and hatched areas, as borders.py writes them.

import type { Feature, MultiPolygon, Position } from "geojson";

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
  box: [number, number, number, number]; // west, south, east, north
  shape: Feature<MultiPolygon>;
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

function area(one: Written, steps: number): Area {
  const coordinates = one.shape.map((rings) => rings.map((ring) => points(ring, steps)));
  const all = coordinates.flatMap((rings) => rings[0] ?? []);
  const lons = all.map((point) => point[0]!);
  const lats = all.map((point) => point[1]!);
  const least = (some: number[]) => some.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (some: number[]) => some.reduce((a, b) => Math.max(a, b), -Infinity);
  return {
    id: one.id ?? "",
    name: one.name,
    kind: one.kind ?? "",
    says: one.says ?? "",
    box: [least(lons), least(lats), most(lons), most(lats)],
    shape: { type: "Feature", properties: null, geometry: { type: "MultiPolygon", coordinates } },
  };
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
    const areas = (some: Written[]) => some.map((one) => area(one, world.steps));
    return new Ground(folder, areas(world.countries), areas(world.hatched));
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
    const loaded = await Promise.all(wanted.map((one) => read<Fine>(`${this.folder}detail/${one.id}.json`)));
    for (const one of loaded) if (one) this.fine.set(one.id ?? "", area(one, one.steps));
    let isNew = loaded.some((one) => one !== null);
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

function meets(box: [number, number, number, number], view: View): boolean {
  const [west, south, east, north] = box;
  if (south > view.north || view.south > north) return false;
  return [-360, 0, 360].some((turn) => west + turn <= view.east && view.west <= east + turn);
}
