/// How large everything in the window is, in percent: steps as browsers have them, kept from session to session.

export const ZOOMS: readonly number[] = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400];

/** Reads the setting; whatever is no step is the actual size. */
export function readZoom(text: string | undefined): number {
  return ZOOMS.find((one) => String(one) === text) ?? 100;
}

/** The step above (1) or below (-1); the last one stays. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  return ZOOMS[ZOOMS.indexOf(zoom) + by] ?? zoom;
}
