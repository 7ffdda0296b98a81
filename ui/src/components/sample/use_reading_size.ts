/// The size in which sample text is read: one for Review, Adjudicate, Samples and the settings.
import { useCallback } from "react";
import { useSession } from "@/lib/session";
import { READING_SIZES, type ReadingSize } from "../reading";

const SETTING = "reading_size";

export function useReadingSize(): [ReadingSize, (step: 1 | -1) => void] {
  const { settings, setSetting } = useSession();
  const size = READING_SIZES.find((each) => String(each) === settings[SETTING]) ?? 17;
  const change = useCallback((step: 1 | -1) => {
    const next = READING_SIZES[READING_SIZES.indexOf(size) + step];
    if (next) setSetting(SETTING, String(next));
  }, [size, setSetting]);
  return [size, change];
}
