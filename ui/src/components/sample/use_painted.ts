/// When is what was rendered on the glass? Keys pressed before that mean nothing.
import { useEffect } from "react";

/** Calls `painted` once what was rendered for `place` is on the glass: two frames later. */
export function usePainted<Place extends string | number>(place: Place, shown: boolean, painted: (place: Place) => void): void {
  useEffect(() => {
    if (!shown) return;
    let second = 0;
    const first = requestAnimationFrame(() => {
      second = requestAnimationFrame(() => painted(place));
    });
    return () => {
      cancelAnimationFrame(first);
      cancelAnimationFrame(second);
    };
  }, [place, shown, painted]);
}
