/// The last value there was: what stands on screen while a newer one is asked for, or was refused.
import { useState } from "react";

export function useLast<Value>(value: Value | undefined): Value | null {
  const [last, setLast] = useState<Value | null>(value ?? null);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
