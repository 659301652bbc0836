// What the pages gain where a browser runs scripts. Each part looks for the elements that it knows and does nothing
// without them; every page works without any of it.

import { htmx } from "./swapping.js";
import { beside } from "./beside.js";
import { drawMaps } from "./map.js";
import { review } from "./review.js";

htmx.onLoad(() => drawMaps());
review();
beside();
