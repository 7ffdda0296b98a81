/// A chart as shapes in pixels, free of the page it was drawn on: what both picture formats are written from.

/** Maps the shape's own units to the picture's: `[a, b, c, d, e, f]` as in SVG. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** The hatch that unknown is drawn with: distance and thickness of its lines. */
export interface Hatch {
  readonly step: number;
  readonly line: number;
  readonly color: string;
}

export interface Paint {
  /** A colour, a hatch, or nothing. */
  readonly fill: string | Hatch | null;
  readonly stroke: string | null;
  readonly strokeWidth: number;
  readonly dash: readonly number[];
}

export type Shape =
  | ({ readonly kind: "rect"; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly matrix: Matrix } & Paint)
  | ({ readonly kind: "circle"; readonly x: number; readonly y: number; readonly radius: number; readonly matrix: Matrix } & Paint)
  | ({ readonly kind: "path"; readonly d: string; readonly matrix: Matrix } & Paint)
  | { readonly kind: "text"; readonly x: number; readonly y: number; readonly text: string; readonly fill: string; readonly size: number; readonly weight: string; readonly family: string; readonly anchor: "start" | "middle" | "end"; readonly direction: "ltr" | "rtl"; readonly matrix: Matrix };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly title: string;
  readonly shapes: readonly Shape[];
}
