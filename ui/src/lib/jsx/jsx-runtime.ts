/// React's way of making elements, of props that are shown plainly.
import type { ElementType, Key } from "react";
import * as runtime from "react/jsx-runtime";
import { plainly } from "./plainly";

export type { JSX } from "react/jsx-runtime";
export { Fragment } from "react/jsx-runtime";

export function jsx(type: ElementType, props: Record<string, unknown>, key?: Key) {
  return runtime.jsx(type, plainly(type, props), key);
}

export function jsxs(type: ElementType, props: Record<string, unknown>, key?: Key) {
  return runtime.jsxs(type, plainly(type, props), key);
}
