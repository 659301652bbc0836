// The map that can be moved. The server has drawn one already, with links to move it; this takes its place, asks the
// server for the places of each view, and draws them under the same rules: a place is an area, never a point.

import { geoMercator, geoPath } from "d3-geo";
import { Ground, type View } from "./ground.js";

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

const WIDTH = 960;
const HEIGHT = 560;
const LEAST = 5; // pixels: the smallest ring
const KM_PER_DEGREE = 111.32;
const FARTHEST = 84;
const AROUND = 0.5; // of the sheet is drawn beyond each of its edges, so that a map that is moved has no bare edge
const MOST_NAMES = 24;
const SVG = "http://www.w3.org/2000/svg";
const KEYS: Record<string, string> = {
  ArrowLeft: "West", ArrowRight: "East", ArrowUp: "North", ArrowDown: "South", "+": "Closer", "=": "Closer", "-": "Farther",
};

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
  private groundLayer = element("g", {});
  private townLayer = element("g", { class: "towns", "aria-hidden": "true" });
  private spotLayer = element("g", {});
  private nameLayer = element("g", {});
  private box = element("path", { class: "chosen" });
  private settling = 0;
  private nextFrame = 0; // the frame that is asked for; 0: none
  private asked = new AbortController();
  private drawn = { west: 0, top: 0, scale: 1 };

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
    if (map.spots.length || map.ground) map.begin();
  }

  private begin(): void {
    for (const old of [...this.svg.children]) if (old.tagName !== "defs" && !old.classList.contains("sea")) old.remove();
    this.svg.append(this.groundLayer, this.townLayer, this.box, this.spotLayer, this.nameLayer);
    this.svg.classList.add("is-live");
    this.svg.setAttribute("tabindex", "0");
    this.svg.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus change its scale. The table below says the same.");
    this.draw();
    this.listen();
    void this.refine();
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
    if (this.west > 180) this.west -= 360;
    if (this.west < -360) this.west += 360;
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

  /** Moves what is drawn at once; draws it anew when the hand rests, or when it has come to the edge of what is drawn. */
  private moved(): void {
    this.hold();
    window.clearTimeout(this.settling);
    this.settling = window.setTimeout(() => void this.settle(), 140);
    if (this.nextFrame === 0) this.nextFrame = window.requestAnimationFrame(() => this.shift());
  }

  /** Once in a frame, however often the hand was heard meanwhile. */
  private shift(): void {
    this.nextFrame = 0;
    const by = this.scale / this.drawn.scale;
    const x = (this.drawn.west - this.west) * this.scale;
    const y = (this.top - this.drawn.top) * this.scale;
    for (const layer of [this.groundLayer, this.townLayer, this.spotLayer, this.box]) {
      layer.setAttribute("transform", `translate(${x} ${y}) scale(${by})`);
    }
    if (by === 1) this.nameLayer.setAttribute("transform", `translate(${x} ${y})`);
    else this.nameLayer.replaceChildren();
    const isAtEdge = Math.abs(x) > 0.8 * AROUND * WIDTH || Math.abs(y) > 0.8 * AROUND * HEIGHT;
    if (isAtEdge && by === 1) void this.settle();
  }

  private async settle(): Promise<void> {
    window.clearTimeout(this.settling);
    this.draw();
    const address = new URL(window.location.href);
    address.searchParams.set("view", written(this.view));
    window.history.replaceState(window.history.state, "", address);
    await Promise.all([this.refine(), this.ask().then((isNew) => isNew && this.drawSpots())]);
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

  private async refine(): Promise<void> {
    if (await this.ground?.refine(this.view)) this.drawGround();
  }

  // Drawing ------------------------------------------------------------------------------------------------------------

  private x(lon: number): number {
    const x = (lon - this.west) * this.scale;
    const turn = 360 * this.scale;
    const [left, right] = [-AROUND * WIDTH - 40, (1 + AROUND) * WIDTH + 40];
    if (x > WIDTH + 40 && x - turn > -40) return x - turn;
    if (x < -40 && x + turn < WIDTH + 40) return x + turn;
    return x > right && x - turn > left ? x - turn : x < left && x + turn < right ? x + turn : x;
  }

  private y(lat: number): number {
    return (this.top - mercator(lat)) * this.scale;
  }

  private draw(): void {
    this.drawn = { west: this.west, top: this.top, scale: this.scale };
    this.drawGround();
    this.drawBox();
    this.drawSpots();
  }

  private drawGround(): void {
    if (!this.ground) return;
    const middle = this.west + WIDTH / this.scale / 2;
    const projection = geoMercator()
      .scale((this.scale * 180) / Math.PI)
      .rotate([-middle, 0])
      .translate([WIDTH / 2, this.top * this.scale])
      .clipExtent([[-AROUND * WIDTH, -AROUND * HEIGHT], [(1 + AROUND) * WIDTH, (1 + AROUND) * HEIGHT]]);
    const path = geoPath(projection).digits(1);
    const { countries, hatched } = this.ground.seen(this.view, this.around);
    const parts = countries.map((one) => {
      const drawn = element("path", { class: "country", d: path(one.shape) ?? "" });
      drawn.append(element("title", {}, one.name));
      return drawn;
    });
    for (const one of hatched) {
      const drawn = element("path", { class: `hatched ${one.kind}`, fill: `url(#${one.kind})`, d: path(one.shape) ?? "" });
      drawn.append(element("title", {}, `${one.name}: ${one.says}`));
      parts.push(drawn);
    }
    this.groundLayer.replaceChildren(...parts);
    this.groundLayer.removeAttribute("transform");
  }

  private drawBox(): void {
    const box = parsed(this.frame.dataset.box ?? "");
    this.box.removeAttribute("transform");
    if (!box) return;
    const [west, north, east, south] = [this.x(box.west), this.y(box.north), this.x(box.east), this.y(box.south)];
    this.box.setAttribute("d", `M${west} ${north}H${east}V${south}H${west}Z`);
  }

  private radius(spot: Spot): number {
    if (spot.kind === "cluster") return 9 + 3.2 * Math.log2(1 + spot.claims);
    const degrees = spot.km / (KM_PER_DEGREE * Math.max(0.05, Math.cos((spot.lat * Math.PI) / 180)));
    return Math.max(LEAST, degrees * this.scale);
  }

  private drawSpots(): void {
    const focused = (document.activeElement as Element | null)?.getAttribute("href");
    const ordered = [...this.spots].sort((a, b) => Number(b.kind === "wide") - Number(a.kind === "wide") || b.claims - a.claims);
    this.spotLayer.replaceChildren(...ordered.map((spot) => this.spot(spot)));
    this.spotLayer.removeAttribute("transform");
    this.drawTowns();
    this.drawNames(ordered);
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

  /** A few towns to find one's way by: no claim tells of them here. */
  private drawTowns(): void {
    const parts = this.towns.flatMap((town) => {
      const [x, y] = [this.x(town.lon), this.y(town.lat)];
      const mark = element("rect", { class: "town-mark", x: x - 2, y: y - 2, width: 4, height: 4 });
      return x + 6 * town.name.length < WIDTH ? [mark, element("text", { x: x + 5, y: y + 4, class: "town" }, town.name)] : [mark];
    });
    this.townLayer.replaceChildren(...parts);
    this.townLayer.removeAttribute("transform");
  }

  private drawNames(spots: Spot[]): void {
    type Square = [number, number, number, number];
    const square = (spot: Spot): Square => {
      const size = Math.min(this.radius(spot), 26);
      return [this.x(spot.lon) - size, this.y(spot.lat) - size, this.x(spot.lon) + size, this.y(spot.lat) + size];
    };
    const overlap = (a: Square, b: Square) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const taken = spots.filter((spot) => spot.kind !== "wide").map(square);
    const names: SVGElement[] = [];
    for (const spot of [...spots].sort((a, b) => Number(a.kind === "cluster") - Number(b.kind === "cluster") || b.claims - a.claims)) {
      const name = spot.name.length <= 28 ? spot.name : `${spot.name.slice(0, 27)}…`;
      const words = name + (spot.claims > 1 && spot.kind !== "cluster" ? ` ${spot.claims.toLocaleString("en")}` : "");
      for (const [x, y] of this.beside(spot, words.length)) {
        const here: Square = [x, y - 12, x + 7 * words.length, y + 4];
        const isOnSheet = here[0] > 0 && here[2] < WIDTH && here[1] > 0 && here[3] < HEIGHT;
        if (names.length < MOST_NAMES && isOnSheet && !taken.some((other) => overlap(here, other))) {
          taken.push(here);
          names.push(element("text", { x, y, class: spot.kind === "wide" ? "wide-name" : "spot-name" }, words));
          break;
        }
      }
    }
    this.nameLayer.replaceChildren(...names);
    this.nameLayer.removeAttribute("transform");
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
