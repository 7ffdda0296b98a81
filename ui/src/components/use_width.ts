/// The width a chart may fill, followed as the window changes.
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

export function useWidth<Element extends HTMLElement>(first = 640): [RefObject<Element | null>, number] {
  const ref = useRef<Element | null>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || first));
    setWidth(element.clientWidth || first);
    observer.observe(element);
    return () => observer.disconnect();
  }, [first]);
  return [ref, width];
}
