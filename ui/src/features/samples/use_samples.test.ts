import { renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { useSamples } from "./use_samples";

const { send } = vi.hoisted(() => ({ send: vi.fn() }));
vi.mock("@/ipc/bridge", () => ({ send, subscribe: () => () => undefined }));

const AT = { dataset: "field", snapshot: 2, filter: "class_seen = '1 of word'", find: "" };
const LATE = { view: 7, rows: [], total: null, elapsed_ms: 1 };
const row = { row: 1, sample: 4, digest: "sha256:4" };

/** Answers each command; `summary` when it is let go. */
function answer(summary: () => Promise<unknown>) {
  send.mockImplementation(async (command: string) => {
    if (command === "samples_open") return LATE;
    if (command === "samples_summary") return summary();
    return command === "samples_rows" ? { offset: 0, rows: [row], elapsed_ms: 1 } : null;
  });
}

beforeEach(() => send.mockReset());

test("samples that are looked for in texts are there once they are counted, the first page too", async () => {
  let found: (summary: unknown) => void = () => undefined;
  answer(() => new Promise((resolve) => { found = resolve; }));
  const { result } = renderHook(() => useSamples(AT));
  await waitFor(() => expect(send).toHaveBeenCalledWith("samples_summary", { view: 7 }));
  expect(result.current).toMatchObject({ state: "opening", count: 0 });
  found({ samples: 1, tokens: 9, by_origin: [1, 0, 0, 0] });
  await waitFor(() => expect(result.current).toMatchObject({ state: "open", count: 1 }));
  result.current.fetch([0]);
  await waitFor(() => expect(result.current.rowAt(0)).toEqual(row));
});

test("what keeps them from being found is said", async () => {
  answer(() => Promise.reject({ code: "source_changed", message: "the source no longer holds what was indexed here", remedy: "index it again" }));
  const { result } = renderHook(() => useSamples(AT));
  await waitFor(() => expect(result.current.state).toBe("failed"));
});
