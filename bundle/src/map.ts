export function drawMaps(): void {}
