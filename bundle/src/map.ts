// The map that can be moved. The server has drawn one already, with links to move it; this takes its place, asks the
// server for the places of each view, and draws them under the same rules: a place is an area, never a point.

import { geoMercator, geoPath, type GeoStream, type GeoStreamWrapper } from "d3-geo";
import { type Area, Ground, shape, type View } from "./ground.js";
import { Pace } from "./pace.js";

interface Spot {
  lat: number;
  lon: number;
  km: number;
  claims: number;
  name: string;
  says: string;
  link: string;
  kind: "place" | "wide" | "cluster";
}

interface Town {
  name: string;
  lat: number;
  lon: number;
}

interface Base {
  west: number; // degrees
  top: number; // degrees, as drawn
  scale: number; // pixels in a degree of longitude
}

type Square = [number, number, number, number]; // left, top, right, bottom

const WIDTH = 960;
const HEIGHT = 560;
const LEAST = 5; // pixels: the smallest ring
const KM_PER_DEGREE = 111.32;
const FARTHEST = 84;
const AROUND = 0.5; // of the sheet is drawn beyond each of its edges, so that a map that is moved has no bare edge
const REACH = 0.25; // of the sheet: when it has been moved so far, what is beyond is drawn, before its edge comes in
const FAR = 20_000; // pixels from the base: farther away, numbers get coarse
const MOST_NAMES = 24;
const SVG = "http://www.w3.org/2000/svg";
const KEYS: Record<string, string> = {
  ArrowLeft: "West", ArrowRight: "East", ArrowUp: "North", ArrowDown: "South", "+": "Closer", "=": "Closer", "-": "Farther",
};

function overlap(a: Square, b: Square): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

export function drawMaps(): void {
  for (const frame of document.querySelectorAll<HTMLElement>(".map-frame[data-points]:not(.is-taken)")) {
    frame.classList.add("is-taken");
    void LiveMap.take(frame);
  }
}

function element(name: string, attributes: Record<string, string | number>, inside?: string): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (inside !== undefined) made.textContent = inside;
  return made;
}

/** A projection that leaves out points that nobody can tell from the one before: the browser draws all that it is given in every frame. */
function thinned(projection: GeoStreamWrapper): GeoStreamWrapper {
  return {
    stream(out: GeoStream): GeoStream {
      let [lastX, lastY] = [NaN, NaN];
      return projection.stream({
        point(x, y) {
          if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.8) return;
          [lastX, lastY] = [x, y];
          out.point(x, y);
        },
        lineStart() { lastX = NaN; out.lineStart(); },
        lineEnd: () => out.lineEnd(),
        polygonStart: () => out.polygonStart(),
        polygonEnd: () => out.polygonEnd(),
      });
    },
  };
}

/** Puts these into a layer in this order: what stands there already is not touched. */
function arrange(layer: SVGElement, wanted: SVGElement[]): void {
  const stay = new Set<Element>(wanted);
  for (const old of [...layer.children]) if (!stay.has(old)) old.remove();
  let next = layer.firstElementChild;
  for (const one of wanted) {
    if (one === next) next = next.nextElementSibling;
    else layer.insertBefore(one, next);
  }
}

function mercator(lat: number): number {
  const held = (Math.max(-FARTHEST, Math.min(FARTHEST, lat)) * Math.PI) / 180;
  return (Math.log(Math.tan(Math.PI / 4 + held / 2)) * 180) / Math.PI;
}

function latitude(y: number): number {
  return (2 * Math.atan(Math.exp((y * Math.PI) / 180)) * 180) / Math.PI - 90;
}

function parsed(written: string): View | null {
  const [south, west, north, east] = written.split(",").map(Number);
  if (south === undefined || west === undefined || north === undefined || east === undefined) return null;
  return { south, west, north, east };
}

function written(view: View): string {
  return [view.south, view.west, view.north, view.east].map((side) => String(Math.round(side * 1e4) / 1e4)).join(",");
}

class LiveMap {
  private west = 0; // degrees
  private top = 0; // degrees, as drawn
  private scale = 1; // pixels in a degree of longitude
  private spots: Spot[] = [];
  private towns: Town[] = [];
  private ground: Ground | null = null;
  // Everything is drawn on one sheet for one place and scale, its base, and is moved as a whole: a frame costs a transform.
  private sheet = element("g", { class: "sheet" });
  private base: Base = { west: 0, top: 0, scale: 0 };
  private ready = { x: 0, y: 0 }; // how far the sheet was moved when the ground was last drawn
  private turn = 0; // of drawing: of two that overlap, the later counts
  private drawnAreas = new Map<string, SVGElement>();
  private drawnSpots = new Map<string, SVGElement>();
  private groundLayer = element("g", {});
  private townLayer = element("g", { class: "towns", "aria-hidden": "true" });
  private spotLayer = element("g", {});
  private nameLayer = element("g", {});
  private box = element("path", { class: "chosen" });
  private settling = 0;
  private nextFrame = 0; // the frame that is asked for; 0: none
  private asked = new AbortController();

