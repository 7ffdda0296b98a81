/// What the address asks of the mock: `?state=first|empty|error|indexing`, `?rows=`, `?theme=`, `?view=`, `?role=lead|expert|none`, `?contract=none`, `?results=none`, `?gates=many`, `?signs=many`, `?wait=`, `?work=` (seconds that comparisons and gates take), `?style=refused`, `?pack=` and `?given=` (see `packs.ts`), `?disputes=none|settled|many`, `?meanwhile=1` (a dispute is settled by another when it is answered), `?fail=`, `?sealed=all`, `?slices=none|error`, `?dwell=none` (the time of an answer is not known), `?text=long|translation|blurred` `?examples=none|error` (see `focus.ts`), `?fence=none` (an old kernel), and any state of that view.
import type { Code, Fault } from "../types";

const query = new URLSearchParams(typeof location === "undefined" ? "" : location.search);

export function option(name: string): string | null {
  return query.get(name);
}

/** The rest of the address: the state of the view to open. */
export function viewState(): Record<string, string> {
  return Object.fromEntries([...query].filter(([key]) => !["state", "rows", "theme", "view", "role", "contract", "results", "gates", "signs", "wait", "style", "work", "pack", "given", "disputes", "meanwhile", "fail", "sealed", "slices", "dwell", "text", "examples", "bulk", "gold", "fence"].includes(key)));
}

export function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function fault(code: Code, message: string, remedy: string, place: Partial<Fault> = {}): Fault {
  return { code, message, remedy, path: null, line: null, column: null, byte_offset: null, ...place };
}
