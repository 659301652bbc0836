// Long work in short steps: between them the browser draws, and hears the hand.

const STEP = 8; // milliseconds: half of a frame

export class Pace {
  private since = performance.now();

  /** Waits for the next frame where the step has been long enough. */
  async rest(): Promise<void> {
    if (performance.now() - this.since < STEP) return;
    await new Promise((go) => window.requestAnimationFrame(go));
    this.since = performance.now();
  }
}
