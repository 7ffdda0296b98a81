/// The same as `jsx-runtime`, while developing: React is told where an element was written.
import type { ElementType, Key } from "react";
import * as runtime from "react/jsx-dev-runtime";
import { plainly } from "./plainly";

export type { JSX } from "react/jsx-dev-runtime";
export { Fragment } from "react/jsx-dev-runtime";

export function jsxDEV(type: ElementType, props: Record<string, unknown>, key: Key | undefined, isStatic: boolean, source?: runtime.JSXSource, self?: unknown) {
  return runtime.jsxDEV(type, plainly(type, props), key, isStatic, source, self);
}