  private constructor(
    private frame: HTMLElement,
    private svg: SVGSVGElement,
  ) {}

  static async take(frame: HTMLElement): Promise<void> {
    const svg = frame.querySelector<SVGSVGElement>("svg.map");
    const view = parsed(frame.dataset.view ?? "");
    if (!svg || !view) return;
    const map = new LiveMap(frame, svg);
    map.show(view);
    map.ground = await Ground.load(frame.dataset.world ?? "");
    await map.ask();
    if (map.spots.length || map.ground) await map.begin();
  }

  private async begin(): Promise<void> {
    this.sheet.append(this.groundLayer, this.townLayer, this.box, this.spotLayer, this.nameLayer);
    await this.draw();
    for (const old of [...this.svg.children]) if (old.tagName !== "defs" && !old.classList.contains("sea")) old.remove();
    this.svg.append(this.sheet);
    this.svg.classList.add("is-live");
    this.svg.setAttribute("tabindex", "0");
    this.svg.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus change its scale. The table below says the same.");
    this.listen();
    if (await this.refine()) await this.draw();
  }

  // The view -----------------------------------------------------------------------------------------------------------

  private get view(): View {
    return {
      south: latitude(this.top - HEIGHT / this.scale), west: this.west,
      north: latitude(this.top), east: this.west + WIDTH / this.scale,
    };
  }

  /** The view with what is drawn beyond its edges. */
  private get around(): View {
    const [across, tall] = [(AROUND * WIDTH) / this.scale, (AROUND * HEIGHT) / this.scale];
    return {
      south: latitude(this.top - HEIGHT / this.scale - tall), west: this.west - across,
      north: latitude(this.top + tall), east: this.west + WIDTH / this.scale + across,
    };
  }

  private show(view: View): void {
    const low = mercator(view.south);
    const high = mercator(view.north);
    const across = Math.max(view.east - view.west, ((high - low) * WIDTH) / HEIGHT);
    this.scale = WIDTH / Math.min(360, across);
    this.west = (view.west + view.east) / 2 - WIDTH / this.scale / 2;
    this.top = (low + high) / 2 + HEIGHT / this.scale / 2;
    this.hold();
  }

  /** Keeps the world on the sheet. */
  private hold(): void {
    this.scale = Math.max(WIDTH / 360, Math.min(WIDTH / 0.05, this.scale));
    const tall = HEIGHT / this.scale;
    this.top = Math.min(mercator(FARTHEST), Math.max(mercator(-FARTHEST) + tall, this.top));
    const turn = this.west > 180 ? -360 : this.west < -360 ? 360 : 0;
    this.west += turn;
    this.base.west += turn;
  }

  private move(right: number, down: number): void {
    this.west += right / this.scale;
    this.top -= down / this.scale;
    this.moved();
  }

  private zoom(by: number, x = WIDTH / 2, y = HEIGHT / 2): void {
    const lon = this.west + x / this.scale;
    const at = this.top - y / this.scale;
    this.scale = Math.max(WIDTH / 360, Math.min(WIDTH / 0.05, this.scale * by));
    this.west = lon - x / this.scale;
    this.top = at + y / this.scale;
    this.moved();
  }

  /** Moves what is drawn at once; draws what is new when the hand rests, or when it comes near the edge of what is drawn. */
  private moved(): void {
    this.hold();
    window.clearTimeout(this.settling);
    this.settling = window.setTimeout(() => void this.settle(), 140);
    if (this.nextFrame === 0) this.nextFrame = window.requestAnimationFrame(() => this.shift());
  }

  /** How far the sheet has to be moved to show the view, in pixels of the view. */
  private get offset(): { x: number; y: number } {
    return { x: (this.base.west - this.west) * this.scale, y: (this.top - this.base.top) * this.scale };
  }

  /** Whether what is drawn reaches well beyond the edges of the view. */
  private get isReady(): boolean {
    const { x, y } = this.offset;
    const isNear = Math.abs(x - this.ready.x) <= REACH * WIDTH && Math.abs(y - this.ready.y) <= REACH * HEIGHT;
    return isNear && this.scale === this.base.scale;
  }

