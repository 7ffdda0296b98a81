/// Gives focus back to where it was when what had taken it is closed.
import { useEffect, useRef } from "react";

export function useFocusKept(open: boolean): void {
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (open) before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    else if (before.current?.isConnected && document.activeElement === document.body) before.current.focus();
  }, [open]);
}