  /** Once in a frame, however often the hand was heard meanwhile. */
  private shift(): void {
    this.nextFrame = 0;
    const by = this.scale / this.base.scale;
    const { x, y } = this.offset;
    this.sheet.setAttribute("transform", `translate(${x} ${y}) scale(${by})`);
    if (by !== 1) this.nameLayer.replaceChildren();
    else if (!this.isReady) void this.draw();
  }

  private async settle(): Promise<void> {
    window.clearTimeout(this.settling);
    const address = new URL(window.location.href);
    address.searchParams.set("view", written(this.view));
    window.history.replaceState(window.history.state, "", address);
    const asked = this.ask();
    if (!this.isReady) await this.draw();
    await asked;
    this.drawSpots();
    if (await this.refine()) await this.draw();
  }

  // What is asked ------------------------------------------------------------------------------------------------------

  private async ask(): Promise<boolean> {
    this.asked.abort();
    this.asked = new AbortController();
    const address = new URL(this.frame.dataset.points ?? "", window.location.href);
    address.searchParams.set("view", written(this.view));
    try {
      const answer = await fetch(address, { signal: this.asked.signal });
      if (!answer.ok) return false;
      const found = (await answer.json()) as { spots: Spot[]; towns: Town[] };
      [this.spots, this.towns] = [found.spots, found.towns];
      return true;
    } catch {
      return false; // another view was asked for meanwhile, or the desk was stopped: what is drawn stays
    }
  }

  private async refine(): Promise<boolean> {
    return (await this.ground?.refine(this.view)) ?? false;
  }

  // Drawing ------------------------------------------------------------------------------------------------------------

  /** Where a meridian is on the sheet, as near to the view as it can be. */
  private x(lon: number): number {
    const middle = this.west + WIDTH / this.scale / 2;
    return (lon + 360 * Math.round((middle - lon) / 360) - this.base.west) * this.base.scale;
  }

  private y(lat: number): number {
    return (this.base.top - mercator(lat)) * this.base.scale;
  }

  /** Draws what the view has that the sheet has not; at another scale, or far away, all of it anew. */
  private async draw(): Promise<void> {
    const turn = ++this.turn;
    const { x, y } = this.offset;
    const isAnew = this.scale !== this.base.scale || Math.max(Math.abs(x), Math.abs(y)) > FAR;
    const base = isAnew ? { west: this.west, top: this.top, scale: this.scale } : this.base;
    this.ready = isAnew ? { x: 0, y: 0 } : { x, y };
    const drawn = await this.drawGround(base);
    if (turn !== this.turn && base !== this.base) return;
    base.west += 360 * Math.round((this.west - base.west) / 360);
    this.base = base;
    if (isAnew) this.drawnSpots.clear();
    this.drawnAreas = drawn;
    arrange(this.groundLayer, [...drawn.values()]);
    this.drawBox();
    this.drawSpots();
    this.shift();
  }

  /** The countries and hatched areas in and around the view: those that are drawn already are drawn on. */
  private async drawGround(base: Base): Promise<Map<string, SVGElement>> {
    const drawn = new Map<string, SVGElement>();
    const known = base === this.base ? this.drawnAreas : drawn;
    if (!this.ground) return drawn;
    const [middle, around, pace] = [this.west + WIDTH / this.scale / 2, this.around, new Pace()];
    const [left, top] = [(this.west - base.west) * base.scale, (base.top - this.top) * base.scale];
    const projection = geoMercator()
      .scale((base.scale * 180) / Math.PI)
      .rotate([-middle, 0])
      .translate([(middle - base.west) * base.scale, base.top * base.scale])
      .clipExtent([[left - AROUND * WIDTH, top - AROUND * HEIGHT], [left + (1 + AROUND) * WIDTH, top + (1 + AROUND) * HEIGHT]]);
    const path = geoPath(thinned(projection)).digits(1);
    const { countries, hatched } = this.ground.seen(this.view, around);
    for (const one of [...countries, ...hatched]) {
      await pace.rest();
      const key = `${one.kind} ${one.id} ${one.name}`;
      const part = known.get(key) ?? this.area(one);
      const outline = path(shape(one, around, 1 / base.scale)) ?? "";
      if (part.getAttribute("d") !== outline) part.setAttribute("d", outline);
      drawn.set(key, part);
    }
    return drawn;
  }

  private area(one: Area): SVGElement {
    const drawn = element("path", { class: one.kind ? `hatched ${one.kind}` : "country" });
    if (one.kind) drawn.setAttribute("fill", `url(#${one.kind})`);
    drawn.append(element("title", {}, one.says ? `${one.name}: ${one.says}` : one.name));
    return drawn;
  }

  private drawBox(): void {
    const box = parsed(this.frame.dataset.box ?? "");
    if (!box) return;
    const [west, north, east, south] = [this.x(box.west), this.y(box.north), this.x(box.east), this.y(box.south)];
    this.box.setAttribute("d", `M${west} ${north}H${east}V${south}H${west}Z`);
  }

  private radius(spot: Spot): number {
    if (spot.kind === "cluster") return 9 + 3.2 * Math.log2(1 + spot.claims);
    const degrees = spot.km / (KM_PER_DEGREE * Math.max(0.05, Math.cos((spot.lat * Math.PI) / 180)));
    return Math.max(LEAST, degrees * this.base.scale);
  }

  private drawSpots(): void {
    const focused = (document.activeElement as Element | null)?.getAttribute("href");
    const ordered = [...this.spots].sort((a, b) => Number(b.kind === "wide") - Number(a.kind === "wide") || b.claims - a.claims);
    const drawn = new Map<string, SVGElement>();
    for (const spot of ordered) {
      const key = [spot.link, spot.kind, spot.claims, this.x(spot.lon).toFixed(1), this.y(spot.lat).toFixed(1)].join(" ");
      drawn.set(key, this.drawnSpots.get(key) ?? this.spot(spot));
    }
    this.drawnSpots = drawn;
    arrange(this.spotLayer, [...drawn.values()]);
    this.drawTowns(this.drawNames(ordered));
    if (focused) this.spotLayer.querySelector<SVGAElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }

  private spot(spot: Spot): SVGElement {
    const size = this.radius(spot);
    const kind = spot.kind === "place" ? (size === LEAST ? "ring" : "within") : spot.kind;
    const drawn = element("a", { href: spot.link, class: `spot ${kind}`, "aria-label": spot.says });
    drawn.append(element("title", {}, spot.says), element("circle", { cx: this.x(spot.lon), cy: this.y(spot.lat), r: size }));
    if (spot.kind === "cluster") {
      const at = { x: this.x(spot.lon), y: this.y(spot.lat) + 4.5, class: "count" };
      drawn.append(element("text", at, spot.claims.toLocaleString("en")));
    }
    return drawn;
  }

  /** A few towns to find one's way by, where no place and no name stands: no claim tells of them here. */
  private drawTowns(taken: Square[]): void {
    const parts = this.towns.flatMap((town) => {
      const [x, y] = [this.x(town.lon), this.y(town.lat)];
      const here: Square = [x - 2, y - 7, x + 5 + 6 * town.name.length, y + 7];
      if (taken.some((other) => overlap(here, other))) return [];
      const mark = element("rect", { class: "town-mark", x: x - 2, y: y - 2, width: 4, height: 4 });
      return x + this.offset.x + 6 * town.name.length < WIDTH ? [mark, element("text", { x: x + 5, y: y + 4, class: "town" }, town.name)] : [mark];
    });
    this.townLayer.replaceChildren(...parts);
  }

  /** Draws the names that there is room for; what they and the places cover. */
  private drawNames(spots: Spot[]): Square[] {
    const square = (spot: Spot): Square => {
      const size = Math.min(this.radius(spot), 26);
      return [this.x(spot.lon) - size, this.y(spot.lat) - size, this.x(spot.lon) + size, this.y(spot.lat) + size];
    };
    const taken = spots.filter((spot) => spot.kind !== "wide").map(square);
    const names: SVGElement[] = [];
    const { x: left, y: top } = this.offset;
    for (const spot of [...spots].sort((a, b) => Number(a.kind === "cluster") - Number(b.kind === "cluster") || b.claims - a.claims)) {
      const name = spot.name.length <= 28 ? spot.name : `${spot.name.slice(0, 27)}…`;
      const words = name + (spot.claims > 1 && spot.kind !== "cluster" ? ` ${spot.claims.toLocaleString("en")}` : "");
      for (const [x, y] of this.beside(spot, words.length)) {
        const here: Square = [x, y - 12, x + 7 * words.length, y + 4];
        const isOnSheet = here[0] + left > 0 && here[2] + left < WIDTH && here[1] + top > 0 && here[3] + top < HEIGHT;
        if (names.length < MOST_NAMES && isOnSheet && !taken.some((other) => overlap(here, other))) {
          taken.push(here);
          names.push(element("text", { x, y, class: spot.kind === "wide" ? "wide-name" : "spot-name" }, words));
          break;
        }
      }
    }
    this.nameLayer.replaceChildren(...names);
    return taken;
  }

  /** Where the name of a place may stand, the best first. */
  private beside(spot: Spot, letters: number): [number, number][] {
    const [x, y, size] = [this.x(spot.lon), this.y(spot.lat), this.radius(spot)];
    if (spot.kind === "wide") return [[x - 3.3 * letters, y - Math.min(size, 200) + 14]];
    const reach = Math.max(Math.min(size, 40), size >= 26 ? 26 : 0) + 4;
    return [
      [x + reach, y + 4],
      [x - reach - 7 * letters, y + 4],
      [x - 3.5 * letters, y - size - 5],
      [x - 3.5 * letters, y + size + 14],
    ];
  }

  // Hands --------------------------------------------------------------------------------------------------------------

  private listen(): void {
    this.svg.addEventListener("keydown", (event) => {
      const move = KEYS[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.step(move);
    });
    for (const link of this.frame.querySelectorAll<HTMLElement>("[data-move]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.step(link.dataset.move ?? "");
      });
    }
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      const at = this.at(event);
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), at.x, at.y);
    }, { passive: false });
    this.drag();
    this.rectangle();
  }

  private step(move: string): void {
    const across = WIDTH / 4;
    if (move === "West") this.move(-across, 0);
    if (move === "East") this.move(across, 0);
    if (move === "North") this.move(0, -across);
    if (move === "South") this.move(0, across);
    if (move === "Closer") this.zoom(2);
    if (move === "Farther") this.zoom(0.5);
  }

  /** Where on the sheet a pointer is. */
  private at(event: MouseEvent): { x: number; y: number } {
    const sheet = this.svg.getBoundingClientRect();
    return { x: ((event.clientX - sheet.left) / sheet.width) * WIDTH, y: ((event.clientY - sheet.top) / sheet.height) * HEIGHT };
  }

  private drag(): void {
    let last: { x: number; y: number } | null = null;
    let way = 0;
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || this.svg.classList.contains("is-drawing")) return;
      last = this.at(event);
      way = 0;
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!last) return;
      const now = this.at(event);
      way += Math.abs(now.x - last.x) + Math.abs(now.y - last.y);
      if (way > 4) {
        if (!this.svg.hasPointerCapture(event.pointerId)) this.svg.setPointerCapture(event.pointerId);
        this.move(last.x - now.x, last.y - now.y);
      }
      last = now;
    });
    for (const end of ["pointerup", "pointercancel"] as const) this.svg.addEventListener(end, () => (last = null));
    // A drag that began on a place must not open it.
    this.svg.addEventListener("click", (event) => { if (way > 4) event.preventDefault(); }, true);
    this.svg.addEventListener("dragstart", (event) => event.preventDefault());
  }

  private rectangle(): void {
    const button = document.querySelector<HTMLButtonElement>("[data-draw]");
    const field = document.querySelector<HTMLInputElement>(".rectangle input[name=box]");
    if (!button || !field) return;
    button.hidden = false;
    let from: { x: number; y: number } | null = null;
    const drawn = element("rect", { class: "drawing-box" });
    button.addEventListener("click", () => {
      const isOn = this.svg.classList.toggle("is-drawing");
      button.setAttribute("aria-pressed", String(isOn));
      button.textContent = isOn ? "Drag over the map…" : "Draw a rectangle";
    });
    this.svg.addEventListener("pointerdown", (event) => {
      if (!this.svg.classList.contains("is-drawing")) return;
      from = this.at(event);
      this.svg.setPointerCapture(event.pointerId);
      this.svg.append(drawn);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = this.at(event);
      drawn.setAttribute("x", String(Math.min(from.x, to.x)));
      drawn.setAttribute("y", String(Math.min(from.y, to.y)));
      drawn.setAttribute("width", String(Math.abs(from.x - to.x)));
      drawn.setAttribute("height", String(Math.abs(from.y - to.y)));
    });
    this.svg.addEventListener("pointerup", (event) => {
      if (!from) return;
      const to = this.at(event);
      const wide = (x: number) => ((((this.west + x / this.scale + 180) % 360) + 360) % 360) - 180;
      const tall = (y: number) => latitude(this.top - y / this.scale);
      const size = Math.abs(from.x - to.x) * Math.abs(from.y - to.y);
      const box = {
        south: tall(Math.max(from.y, to.y)), west: wide(Math.min(from.x, to.x)),
        north: tall(Math.min(from.y, to.y)), east: wide(Math.max(from.x, to.x)),
      };
      from = null;
      drawn.remove();
      if (size < 30) return;
      field.value = written(box);
      field.form?.requestSubmit();
    });
  }
}
